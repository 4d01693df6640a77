import type { LocalDate } from "../core/kernel.ts";
import type { MandateFault } from "../core/mandate.ts";
import type { DossierStatus } from "../core/stages.ts";

/**
 * Everything a use case may answer instead of success. Closed: a new code does not compile until it has a status
 * (src/web/problem.ts) and words in both languages (src/web/words/). Data, never sentences; no personal data.
 */
export type Failure =
  // who asks
  | { code: "wrong_password" }
  | { code: "throttled"; retryAfterSeconds: number }
  | { code: "not_signed_in" }
  | { code: "not_allowed" }
  | { code: "csrf_missing" }
  // what is asked
  | { code: "malformed_request"; field?: string }
  | { code: "body_too_large"; limitBytes: number }
  | { code: "not_found" }
  // presenting papers together
  /** A paper joins those presented on the same day only. */
  | { code: "submission_over" }
  | { code: "too_many_papers"; most: number }
  // receiving and reading
  | { code: "upload_refused"; reason: string }
  | { code: "upload_cut" }
  | { code: "storage_full" }
  | { code: "reading_failed" }
  /** Another appointment was named in between. */
  | { code: "deadline_moved" }
  // comparing and attesting
  | { code: "wrong_stage"; status: DossierStatus }
  | { code: "page_not_found"; page: number }
  | { code: "page_changed"; page: number }
  /** A copy carries the words of its pages: composed before they are read, it would be mute for good. */
  | { code: "words_waiting" }
  | { code: "rule_broken"; rule: RuleId }
  | { code: "pages_differ"; declared: number; scanned: number }
  | { code: "pages_unconfirmed"; pages: readonly number[] }
  /** SCAN-1: below 200 dpi, and no reason of fit length why. */
  | { code: "pages_coarse"; pages: readonly number[] }
  // numbering, signing, sealing
  /** Who wanted copies on paper only has no electronic one, and the other way round. */
  | { code: "on_paper_only" }
  | { code: "no_paper_wanted" }
  /** A number for copies on paper stays with whoever took it, or is given up. */
  | { code: "line_of_another" }
  | { code: "no_open_book" }
  /** The number was taken in a later year than the service's clock says that it is. */
  | { code: "clock_behind" }
  | { code: "several_open_books" }
  /** Its name was changed while the page that asks for it was open. REG-5 */
  | { code: "book_name_over" }
  | { code: "no_registered_certificate" }
  /** Of the person who would sign: asks an administrator, or leaves it to who may. */
  | MandateFault
  /** Recorded as away; null: until they are back. */
  | { code: "signer_away"; until: LocalDate | null }
  /** Who compared would sign, and no rule of the agency allows it. */
  | { code: "comparer_signs" }
  | { code: "wrong_pin" }
  /** Wrong, and the token says that one more wrong PIN locks it. */
  | { code: "pin_last_try" }
  | { code: "pin_locked" }
  /** Token, card reader or signing service: not there, or not answering. */
  | { code: "key_unavailable"; reason: string }
  /** The key is on a token at its holder's computer: the token agent signs with it. */
  | { code: "key_elsewhere" }
  | { code: "certificate_revoked" }
  | { code: "revocation_unavailable" }
  | { code: "same_person" }
  | { code: "printed_date_passed" }
  | { code: "timestamp_unavailable" }
  | { code: "signing_failed"; reason: string }
  /** An entry of ISO 32000-2 table 237: the author of the field asks for what these signatures are not. */
  /** Copies of the same number are being signed or sealed at this moment. */
  | { code: "act_under_way" }
  /** The service ended while it went through the copies; what was done stands. */
  | { code: "act_cut" }
  /** Many copies of one number want a key that the service itself can ask. */
  | { code: "key_elsewhere_for_copies" }
  | { code: "seed_value_unmet"; constraint: string }
  | { code: "examination_failed"; reason: string }
  // fees
  /** Nothing of it is left to pay. */
  | { code: "fee_settled" }
  | { code: "fee_too_much"; outstandingDong: number }
  /** The agency's rule keeps results until the fee is paid. */
  | { code: "fee_unpaid"; outstandingDong: number }
  | { code: "fee_reversed_by_same" }
  /** More than is left over, or than is left of that payment. */
  | { code: "fee_too_much_back"; mostDong: number }
  /** Some of it was given back, so that it is not taken back whole. */
  | { code: "fee_given_back" }
  | { code: "exemption_over" }
  /** Who entered it does not use it. */
  | { code: "exemption_own" }
  /** Somebody booked the line of a statement, or set it aside, since it was looked at. */
  | { code: "line_decided" }
  /** A line of another statement that is booked says the same. */
  | { code: "line_alike" }
  | { code: "fee_waived_before" }
  // printing and signing the register
  | { code: "period_not_over" }
  | { code: "period_empty" }
  | { code: "numbers_in_progress"; count: number }
  | { code: "month_unsigned"; month: string }
  /** A line was corrected, or its month signed, since it was looked at. */
  | { code: "line_changed" }
  // taking a copy's value away
  | { code: "already_annulled" }
  | { code: "successor_unknown" }
  // the citizen's link
  | { code: "link_unknown" }
  /** By its holder or at the counter, and no other was given out since. */
  | { code: "link_ended" }
  | { code: "wrong_digits" }
  | { code: "not_released" }
  /** Its term had passed, or its holder asked for it: KEEP-1, DATA-2. */
  | { code: "erased" }
  /** Its holder asked that officials look at it no more: DATA-3. */
  | { code: "restricted" }
  // a grant: the citizen's leave for one recipient
  | { code: "grant_unknown" }
  | { code: "grant_expired" }
  | { code: "grant_revoked" }
  | { code: "grant_exhausted" }
  | { code: "copy_without_value" }
  | { code: "other_recipient" }
  /** The same form was sent before; its link is told once only. */
  | { code: "grant_made_before" }
  | { code: "too_many_grants"; most: number }
  | { code: "not_proven" }
  | { code: "wrong_code" }
  | { code: "code_over" }
  | { code: "wrong_number" }
  | { code: "mail_unavailable" }
  // what is said to an agency
  /** So much has been said to it without a dossier that no more is taken that day. */
  | { code: "box_full" }
  // roof
  | { code: "development_only" };

/** Ids of docs/legal-rules.md. */
export type RuleId =
  | "COPY-1"
  | "COPY-2"
  | "ORIG-1"
  | "AUTH-1"
  | "SIGN-1"
  | "REG-1"
  | "REG-2"
  | "REG-4"
  | "REFUSE-1"
  | "REFUSE-2"
  | "FEE-1"
  | "FEE-3"
  | "FEE-5"
  | "FEE-7"
  | "FEE-8"
  | "WITHDRAW-1"
  | "DATE-1"
  | "ANNUL-1"
  | "ONCE-1"
  | "OFFSITE-1"
  | "DEADLINE-2"
  | "DEADLINE-3"
  | "DEADLINE-5";
