import type { Instant, LocalDate } from "./kernel.ts";
import type { RegisterLine } from "./lists.ts";
import type { Period } from "./register-print.ts";

/**
 * What of a register line can have been written wrongly beside what the copy itself says: columns 3, 4, 6 and 7 of form
 * SCT/BS. Number, day and signer stand in the copy; a copy that is wrong is annulled, never corrected. LAW 3.4, REG-4.
 */
export const correctedParts = ["applicant", "title", "documentNumber", "copies", "fee"] as const;

export type CorrectedPart = (typeof correctedParts)[number];

/** One entry: what stood there stays legible beside what it should have been. */
export type Correction = {
  /** 1..n of its line. */
  readonly ordinal: number;
  readonly part: CorrectedPart;
  readonly was: string;
  readonly reads: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  /** The month whose print shows it: the line's own, or the month of the entry where that one was signed before. */
  readonly countedIn: Period;
};

export const correctionBounds = { reads: 1000, leastReason: 10, reason: 500, most: 50, dong: 200_000_000 } as const;

/** As it was first written, in the words of its column. */
export const firstText = (line: RegisterLine, part: CorrectedPart): string =>
  ({
    applicant: line.applicantName,
    title: line.title,
    documentNumber: line.documentNumber ?? "",
    copies: String(line.copies),
    fee: String(line.feeDong),
  })[part];

/** As it reads today. */
export const textNow = (line: RegisterLine, part: CorrectedPart): string =>
  line.corrections.findLast((one) => one.part === part)?.reads ?? firstText(line, part);

/** What was struck through there, the oldest first. */
export const struckTexts = (line: RegisterLine, part: CorrectedPart): readonly string[] =>
  line.corrections.flatMap((one) => (one.part === part ? [one.was] : []));

/** Parts that may be corrected: how many electronic copies there are is told by their leaves in the log. */
export const partsOf = ({ form }: Pick<RegisterLine, "form">): readonly CorrectedPart[] =>
  correctedParts.filter((part) => part !== "copies" || form === "paper");

/** Tidied, or null where the column cannot read so. */
export function readingOf(part: CorrectedPart, typed: string): string | null {
  const text = typed.normalize("NFC").trim().replace(/\s+/gu, " ");
  if (part === "fee") return wholeUpTo(text.replaceAll(".", ""), 0, correctionBounds.dong);
  if (part === "copies") return wholeUpTo(text, 1, 1000);
  const isWhole = text.length <= correctionBounds.reads && (text !== "" || part === "documentNumber");
  return isWhole ? text : null;
}

function wholeUpTo(text: string, least: number, most: number): string | null {
  if (!/^\d{1,9}$/.test(text)) return null;
  const count = Number(text);
  return count >= least && count <= most ? String(count) : null;
}

/** What corrections change of the totals; texts change nothing. */
export function differenceOf(corrections: readonly Correction[]): {
  readonly copies: number;
  readonly feeDong: number;
} {
  const sum = (part: CorrectedPart) =>
    corrections.reduce((total, one) => (one.part === part ? total + Number(one.reads) - Number(one.was) : total), 0);
  return { copies: sum("copies"), feeDong: sum("fee") };
}

/** A line before it was taken up again on another day. DATE-1. */
export type EarlierState = Pick<
  RegisterLine,
  "printedOn" | "officerId" | "signerName" | "signerTitle" | "basis" | "comparedBySigner"
> & {
  /** From then on it stood otherwise. */
  readonly until: Instant;
};

/** When the line came to stand as it does. */
export type LineHistory = {
  readonly numberedAt: Instant;
  readonly issuedAt: Instant | null;
  readonly annulledAt: Instant | null;
  /** The oldest first. */
  readonly earlier: readonly EarlierState[];
};

/**
 * The line as the register showed it at that second: nothing of it is ever overwritten, so any day's page can be shown
 * again. Null where it did not stand there yet. LAW 3.4, REG-4.
 */
export function lineAt(line: RegisterLine, history: LineHistory, at: Instant): RegisterLine | null {
  if (at < history.numberedAt) return null;
  const before = history.earlier.find(({ until }) => at < until);
  const { until: _, ...stood } = before ?? { until: at };
  return {
    ...line,
    ...stood,
    ...fateAt(line, history, at),
    annulment: reached(history.annulledAt, at) === null ? null : line.annulment,
    corrections: line.corrections.filter((one) => one.at <= at),
  };
}

type Fate = Pick<
  RegisterLine,
  "status" | "dossierStatus" | "personSignedAt" | "sealedAt" | "voidReason" | "voidedAt" | "voidedByName"
>;

function fateAt(line: RegisterLine, { issuedAt }: LineHistory, at: Instant): Fate {
  const personSignedAt = reached(line.personSignedAt, at);
  const sealedAt = reached(line.sealedAt, at);
  const { dossierStatus, voidReason, voidedAt, voidedByName } = line;
  if (reached(voidedAt, at) !== null) {
    return { status: "voided", dossierStatus, personSignedAt, sealedAt, voidReason, voidedAt, voidedByName };
  }
  const open = { personSignedAt, sealedAt, voidReason: null, voidedAt: null, voidedByName: null };
  if (reached(issuedAt, at) !== null) return { ...open, status: "issued", dossierStatus };
  const stage = sealedAt !== null ? "sealed" : personSignedAt !== null ? "person_signed" : "numbered";
  return { ...open, status: "in_progress", dossierStatus: stage };
}

const reached = (moment: Instant | null, at: Instant): Instant | null =>
  moment !== null && moment <= at ? moment : null;

/** The last second of a day in Vietnam. */
export const endOf = (day: LocalDate): Instant => `${day}T16:59:59Z` as Instant;
