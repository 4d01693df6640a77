import type { AgencyId } from "../ids.ts";
import { shareOf } from "./figures.ts";

/** What one agency of a province did in a span, as its own statistics count it. STAT-1. */
export type AgencyWork = {
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly electronic: number;
  readonly paper: number;
  /** Acts on paper whose applicant wanted no electronic copy. */
  readonly paperOnly: number;
  readonly answered: number;
  readonly answeredInTime: number;
  /** To be answered in the span, not answered, and late by now. */
  readonly overdue: number;
};

type Measured = Omit<AgencyWork, "agencyId" | "name">;

export const rankMeasures = ["acts", "onTimeRate", "electronicShare"] as const;

export type RankMeasure = (typeof rankMeasures)[number];

/** By the definitions of STAT-1 and STAT-2; null where there is nothing to divide by. */
export function measured(work: Measured, measure: RankMeasure): number | null {
  const { electronic, paper, paperOnly, answered, answeredInTime, overdue } = work;
  switch (measure) {
    case "acts":
      return electronic + paper;
    case "onTimeRate":
      return shareOf(answeredInTime, answered + overdue);
    case "electronicShare":
      return shareOf(electronic, electronic + paperOnly);
  }
}

export type Ranked<Work extends AgencyWork = AgencyWork> = {
  readonly work: Work;
  readonly value: number | null;
  /**
   * From 1; equals share one and the places after them are left out (1, 1, 3). Null without a value: told apart, never
   * last. Where nobody acted nobody is first.
   */
  readonly place: number | null;
};

/** STAT-4: the greatest first, equals by name; those with nothing to measure after all others and without a place. */
export function rankBy<Work extends AgencyWork>(works: readonly Work[], measure: RankMeasure): readonly Ranked<Work>[] {
  const byName = works.toSorted((a, b) => a.name.localeCompare(b.name, "vi"));
  const valued = byName.map((work) => ({ work, value: measured(work, measure) }));
  const values = valued.flatMap(({ value }) => (value === null ? [] : [value]));
  const nobodyActed = measure === "acts" && values.every((value) => value === 0);
  const placeOf = (value: number) => (nobodyActed ? null : 1 + values.filter((other) => other > value).length);
  return valued
    .map(({ work, value }) => ({ work, value, place: value === null ? null : placeOf(value) }))
    .toSorted((a, b) => (a.place ?? Number.POSITIVE_INFINITY) - (b.place ?? Number.POSITIVE_INFINITY) || 0);
}

/** All of them as one. */
export const together = (works: readonly Measured[]): Measured => {
  const sum = (of: (work: Measured) => number) => works.reduce((total, work) => total + of(work), 0);
  return {
    ...{ electronic: sum((w) => w.electronic), paper: sum((w) => w.paper), paperOnly: sum((w) => w.paperOnly) },
    ...{ answered: sum((w) => w.answered), answeredInTime: sum((w) => w.answeredInTime) },
    overdue: sum((w) => w.overdue),
  };
};
