import type { Actor } from "../../../core/dossier.ts";
import type { FeeDay, FeeLine, UnevenFee } from "../../../core/fee-totals.ts";
import type { Instant } from "../../../core/kernel.ts";
import type { Period } from "../../../core/register-print.ts";

/** What an agency took, month by month. */
export type FeesRoom = {
  readonly now: () => Instant;
  readonly month: (period: Period, actor: Actor) => Promise<FeeMonth>;
  readonly lines: (period: Period, actor: Actor) => Promise<readonly FeeLine[]>;
  /** Received in the last `unpaidDays` days. */
  readonly unpaid: (actor: Actor) => Promise<readonly UnevenFee[]>;
};

export const unpaidDays = 60;

export type FeeMonth = {
  readonly days: readonly FeeDay[];
  readonly waivedDong: number;
  /** With a number issued in it. */
  readonly uneven: readonly UnevenFee[];
};
