import type { Actor, Dossier } from "../../core/dossier.ts";
import type { AgencyId, DossierId } from "../../core/ids.ts";
import { fail, ok, type Result } from "../../core/kernel.ts";
import { isActTold, type OffSite } from "../../core/off-site.ts";
import type { Failure } from "../failure.ts";

export type ByHandWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** Null: at the office. */
  readonly offSite: (id: DossierId) => Promise<OffSite | null>;
  /** One transaction; false when the dossier had gone on meanwhile. */
  readonly keepByHand: (dossier: Dossier, actor: Actor) => Promise<boolean>;
};

/**
 * ORIG-1 where copies on paper alone are wanted: the official states that the original was presented and that each paper
 * copy, with all its pages, is true to it. Nothing is scanned, since no electronic copy is made.
 */
export async function compareByHand(
  dossierId: DossierId,
  { originalPresented }: { readonly originalPresented: boolean },
  actor: Actor,
  world: ByHandWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const isOpen = dossier.status === "received" || dossier.status === "read";
  if (!dossier.onPaperOnly || !isOpen) return fail({ code: "wrong_stage", status: dossier.status });
  if (!originalPresented) return fail({ code: "rule_broken", rule: "ORIG-1" });
  if (!isActTold(await world.offSite(dossierId))) return fail({ code: "rule_broken", rule: "OFFSITE-1" });
  return (await world.keepByHand(dossier, actor)) ? ok(null) : fail({ code: "wrong_stage", status: "attested" });
}
