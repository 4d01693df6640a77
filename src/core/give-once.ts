import type { CertificateId, DossierId } from "./ids.ts";
import type { Instant, LocalDate } from "./kernel.ts";

/** Why an original that was certified here before is certified again. A short list, so that it can be counted. */
export const againReasons = [
  "paper_copies", // copies are wanted on paper too
  "citizen_insists",
  "paper_changed", // something was added to the paper since
  "another_paper", // only kind and number are the same
  "another_applicant", // the earlier copy was made for somebody else
] as const;

export type AgainReason = (typeof againReasons)[number];

/**
 * A copy of what seems the same original: certified here before and in force. Nothing else of its dossier is told, since
 * it may be another person's.
 */
export type EarlierCopy = {
  readonly certificateId: CertificateId;
  readonly dossierId: DossierId;
  readonly number: number;
  readonly bookText: string;
  readonly printedOn: LocalDate;
  readonly kind: string;
  /** The very file was certified; else kind and number of the paper are the same. */
  readonly sameFile: boolean;
  /** By name; who they are is proven by the four digits when the copy is given again. */
  readonly sameApplicant: boolean;
};

/** What the official decided, once a dossier. ONCE-1. */
export type OnceAnswer = {
  readonly answer: "reused" | "in_vneid" | "again";
  readonly reason: AgainReason | null;
  readonly earlier: { readonly dossierId: DossierId; readonly number: number; readonly bookText: string } | null;
  readonly by: string;
  readonly at: Instant;
};

/** Dossiers of one month and kind that were answered alike and have as many pages. */
export type OnceCount = {
  /** `2026-11`, of the day in Vietnam. */
  readonly month: string;
  readonly kind: string;
  readonly answer: OnceAnswer["answer"];
  readonly reason: AgainReason | null;
  readonly pages: number;
  readonly dossiers: number;
};
