import type { AgencyId } from "../ids.ts";
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
  | ProvinceContent;

export type ProvinceContent = {
  readonly kind: "province";
  readonly works: readonly WeeklyWork[];
  readonly before: readonly AgencyWork[];
  /** The province as it was called then; left out in reports of before the name was kept. */
  readonly name?: string;
  /** Left out in reports of before it was told. */
  readonly changed?: readonly LaterWork[];
};

/** What the report of the week before told otherwise of one agency. */
export type LaterWork = {
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly figure: (typeof comparedFigures)[number];
  readonly was: number;
  readonly is: number;
};

/** What is late is not compared: it changes with the day. */
const comparedFigures = ["electronic", "paper", "answered", "answeredInTime"] as const;

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

/** STAT-5: the same of a province, agency by agency; one that came or went since is told by neither. */
export function worksChangedSince(told: readonly AgencyWork[], counted: readonly AgencyWork[]): readonly LaterWork[] {
  const before = new Map(told.map((work) => [work.agencyId, work]));
  return counted.flatMap((now) => {
    const then = before.get(now.agencyId);
    const differs = comparedFigures.filter((figure) => then !== undefined && then[figure] !== now[figure]);
    const { agencyId, name } = now;
    return differs.map((figure) => ({ agencyId, name, figure, was: then?.[figure] ?? 0, is: now[figure] }));
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
