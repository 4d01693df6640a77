import type { DossierId } from "./ids.ts";
import type { Branded, Instant, LocalDate } from "./kernel.ts";
import type { Procedure } from "./procedure.ts";
import type { ReceptionPlace } from "./reception.ts";
import type { DossierStatus } from "./stages.ts";

/** What one applicant presented at one time. DOS-1. */
export type SubmissionId = Branded<string, "SubmissionId">;

/** `H55.242-261123-0004`: agency, day of receipt, serial of that day. TT 01/2018/TT-VPCP Art. 19. */
export type DossierCode = Branded<string, "DossierCode">;

/** How it came. NĐ 118/2025 as amended by NĐ 367/2025. */
export const channels = ["counter", "post", "portal", "vneid"] as const;

export type Channel = (typeof channels)[number];

/** Why somebody wrote for the applicant, or explained what is written. HELP-1. */
export const helpReasons = ["cannot_read", "old_age", "disability", "minority_language", "other"] as const;

export type Help = {
  readonly reason: (typeof helpReasons)[number];
  /** Name of who helped. */
  readonly by: string;
  /** What was written down was read out to the applicant. */
  readonly readAloud: boolean;
};

/** Of an agency whose own code is none of the one-stop kind, as a development store's. */
const usualPrefix = "H00";

const prefixes = /^(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3})*$/;

/**
 * The code on the slip. No circular in force was read (open point 6), so both known forms of the agency's part are taken.
 *
 * @param agencyCode as the administrator entered it, `H55.242` or `000.00.12.H62`
 * @param serial of the day, from 1; four digits at least, six at most
 */
export function dossierCodeOf(agencyCode: string, day: LocalDate, serial: number): DossierCode {
  const prefix = prefixes.test(agencyCode) ? agencyCode : usualPrefix;
  return `${prefix}-${day.slice(2).replaceAll("-", "")}-${String(serial).padStart(4, "0")}` as DossierCode;
}

/** How many papers one submission takes: what a counter can have in hand at once. */
export const mostPapers = 200;

/** One paper among those presented together. */
export type PaperOfSubmission = {
  readonly dossierId: DossierId;
  /** 1, 2, 3 … in the order in which they were presented. */
  readonly ordinal: number;
  readonly status: DossierStatus;
  readonly kind: string;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly holderName: string;
  readonly declaredPages: number;
  readonly paperCopies: number;
  readonly electronicCopies: number;
  readonly onPaperOnly: boolean;
  readonly procedure: Procedure;
};

export type Submission = {
  readonly id: SubmissionId;
  readonly code: DossierCode;
  readonly channel: Channel;
  /** Null where nobody needed to help. */
  readonly help: Help | null;
  /** The one-stop desk where it was received; null where who opened it works at none. */
  readonly reception: ReceptionPlace | null;
  /** The citizen's link was ended, and no other given out since; null where one may open. */
  readonly linkEndedAt: Instant | null;
  readonly openedAt: Instant;
  /** For what all of them were promised at the receipt: the latest. */
  readonly promisedAt: Instant;
  /** When the last of them is owed now; later than promised where one was extended or agreed. */
  readonly dueAt: Instant;
  /** The latest day named with an apology; null where none was. */
  readonly againAt: Instant | null;
  /** At least one. */
  readonly papers: readonly PaperOfSubmission[];
};

/**
 * What an official compares after one of them: the next in the order of the stack, the ones before it after the last.
 * Null when none other waits.
 *
 * @param ordinal of the paper that was compared
 */
export function nextToCompareIn(papers: readonly PaperOfSubmission[], ordinal: number): PaperOfSubmission | null {
  const waiting = papers.filter((paper) => paper.ordinal !== ordinal && waitsForComparison(paper));
  return waiting.find((paper) => paper.ordinal > ordinal) ?? waiting[0] ?? null;
}

/** Its pages are read, and nobody has attested it. */
export const waitsForComparison = ({ status, onPaperOnly }: PaperOfSubmission): boolean =>
  status === "read" && !onPaperOnly;

/** As people type it: either case, spaces around, any dash; null where it cannot be one. */
export function parseDossierCode(text: string): DossierCode | null {
  const plain = text
    .trim()
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212]/g, "-");
  return /^(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3})*-\d{6}-\d{4,6}$/.test(plain)
    ? (plain as DossierCode)
    : null;
}
