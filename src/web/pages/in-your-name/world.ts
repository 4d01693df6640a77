import type { SealedEntry, StrangeEntry } from "../../../core/sealed-entry.ts";
import type { Actor } from "../../route.ts";

/** `mine`: signed by the actor. `agency`: everything under the seal of the actor's agency. */
export type Scope = "mine" | "agency";

export type InYourNameWorld = {
  /** Newest first, at most `entriesAtOnce`. */
  readonly sealed: (actor: Actor, scope: Scope, before: number | null) => Promise<readonly SealedEntry[]>;
  /** Of the actor's own agency. */
  readonly strange: (actor: Actor) => Promise<readonly StrangeEntry[]>;
  /** Where people reach us, without a slash at the end. */
  readonly publicUrl: string;
};

export const entriesAtOnce = 50;
