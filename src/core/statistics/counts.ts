import type { RefusalGround } from "../refusal-grounds.ts";

/** Steps of a copy's way, each with the two moments that it lies between: `docs/legal-rules.md`, STAT-1. */
export const stepNames = ["compare", "number", "sign", "seal", "publish", "whole", "paper"] as const;

export type StepName = (typeof stepNames)[number];

/** How long a step took, in seconds by the clock: half took at most the median, nine in ten at most the other. */
export type Spread = { readonly count: number; readonly median: number; readonly p90: number };

/** Acts, copies and pages of one book. */
export type Work = {
  /** Lines of the register that were issued. */
  readonly acts: number;
  readonly copies: number;
  /** Pages of the originals, as often as they were copied. */
  readonly pages: number;
  readonly dong: number;
};

/** What an agency did in a span, counted by the database. Every figure that anybody is shown follows from this. */
export type Counts = {
  readonly electronic: Work;
  readonly paper: Work;
  /** Of the acts on paper, those whose applicant wanted no electronic copy. */
  readonly paperOnlyActs: number;
  readonly takenDong: number;
  readonly received: number;
  readonly answered: number;
  readonly answeredInTime: number;
  /** Promised for this span, not answered yet, and late by now. */
  readonly overdue: number;
  /** A ground that a report of before did not know is left out there. */
  readonly refusals: Readonly<Partial<Record<RefusalGround, number>>>;
  readonly withdrawn: number;
  readonly voided: number;
  readonly annulled: number;
  /** Papers that were not certified again: an earlier copy was given, or the paper is in VNeID. */
  readonly reused: { readonly papers: number; readonly dong: number };
  /** Copies that a receiver opened by a citizen's grant, in place of a paper brought along. */
  readonly opened: { readonly papers: number; readonly dong: number };
  readonly checks: number;
  /** Copies released, and those of them that lie in the citizen's own store. */
  readonly released: number;
  readonly stored: number;
  readonly ratings: number;
  readonly ratedWell: number;
  /** Answered in the span, or to be answered in it. */
  readonly petitions: number;
  readonly petitionsInTime: number;
  readonly steps: Readonly<Record<StepName, Spread>>;
};

/** One bar of the chart: a day or a month, as `2026-11-23` or `2026-11`. */
export type TrendPoint = { readonly at: string; readonly electronic: number; readonly paper: number };
