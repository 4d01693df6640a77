import type { PdfFailure } from "./format/pdf/file.ts";
import type { KeyFailure } from "./keys/key-holder.ts";

/** Everything that composing and sealing may expect to go wrong. A use case maps it to what a person can act on. */
export type SigningFailure =
  | { readonly code: "pdf_unreadable"; readonly reason: PdfFailure["code"] }
  /** Nothing that could be written again and keep its meaning; `certified_as_final`: its DocMDP allows evidence only. */
  | {
      readonly code: "pdf_unsuitable";
      readonly reason: "no_catalog" | "ambiguous" | "page_not_found" | "form_unusable" | "certified_as_final";
    }
  | { readonly code: "field_not_found"; readonly fieldName: string }
  | { readonly code: "field_already_signed"; readonly fieldName: string }
  /** Not a signature field with one widget that has a rectangle; or a new one whose name no field may have. */
  | { readonly code: "field_unusable"; readonly fieldName: string }
  /** The field's author asks for something that this signature would not be, ISO 32000-2 §12.7.5.5. */
  | { readonly code: "seed_value_unmet"; readonly fieldName: string; readonly constraint: SeedConstraint }
  /** Pixels do not match width and height, or there are none. */
  | { readonly code: "appearance_unusable" }
  | { readonly code: "certificate_unreadable" }
  /** A digest that is read but never written (SHA-1), or a scheme that the certificate's key cannot do. */
  | { readonly code: "algorithm_unsuitable" }
  /** Prepare again with more room; the signature is spent. */
  | { readonly code: "signature_larger_than_reserved"; readonly reservedBytes: number; readonly neededBytes: number }
  | { readonly code: "key_failed"; readonly failure: KeyFailure }
  /** Not the bytes, certificate or algorithm that were prepared: it is not signed. */
  | { readonly code: "prepared_changed" }
  /** The key answered with something that its certificate does not verify. */
  | { readonly code: "signature_wrong" }
  /** One entry for each authority, in the order asked. */
  | { readonly code: "timestamp_unavailable"; readonly attempts: readonly TimestampAttempt[] };

/** Entries of a seed value dictionary, ISO 32000-2 table 237; `SV` and `Ff` where it cannot be read itself. */
export type SeedConstraint =
  | ("SV" | "Ff" | "Filter" | "SubFilter" | "V" | "Reasons" | "LegalAttestation" | "AddRevInfo" | "DigestMethod")
  | ("LockDocument" | "AppearanceFilter" | "MDP" | "TimeStamp" | "Cert");

export type TimestampAttempt = {
  readonly url: string;
  readonly reason: TimestampRefusal;
  /** For the operator's log: status, words of the authority. */
  readonly detail: string;
};

export type TimestampRefusal =
  | "unreachable"
  | "timed_out"
  | "answer_too_large"
  | "http_status"
  | "refused"
  | "malformed"
  | "imprint_differs"
  | "nonce_differs"
  | "policy_differs"
  /** The authority's clock and the service's are more than 60 s apart: one of them is wrong. */
  | "time_differs"
  | "signature_wrong"
  | "certificate_unsuitable"
  | "not_trusted";
