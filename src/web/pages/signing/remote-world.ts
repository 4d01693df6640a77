import type { Actor } from "../../../core/dossier.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { ActElsewhere } from "../../../usecases/sign-elsewhere.ts";

/** Last part of the address of the page of each, behind the dossier's. */
export const pageOf: Readonly<Record<ActElsewhere, string>> = { sign: "sign", seal: "seal", notice: "refusal" };

/** A way to the page of a remote signing service and back, as its person sees it. */
export type RemoteVisit = {
  readonly id: string;
  readonly act: ActElsewhere;
  readonly dossierId: DossierId;
  /** Null for a notice of refusal. */
  readonly line: { readonly number: number; readonly bookText: string } | null;
  /** Name of the service, as the operator gave it. */
  readonly service: string;
  /** `late`: ten minutes have passed. `used`: the one attempt was made, well or not. */
  readonly state: "waiting" | "agreed" | "refused" | "late" | "used";
  /** Where the service is told to be; null where the way is over, or the key is no longer the one in force. */
  readonly page: string | null;
};

export type RemoteWorld = {
  /** Name of the service, where the key for that act is with one that wants its holder on its own page. */
  readonly serviceFor: (act: ActElsewhere, actor: Actor) => Promise<string | null>;
  /** Prepares the copy, number and all, or the notice. @returns the visit's id */
  readonly begin: (act: ActElsewhere, id: DossierId, actor: Actor) => Promise<Result<string, Failure>>;
  /** Null for another person's. */
  readonly visit: (id: string, actor: Actor) => Promise<RemoteVisit | null>;
  /** What a browser brings back, whoever it belongs to: the state says of which visit. @returns its id, null for none */
  readonly returned: (
    state: string,
    answer: { readonly code: string } | { readonly refusal: string },
  ) => Promise<string | null>;
  readonly finish: (id: string, actor: Actor) => Promise<Result<{ readonly dossierId: DossierId }, Failure>>;
};
