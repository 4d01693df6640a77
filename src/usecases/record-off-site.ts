import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { checkOffSite, type OffSite } from "../core/off-site.ts";
import type { Failure } from "./failure.ts";

export type OffSiteWorld = {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** Durable on return, for all papers presented together; false when one of them was attested meanwhile. */
  readonly keepOffSite: (dossier: Dossier, offSite: OffSite | null, actor: Actor, at: Instant) => Promise<boolean>;
};

/**
 * OFFSITE-1: what is certified elsewhere than at the office says so before its first paper is attested. NĐ 23/2015 Art. 10.
 *
 * @param offSite null: at the office after all
 */
export async function recordOffSite(
  dossierId: DossierId,
  offSite: OffSite | null,
  actor: Actor,
  world: OffSiteWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "received" && dossier.status !== "read") {
    return fail({ code: "wrong_stage", status: dossier.status });
  }
  const now = world.now();
  const lawful = offSite === null ? ok(null) : checkOffSite(offSite, { openedAt: dossier.openedAt, now });
  if (!lawful.ok) return lawful;
  const kept = await world.keepOffSite(dossier, offSite, actor, now);
  return kept ? ok(null) : fail({ code: "rule_broken", rule: "OFFSITE-1" });
}
