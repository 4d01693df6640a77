import type { Actor } from "../../../core/dossier.ts";
import type { AgencyId, DossierId } from "../../../core/ids.ts";
import type { Instant, Result } from "../../../core/kernel.ts";
import type { PublishedAnnulment } from "../../../core/status/annulment.ts";
import type { AnnulmentRequest } from "../../../usecases/annul-certificate.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { DeskWorld } from "../signing/world.ts";

/** Decisions about copies that were issued; `annul` checks the actor's agency. */
export type AnnulmentWorld = Pick<DeskWorld, "desk"> & {
  readonly now: () => Instant;
  readonly annul: (id: DossierId, request: AnnulmentRequest, actor: Actor) => Promise<Result<null, Failure>>;
  /** Newest first; null for every agency. */
  readonly annulments: (agencyId: AgencyId | null, limit: number) => Promise<readonly PublishedAnnulment[]>;
};
