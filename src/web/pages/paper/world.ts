import type { Actor } from "../../../core/dossier.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Bytes, Instant, Result } from "../../../core/kernel.ts";
import type { PaperLine } from "../../../core/paper-line.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { OfficialsWorld } from "../../officials/world.ts";

type Answer<T> = Promise<Result<T, Failure>>;

/** Copies on paper of the actor's own agency. */
export type PaperCopiesWorld = Pick<OfficialsWorld, "dossier"> & {
  readonly now: () => Instant;
  /** The living one; null before a number is taken. */
  readonly line: (id: DossierId) => Promise<PaperLine | null>;
  readonly compareByHand: (id: DossierId, statement: { originalPresented: boolean }, actor: Actor) => Answer<null>;
  readonly takeNumber: (id: DossierId, actor: Actor) => Answer<PaperLine>;
  readonly handOver: (id: DossierId, actor: Actor) => Answer<null>;
  readonly voidNumber: (id: DossierId, reason: string, actor: Actor) => Answer<null>;
  /** The sheet with the four lines, to be signed by hand. */
  readonly attestation: (id: DossierId, actor: Actor) => Answer<Bytes>;
};
