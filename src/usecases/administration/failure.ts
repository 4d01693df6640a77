/** Everything an administrator's act may answer instead of success. Closed: a new code does not compile without its words. */
export type AdministrationFailure =
  | { readonly code: "not_found" }
  | { readonly code: "development_only" }
  /** The font of the copies lacks a sign of it. */
  | { readonly code: "not_printable"; readonly field: string }
  // people
  | { readonly code: "user_name_taken" }
  | { readonly code: "last_administrator" }
  /** AUTH-5: with another duty, or in an agency that is no province's. */
  | { readonly code: "province_unfit" }
  | { readonly code: "wrong_password" }
  | { readonly code: "password_unchanged" }
  | { readonly code: "throttled"; readonly retryAfterSeconds: number }
  // agency
  | { readonly code: "agency_fixed" }
  | { readonly code: "agency_code_taken" }
  // certificates
  | { readonly code: "holder_not_signer" }
  | { readonly code: "key_file_unreadable" }
  | { readonly code: "key_file_pin" }
  | { readonly code: "certificate_unreadable" }
  | { readonly code: "key_place_unknown" }
  | { readonly code: "key_too_weak" }
  | { readonly code: "certificate_untrusted" }
  | { readonly code: "certificate_expired" }
  | { readonly code: "certificate_taken" }
  | { readonly code: "certificate_ended" }
  // mandates
  /** Of an authorisation or assignment: number, day and issuer of the document. */
  | { readonly code: "deed_missing" }
  | { readonly code: "mandate_ended" }
  // absences
  | { readonly code: "substitute_unfit" }
  | { readonly code: "absence_ended" }
  | { readonly code: "absence_twice" }
  // recipients
  | { readonly code: "recipient_name_taken" }
  | { readonly code: "key_over" }
  // pictures
  | { readonly code: "picture_refused"; readonly reason: string }
  | { readonly code: "picture_opaque" }
  | { readonly code: "picture_colour"; readonly of: "seal" | "signature" }
  | { readonly code: "picture_unread" }
  // books
  | { readonly code: "book_names_in_use" }
  | { readonly code: "book_open" }
  /** Changed while the page was open. */
  | { readonly code: "book_name_over" }
  | { readonly code: "book_closed" }
  | { readonly code: "numbers_in_progress"; readonly count: number };

export type AdministrationFailureCode = AdministrationFailure["code"];
