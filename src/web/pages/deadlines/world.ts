import type { DeadlineStep } from "../../../core/deadline-steps.ts";
import type { Actor } from "../../../core/dossier.ts";
import type { DossierId, PersonId } from "../../../core/ids.ts";
import type { Bytes, Result } from "../../../core/kernel.ts";
import type { ListedDossier } from "../../../core/lists.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { MoveRequest } from "../../../usecases/move-deadline.ts";
import type { OfficialsWorld } from "../../officials/world.ts";

type Answer<T> = Promise<Result<T, Failure>>;

/** What the pages about deadlines may ask; every member checks the actor's agency. */
export type DeadlinesWorld = Pick<OfficialsWorld, "renewLink" | "dossier" | "calendar" | "now"> & {
  /** The receipt-and-appointment slip as a PDF. `link` is the citizen's, known only to who has just made it. */
  readonly slip: (
    id: DossierId,
    on: { readonly link: string | null; readonly by: string },
    actor: Actor,
  ) => Answer<Bytes>;
  /** Of a dossier that was found. */
  readonly steps: (id: DossierId) => Promise<readonly DeadlineStep[]>;
  readonly deciders: (actor: Actor) => Promise<readonly Decider[]>;
  readonly move: (id: DossierId, request: MoveRequest, actor: Actor) => Answer<number>;
  /** The slip of a later appointment. */
  readonly stepSlip: (id: DossierId, ordinal: number, actor: Actor) => Answer<Bytes>;
  /** What is still owed, due first first. */
  readonly owed: (actor: Actor, limit: number) => Promise<readonly ListedDossier[]>;
};

export type Decider = { readonly id: PersonId; readonly fullName: string };
