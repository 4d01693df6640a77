import type { Instant } from "./kernel.ts";
import type { LeafEvent } from "./log/leaf.ts";

/** A copy that the public log says was issued, with the line of the register that it belongs to. */
export type SealedEntry = {
  /** place in the log */
  readonly index: number;
  readonly at: Instant;
  readonly number: number;
  readonly bookText: string;
  readonly title: string;
  readonly signedBy: string;
  readonly sealedBy: string | null;
};

/** An entry of the agency that its register does not know: somebody else made it, or the register was lost. */
export type StrangeEntry = {
  readonly index: number;
  readonly at: Instant;
  readonly event: LeafEvent;
  readonly bookText: string;
  readonly number: number;
};
