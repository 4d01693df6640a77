import type { Instant } from "../kernel.ts";
import { type Branded, fail, type LocalDate, ok, parseLocalDate, type Result, secondsOf } from "../kernel.ts";
import { dayAfter, dayBefore, daysAfter, weekdayOf } from "../weekdays.ts";

/** What is counted at once: `2026-11-23`, `2026-W48` (ISO 8601), `2026-11`, `2026-Q4`, `2026-H2` or `2026`. */
export type Span = Branded<string, "Span">;

export const spanKinds = ["day", "week", "month", "quarter", "half", "year"] as const;

export type SpanKind = (typeof spanKinds)[number];

const shapes: Readonly<Record<SpanKind, RegExp>> = {
  day: /^20\d\d-\d\d-\d\d$/,
  week: /^20\d\d-W\d\d$/,
  month: /^20\d\d-\d\d$/,
  quarter: /^20\d\d-Q[1-4]$/,
  half: /^20\d\d-H[12]$/,
  year: /^20\d\d$/,
};

/** Of this century; a week 53 that a year has not is none. */
export function parseSpan(text: string): Result<Span, { code: "malformed_period" }> {
  const kind = spanKinds.find((one) => shapes[one].test(text));
  if (kind === undefined) return fail({ code: "malformed_period" });
  const first = firstDayOf(text, kind);
  return parseLocalDate(first).ok && spanOn(kind, first) === text
    ? ok(text as Span)
    : fail({ code: "malformed_period" });
}

export const kindOfSpan = (span: Span): SpanKind => spanKinds.find((kind) => shapes[kind].test(span)) ?? "year";

/** First day, and the first day of the next one: days in Vietnam. */
export function daysOfSpan(span: Span): { readonly from: LocalDate; readonly before: LocalDate } {
  const kind = kindOfSpan(span);
  const from = firstDayOf(span, kind);
  if (kind === "day") return { from, before: dayAfter(from) };
  if (kind === "week") return { from, before: daysAfter(from, 7) };
  return { from, before: monthsLater(from, monthsIn[kind]) };
}

/** The span of that kind that the day lies in. */
export function spanOn(kind: SpanKind, day: LocalDate): Span {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  switch (kind) {
    case "day":
      return day as string as Span;
    case "week":
      return weekOn(day);
    case "month":
      return day.slice(0, 7) as Span;
    case "quarter":
      return `${year}-Q${Math.ceil(month / 3)}` as Span;
    case "half":
      return `${year}-H${Math.ceil(month / 6)}` as Span;
    case "year":
      return year as Span;
  }
}

export const spanBefore = (span: Span): Span => spanOn(kindOfSpan(span), dayBefore(daysOfSpan(span).from));
export const spanAfter = (span: Span): Span => spanOn(kindOfSpan(span), daysOfSpan(span).before);

const monthsIn = { month: 1, quarter: 3, half: 6, year: 12 } as const;

/** ISO 8601: a week begins on Monday and is of the year that its Thursday lies in. */
function weekOn(day: LocalDate): Span {
  const thursday = daysAfter(day, 3 - weekdayOf(day));
  const year = thursday.slice(0, 4);
  const days =
    (secondsOf(`${thursday}T00:00:00Z` as Instant) - secondsOf(`${year}-01-01T00:00:00Z` as Instant)) / 86_400;
  return `${year}-W${twoDigits(1 + Math.floor(days / 7))}` as Span;
}

function firstDayOf(text: string, kind: SpanKind): LocalDate {
  const year = text.slice(0, 4);
  const ordinal = Number(text.slice(6));
  if (kind === "day") return text as LocalDate;
  if (kind === "month") return `${text}-01` as LocalDate;
  if (kind === "year") return `${year}-01-01` as LocalDate;
  if (kind === "week") {
    const fourth = `${year}-01-04` as LocalDate; // always in week 1
    return daysAfter(fourth, 7 * (ordinal - 1) - weekdayOf(fourth));
  }
  return `${year}-${twoDigits((ordinal - 1) * monthsIn[kind] + 1)}-01` as LocalDate;
}

function monthsLater(first: LocalDate, months: number): LocalDate {
  const month = Number(first.slice(5, 7)) - 1 + months;
  return `${Number(first.slice(0, 4)) + Math.floor(month / 12)}-${twoDigits((month % 12) + 1)}-01` as LocalDate;
}

const twoDigits = (n: number): string => String(n).padStart(2, "0");
