import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

export type EndingWorld = {
  /** One transaction: the link, those of letters and the line that says so. A link that was ended before stays as it is. */
  readonly keepEnd: (dossier: Dossier, actor: Actor | null) => Promise<void>;
};

export type CounterEndingWorld = EndingWorld & {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
};

export type HolderEndingWorld = EndingWorld & {
  /** Of a link that names several papers any of them: they have one link. */
  readonly dossierBySecret: (secret: string) => Promise<Dossier | null>;
  /** Counts the attempt first, compares in constant time. */
  readonly checkDigits: (dossier: Dossier, digits: string) => Promise<Result<null, Failure>>;
};

/**
 * The link of all papers presented together opens nothing from now on, and no other is given out: whoever lost the slip
 * or sent the link to the wrong person need not take another one home. DESIGN decision 14.
 */
export async function endLinkAtCounter(
  dossierId: DossierId,
  actor: Actor,
  world: CounterEndingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  await world.keepEnd(dossier, actor);
  return ok(null);
}

/** The same by the holder alone, with the digits: a finder of the link must not shut its holder out. */
export async function endOwnLink(
  secret: string,
  digits: string,
  world: HolderEndingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const proven = await world.checkDigits(dossier, digits);
  if (proven.ok) await world.keepEnd(dossier, null);
  return proven;
}
