import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";
import { type OpeningWorld, secretLifeSeconds } from "./open-dossier.ts";

export type RenewingWorld = Pick<OpeningWorld, "now" | "newSecret"> & {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** The secret before opens nothing once this is durable. */
  readonly keepLink: (
    dossier: Dossier,
    kept: { readonly secretHash: Bytes; readonly secretExpiresAt: Instant },
    actor: Actor,
  ) => Promise<void>;
};

/**
 * A new link for the citizen, who stands at the counter with the identity paper. Only its hash is kept, so it is shown
 * once; the link given before is dead. DESIGN decision 14.
 */
export async function renewLink(
  dossierId: DossierId,
  actor: Actor,
  world: RenewingWorld,
): Promise<Result<{ secret: string }, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const secret = world.newSecret();
  const secretExpiresAt = instantOfSeconds(secondsOf(world.now()) + secretLifeSeconds);
  await world.keepLink(dossier, { secretHash: secret.hash, secretExpiresAt }, actor);
  return ok({ secret: secret.text });
}
