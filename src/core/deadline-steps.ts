import type { PersonId } from "./ids.ts";
import type { Instant, LocalDate } from "./kernel.ts";

/** Why the person certifying takes more time. NĐ 23/2015 Art. 21. */
export const extensionReasons = ["several_kinds", "many_pages", "many_copies", "hard_to_check"] as const;

export type ExtensionReason = (typeof extensionReasons)[number];

/** What moves an appointment, and on what ground. */
export type DeadlineMove =
  | { readonly kind: "extended"; readonly reason: ExtensionReason; readonly workingDays: number }
  /** By written agreement with the applicant: with whom, of which day, which paper and where it is kept. */
  | {
      readonly kind: "agreed";
      readonly agreedWith: string;
      readonly agreedOn: LocalDate;
      readonly agreement: string;
    }
  | { readonly kind: "apology"; readonly reason: string };

/** A move as it is written down: the new appointment, who decided (who certifies), who wrote it down. */
export type NewStep = DeadlineMove & {
  readonly ordinal: number;
  readonly dueAt: Instant;
  readonly decidedBy: PersonId;
};

/** One appointment of a dossier, the promise of its receipt first. Never changed. */
export type DeadlineStep = (DeadlineMove | { readonly kind: "promised" }) & {
  readonly ordinal: number;
  readonly dueAt: Instant;
  readonly decidedBy: string;
  readonly recordedBy: string;
  readonly at: Instant;
};
