import type { Actor } from "../../../core/dossier.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Bytes, Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { OfficialsWorld } from "../../officials/world.ts";

type Answer<T> = Promise<Result<T, Failure>>;

/** What the pages about deadlines may ask; every member checks the actor's agency. */
export type DeadlinesWorld = Pick<OfficialsWorld, "renewLink"> & {
  /** The receipt-and-appointment slip as a PDF. `link` is the citizen's, known only to who has just made it. */
  readonly slip: (
    id: DossierId,
    on: { readonly link: string | null; readonly by: string },
    actor: Actor,
  ) => Answer<Bytes>;
};
