import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { parseRefusal, type Refusal } from "../core/refusal-grounds.ts";
import { mayFollow } from "../core/stages.ts";
import type { Failure } from "./failure.ts";

export type RefusingWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** Whether every sign can stand in the notice, so that who typed it mends it. */
  readonly isPrintable: (text: string) => boolean;
  /** One transaction; false when the dossier had gone on meanwhile. */
  readonly keepRefusal: (dossier: Dossier, refusal: Refusal, actor: Actor) => Promise<boolean>;
};

/**
 * Refuses on one of the six grounds of NĐ 23/2015 Art. 22, with the reason in writing (Art. 9). REFUSE-1. The dossier
 * stops at once; the notice waits for the signature of the person certifying (sign-notice.ts).
 */
export async function refuseDossier(
  dossierId: DossierId,
  input: { readonly ground: string; readonly reason: string; readonly page: number | null },
  actor: Actor,
  world: RefusingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (!mayFollow(dossier.status, "refused")) return fail({ code: "wrong_stage", status: dossier.status });
  const refusal = parseRefusal(input);
  if (!refusal.ok) return refusal;
  if (!refusal.value.reason.split(/\r\n?|\n/u).every(world.isPrintable)) {
    return fail({ code: "malformed_request", field: "reason" });
  }
  const done = await world.keepRefusal(dossier, refusal.value, actor);
  return done ? ok(null) : fail({ code: "wrong_stage", status: dossier.status });
}
