import type { BlobId } from "./ids.ts";
import { type Branded, fail, type Instant, type LocalDate, ok, parseLocalDate, type Result } from "./kernel.ts";

/**
 * What of the register is printed and signed at once: a month (`2026-03`), or the closing of a year (`2026`).
 * NĐ 23/2015 Art. 13(3) and 13(1).
 */
export type Period = Branded<string, "Period">;

export function parsePeriod(text: string): Result<Period, { code: "malformed_period" }> {
  const day = /^\d{4}$/.test(text) ? `${text}-01-01` : `${text}-01`;
  const isPeriod = /^\d{4}(-\d{2})?$/.test(text) && parseLocalDate(day).ok;
  return isPeriod ? ok(text as Period) : fail({ code: "malformed_period" });
}

export const isYear = (period: Period): boolean => period.length === 4;

export const yearOfPeriod = (period: Period): number => Number(period.slice(0, 4));

/** The months of a year in order. */
export const monthsOf = (year: number): Period[] =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}` as Period);

/** A period is printed once its last day has passed: until then lines still join it. */
export const isOver = (period: Period, today: LocalDate): boolean => today.slice(0, period.length) > period;

/** First day of the period, and of the one after it. */
export function daysOf(period: Period): { readonly from: LocalDate; readonly before: LocalDate } {
  const year = yearOfPeriod(period);
  const next = isYear(period) || period.endsWith("-12") ? `${year + 1}-01` : monthsOf(year)[Number(period.slice(5))];
  const from = isYear(period) ? `${period}-01-01` : `${period}-01`;
  return { from: from as LocalDate, before: `${next ?? ""}-01` as LocalDate };
}

/** What stands in a period, counted. Sums are of issued lines only, with what corrections counted in it change of them. */
export type PeriodTotals = {
  readonly period: Period;
  readonly firstNumber: number | null;
  readonly lastNumber: number | null;
  readonly issued: number;
  readonly voided: number;
  readonly inProgress: number;
  readonly annulled: number;
  readonly copies: number;
  readonly feeDong: number;
  /** Entries that its print shows: of its own lines, and of lines of months that were signed before. REG-4. */
  readonly corrections: number;
};

/** Nothing to print: neither numbers nor corrections. */
export const isEmpty = ({ firstNumber, corrections }: PeriodTotals): boolean =>
  firstNumber === null && corrections === 0;

/** A print that was signed; the first signature stands. */
export type KeptPrint = {
  readonly period: Period;
  readonly blobId: BlobId;
  readonly signerName: string;
  readonly signedAt: Instant;
};
