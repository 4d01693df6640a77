import type { LeftByAbsent } from "../../../core/absence.ts";
import type { WorkingCalendar } from "../../../core/calendar.ts";
import type { Actor } from "../../../core/dossier.ts";
import type { Instant } from "../../../core/kernel.ts";
import type { ListedDossier } from "../../../core/lists.ts";
import type { DossierStatus } from "../../../core/stages.ts";

/** Lists of the actor's own agency; no other's dossier is ever in them. */
export type QueueWorld = {
  readonly now: () => Instant;
  readonly calendar: (actor: Actor) => Promise<WorkingCalendar>;
  /** What is due first comes first. */
  readonly queue: (
    actor: Actor,
    statuses: readonly DossierStatus[],
    range: { readonly limit: number; readonly offset: number },
  ) => Promise<readonly ListedDossier[]>;
  /** How many stand at each step; none where a step is missing. */
  readonly queueCounts: (actor: Actor) => Promise<ReadonlyMap<DossierStatus, number>>;
  /** How many petitions are due within two working days, or late. */
  readonly duePetitions: (actor: Actor) => Promise<number>;
  /** For a substitute and for the head: who is away today, and what they left unsigned. AUTH-3. */
  readonly leftByAbsent: (actor: Actor) => Promise<readonly LeftByAbsent[]>;
  /** How many results no way has brought to their citizens. */
  readonly undeliveredCount: (actor: Actor) => Promise<number>;
  /** Newest first, those with every word; with or without tones. */
  readonly search: (actor: Actor, words: readonly string[], limit: number) => Promise<readonly ListedDossier[]>;
};
