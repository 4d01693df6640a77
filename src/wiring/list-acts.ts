import type { Actor } from "../core/dossier.ts";
import type { OneOfMany } from "../usecases/act-on-each.ts";
import type { Chosen, ListAct } from "../web/pages/signing/world.ts";
import type { House } from "./house.ts";

type Results = readonly OneOfMany[];
type Ran = Results | "another" | null;

/** Pressed twice, or in a second window with what goes on already. */
const isWithin = (chosen: readonly Chosen[], running: readonly Chosen[]): boolean =>
  chosen.every(({ id }) => running.some((one) => one.id === id));

/** Goes through the list, and tells of each that was done as soon as it is. */
type OnEach = (told: (one: OneOfMany) => void) => Promise<Results>;
type Running = { readonly chosen: readonly Chosen[]; done: number; results: Results | null };

// So many are soon done. Whoever has more sees how far they are, and no proxy's patience decides how long a list may be.
const mostWaitedFor = 10;

/**
 * Lists that are signed or sealed under one PIN, each run to its end whoever waits. What a process began is known to it
 * alone, and the PIN is gone with it: of a list that was cut, what is left stands in the queue as before.
 */
export function listActs({ longActs, log }: Pick<House, "longActs" | "log">) {
  const newest = new Map<string, Running>();
  const nameOf = (act: "sign" | "seal", { personId }: Actor) => `${act} ${personId}`;
  return {
    /**
     * @returns null where it goes on after the answer: nothing stopped the first, which so shows that the PIN is right;
     *   `another` where a list of the same person goes on that is not this one
     */
    run: (act: "sign" | "seal", chosen: readonly Chosen[], actor: Actor, onEach: OnEach): Promise<Ran> => {
      const name = nameOf(act, actor);
      const before = newest.get(name);
      if (before?.results === null) return Promise.resolve(isWithin(chosen, before.chosen) ? null : "another");
      const running: Running = { chosen, done: 0, results: null };
      newest.set(name, running);
      return new Promise((resolve, reject) => {
        const told = ({ result }: OneOfMany) => {
          running.done += 1;
          if (result?.ok && chosen.length > mostWaitedFor) resolve(null);
        };
        const ended = (results: Results) => {
          running.results = results;
          resolve(results);
        };
        const failed = (error: unknown) => {
          newest.delete(name);
          log.error("act_on_list_failed", { error }); // its request may have been answered long ago
          reject(error);
        };
        longActs.run(() => onEach(told)).then(ended, failed);
      });
    },
    newest: (act: "sign" | "seal", actor: Actor): ListAct | null => newest.get(nameOf(act, actor)) ?? null,
  };
}
