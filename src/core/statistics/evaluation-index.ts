import type { Counts } from "./counts.ts";
import { shareOf } from "./figures.ts";

/**
 * STAT-2: what the index of QĐ 766/QĐ-TTg asks that touches certified copies, with the most points of each (LAW 6). The
 * decision's own formulas were not read: a share is counted by the definition that stands beside it, and the points are
 * that share of the most. `share` null: it cannot be known from what is kept here, and the page says why.
 */
export const indexLines = [
  asked("ELECTRONIC_CERTIFIED_COPY", 2, (c) => shareOf(c.electronic.acts, c.electronic.acts + c.paperOnlyActs)),
  asked("SYNCED_WITH_DVCQG_PERSONAL_STORAGE", 4, (c) => shareOf(c.stored, c.released)),
  asked("REUSED_DIGITIZED_DATA", 2, (c) => shareOf(c.reused.papers, c.answered)),
  asked("onTime", 20, (c) => shareOf(c.answeredInTime, c.answered + c.overdue)),
  asked("satisfaction", 6, (c) => shareOf(c.ratedWell, c.ratings)),
  asked("petitionsOnTime", 6, (c) => shareOf(c.petitionsInTime, c.petitions)),
  asked("ORIGINAL_RESULT_AVAILABLE", 6, null),
  asked("SO_HOA_GIAY_TO_GIAI_QUYET", 4, null),
  asked("populationData", 4, null),
  asked("petitionSatisfaction", 6, null),
] as const;

export type IndexId = (typeof indexLines)[number]["id"];

export type IndexValue = {
  readonly id: IndexId;
  readonly maxPoints: number;
  /** It can be counted here at all. */
  readonly isKnown: boolean;
  /** In percent; null where nothing was there to count, or it cannot be counted here. */
  readonly share: number | null;
  readonly points: number | null;
};

export const indexOf = (counts: Counts): readonly IndexValue[] =>
  indexLines.map(({ id, maxPoints, share }) => {
    const percent = share === null ? null : share(counts);
    const points = percent === null ? null : Math.round(percent * maxPoints) / 100;
    return { id, maxPoints, isKnown: share !== null, share: percent, points };
  });

function asked<const Id extends string>(id: Id, maxPoints: number, share: ((counts: Counts) => number | null) | null) {
  return { id, maxPoints, share };
}
