import type { Instant } from "../core/kernel.ts";
import { daysAfter, type KeptThing, keptThings, type Terms } from "../core/terms.ts";

export type KeepingWorld = {
  readonly now: () => Instant;
  readonly terms: Terms;
  /**
   * Erases some of what ended before, and writes its proof, in one transaction: keys are destroyed, so that a crash on the
   * way to the files leaves nothing that could be read. Asked again it goes on where it stopped.
   *
   * @returns how many things; 0 when nothing is due
   */
  readonly eraseDue: (thing: KeptThing, before: Instant) => Promise<number>;
};

/** KEEP-1: what has outlived its term is erased, batch by batch. Harmless when repeated. */
export async function keepTerms({ now, terms, eraseDue }: KeepingWorld): Promise<number> {
  let erased = 0;
  for (const thing of keptThings) {
    const days = terms.keep[thing];
    if (days === null) continue;
    const before = daysAfter(now(), -days);
    for (let some = await eraseDue(thing, before); some > 0; some = await eraseDue(thing, before)) erased += some;
  }
  return erased;
}
