import type { Actor } from "../../../core/dossier.ts";
import type { Bytes, Instant, Result } from "../../../core/kernel.ts";
import type { RegisterLine } from "../../../core/lists.ts";
import type { KeptPrint, Period, PeriodTotals } from "../../../core/register-print.ts";
import type { Failure } from "../../../usecases/failure.ts";

export type PeriodView = {
  readonly totals: PeriodTotals;
  readonly print: KeptPrint | null;
  /** Why it cannot be signed yet; null where it can, or is. */
  readonly hindrance: Failure | null;
};

/** Prints of the actor's own agency. */
export type PrintsWorld = {
  /** Path of the prints of this kind of book. */
  readonly base: string;
  readonly now: () => Instant;
  readonly year: (
    year: number,
    actor: Actor,
  ) => Promise<{ readonly totals: readonly PeriodTotals[]; readonly prints: readonly KeptPrint[] }>;
  readonly period: (period: Period, actor: Actor) => Promise<PeriodView>;
  readonly lines: (
    period: Period,
    actor: Actor,
  ) => Promise<{
    readonly lines: readonly RegisterLine[];
    /** Of months signed before, corrected in this period. */
    readonly supplement: readonly RegisterLine[];
  }>;
  readonly draft: (period: Period, actor: Actor) => Promise<Result<Bytes, Failure>>;
  readonly signed: (period: Period, actor: Actor) => Promise<Result<Bytes, Failure>>;
  readonly sign: (period: Period, pin: string, actor: Actor) => Promise<Result<null, Failure>>;
};
