import type { Actor } from "../../../core/dossier.ts";
import type { FeeDay, FeeLine, UnevenFee } from "../../../core/fee-totals.ts";
import type { Instant, LocalDate } from "../../../core/kernel.ts";
import type { Period } from "../../../core/register-print.ts";

/** What an agency took, month by month. */
export type FeesRoom = {
  readonly now: () => Instant;
  readonly month: (period: Period, actor: Actor) => Promise<FeeMonth>;
  readonly lines: (period: Period, actor: Actor) => Promise<readonly FeeLine[]>;
  /** Received in `unpaidDays` days up to that one; null: today. */
  readonly unpaid: (upTo: LocalDate | null, actor: Actor) => Promise<UnpaidFees>;
};

export const unpaidDays = 60;

/** The oldest first. */
export type UnpaidFees = {
  readonly from: LocalDate;
  readonly upTo: LocalDate;
  readonly fees: readonly UnevenFee[];
  /** Only the oldest of these days are told. */
  readonly isCut: boolean;
  /** A day up to which older ones are told; null where nothing was received before. */
  readonly earlier: LocalDate | null;
};

export type FeeMonth = {
  readonly days: readonly FeeDay[];
  readonly waivedDong: number;
  /** With a number issued in it. */
  readonly uneven: readonly UnevenFee[];
};
