import type { Actor } from "../../../core/dossier.ts";
import type { Bytes } from "../../../core/kernel.ts";
import type { Span } from "../../../core/statistics/span.ts";
import type { WeeklyReport } from "../../../core/statistics/weekly.ts";

/** That there is one; its figures are read when it is opened. */
export type ReportOfWeek = Pick<WeeklyReport, "week" | "countedAt">;

/** Reports of the actor's own agency, or of the province that it watches for; of no other. */
export type WeeklyWorld = {
  /** The newest first. */
  readonly reports: (actor: Actor) => Promise<readonly ReportOfWeek[]>;
  /** Of the province that the actor's agency watches for; null of any other. */
  readonly provinceName: (actor: Actor) => Promise<string | null>;
  readonly report: (week: Span, actor: Actor) => Promise<WeeklyReport | null>;
  /** A4; of one report always the same. */
  readonly paper: (report: WeeklyReport, actor: Actor) => Promise<Bytes>;
};
