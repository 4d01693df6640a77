import type { Actor } from "../../core/dossier.ts";
import type { Instant } from "../../core/kernel.ts";

/** What an administrator's act is called in the list that only grows. */
export const actNames = [
  "store_begun",
  "agency_changed",
  "person_added",
  "roles_changed",
  "person_deactivated",
  "person_activated",
  "password_reset",
  "password_changed",
  "certificate_registered",
  "demo_certificate_issued",
  "certificate_ended",
  "mandate_given",
  "mandate_ended",
  "absence_noted",
  "absence_ended",
  "comparing_policy_kept",
  "key_list_taken",
  "seal_picture_kept",
  "signature_picture_kept",
  "books_named",
  "book_opened",
  "book_closed",
  "register_signed",
  "receiving_account_entered",
  "dispatch_policy_set",
  "fee_policy_set",
  "fee_exemption_kept",
  "fee_exemption_ended",
  "statement_columns_set",
  "recipient_registered",
  "recipient_changed",
  "recipient_deactivated",
  "recipient_activated",
  "recipient_key_issued",
  "recipient_key_rotated",
  "recipient_key_revoked",
  "look_alike_closed",
  "calendar_changed",
  "step_times_kept",
  "reception_opened",
  "reception_ended",
  "reception_post_kept",
  "areas_imported",
  "agency_area_named",
] as const;

export type ActName = (typeof actNames)[number];

/** The line an act leaves, in the transaction of the act: one never stands without the other. */
export type Note = {
  readonly actor: Actor;
  readonly what: ActName;
  /** Name or number of what was acted on; never a secret. */
  readonly about: string;
  readonly at: Instant;
};

/** @param about cut where it is longer than the list takes */
export const noteOf = (actor: Actor, what: ActName, about: string, at: Instant): Note => ({
  actor,
  what,
  about: Array.from(about).slice(0, 400).join(""),
  at,
});
