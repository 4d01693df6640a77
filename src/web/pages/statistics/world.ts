import type { Actor } from "../../../core/dossier.ts";
import type { Bytes, Instant } from "../../../core/kernel.ts";
import type { Counts, TrendPoint } from "../../../core/statistics/counts.ts";
import type { Duty } from "../../../core/statistics/duty.ts";
import type { LongStep } from "../../../core/statistics/long-steps.ts";
import type { Span } from "../../../core/statistics/span.ts";

export type Statistics = { readonly span: Span; readonly counts: Counts; readonly trend: readonly TrendPoint[] };

/** A step, and as whose work it was done; none where the program did it. */
export type ToldStep = LongStep & { readonly duties: readonly Duty[] };

/** What an agency did, of the actor's own agency alone. */
export type StatisticsWorld = {
  readonly now: () => Instant;
  /** Days where the span is a month or shorter, else months. */
  readonly count: (span: Span, actor: Actor) => Promise<Statistics>;
  /** The steps that took longest of those that ended in that week. */
  readonly longest: (week: Span, actor: Actor) => Promise<readonly ToldStep[]>;
  /** A4, to be signed by hand. */
  readonly report: (span: Span, actor: Actor) => Promise<Bytes>;
};
