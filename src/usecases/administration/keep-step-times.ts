import type { Actor } from "../../core/dossier.ts";
import { fail, type Instant, type LocalDate, localDateOf, ok, type Result } from "../../core/kernel.ts";
import { changesTo, type StandardsOn, type StandardTimes, type StepTime } from "../../core/statistics/step-times.ts";
import { type Note, noteOf } from "./note.ts";

/** What an agency wrote down of one step, who, and when. */
export type KeptStepTime = StepTime & { readonly keptBy: string; readonly keptAt: Instant };

export type StepTimesWorld = {
  readonly now: () => Instant;
  /** As it stands. */
  readonly standards: (actor: Actor) => Promise<StandardsOn>;
  /** One transaction with the note. */
  readonly keep: (times: readonly StepTime[], note: Note) => Promise<void>;
};

/**
 * STAT-3: from that day on these are the agency's standard times. Days that were keep theirs.
 *
 * @returns how many steps changed; none leaves nothing behind
 */
export async function keepStepTimes(
  wanted: StandardTimes,
  from: LocalDate,
  actor: Actor,
  world: StepTimesWorld,
): Promise<Result<number, { readonly code: "day_was" }>> {
  const now = world.now();
  if (from < localDateOf(now)) return fail({ code: "day_was" });
  const changes = changesTo(wanted, from, await world.standards(actor));
  const about = changes.map(({ step, minutes }) => `${step}=${minutes ?? "none"}`).join(", ");
  if (changes.length > 0) await world.keep(changes, noteOf(actor, "step_times_kept", `${from}: ${about}`, now));
  return ok(changes.length);
}
