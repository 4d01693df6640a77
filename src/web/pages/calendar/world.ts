import type { WorkingYear } from "../../../core/calendar.ts";
import type { Actor } from "../../../core/dossier.ts";
import type { Instant, Result } from "../../../core/kernel.ts";
import type { CalendarFailure } from "../../../usecases/administration/keep-calendar.ts";

/** One version of a year, with who kept it and when. */
export type KeptVersion = {
  readonly ordinal: number;
  readonly content: WorkingYear;
  readonly by: string;
  readonly at: Instant;
};

/** What the page of the working calendar asks; of the actor's own agency only. */
export type CalendarPagesWorld = {
  readonly now: () => Instant;
  /** What counts that year now: as kept, else the proposal; and every version kept, the newest first. */
  readonly year: (
    actor: Actor,
    year: number,
  ) => Promise<{ readonly content: WorkingYear; readonly versions: readonly KeptVersion[] }>;
  readonly keep: (typed: WorkingYear, after: number, actor: Actor) => Promise<Result<null, CalendarFailure>>;
};
