import { type Instant, localDateOf } from "../kernel.ts";
import type { Counts } from "./counts.ts";
import { type FigureId, figuresOf } from "./figures.ts";
import type { AgencyWork } from "./ranking.ts";
import { type Span, spanBefore, spanOn } from "./span.ts";

/** A figure of the week before that its report told otherwise. */
export type LaterChange = {
  readonly week: Span;
  readonly id: FigureId;
  readonly was: number | null;
  readonly is: number | null;
};

/** Of one agency, or of all that lie in a province; as it was counted, whatever the program counts since. */
export type WeeklyContent =
  | { readonly kind: "agency"; readonly counts: Counts; readonly changed: readonly LaterChange[] }
  | { readonly kind: "province"; readonly works: readonly WeeklyWork[]; readonly before: readonly AgencyWork[] };

/** With what pressed at the moment of counting. */
export type WeeklyWork = AgencyWork & Readonly<Record<"late" | "atRisk" | "petitionsLate" | "petitionsSoon", number>>;

export type WeeklyReport = { readonly week: Span; readonly countedAt: Instant; readonly content: WeeklyContent };

/** STAT-5: what was told of a week, against the same counted again. */
export function changedSince(week: Span, told: Counts, counted: Counts): readonly LaterChange[] {
  const now = new Map(figuresOf(counted).map(({ id, value }) => [id, value]));
  return figuresOf(told).flatMap(({ id, value: was }) => {
    const is = now.get(id) ?? null;
    return was === is ? [] : [{ week, id, was, is }];
  });
}

/** Weeks that are over in Vietnam, so many of them, the oldest first. */
export function weeksOver(now: Instant, most: number): readonly Span[] {
  const weeks: Span[] = [];
  for (let week = spanOn("week", localDateOf(now)); weeks.length < most; ) {
    week = spanBefore(week);
    weeks.unshift(week);
  }
  return weeks;
}
