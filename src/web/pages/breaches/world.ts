import type { Breach, BreachId } from "../../../core/breach.ts";
import type { Actor } from "../../../core/dossier.ts";
import type { Bytes } from "../../../core/kernel.ts";
import type { BreachWorld } from "../../../usecases/note-breach.ts";

/** Breaches of personal data of the actor's own agency. DATA-4. */
export type BreachesWorld = BreachWorld & {
  readonly newBreachId: () => BreachId;
  /** Newest first. */
  readonly breaches: (actor: Actor) => Promise<readonly Breach[]>;
  /** Of the actor's agency only. */
  readonly breach: (id: BreachId, actor: Actor) => Promise<Breach | null>;
  /** The letter to the authority, to be read, numbered and signed by hand. */
  readonly letter: (breach: Breach, actor: Actor) => Promise<Bytes>;
};
