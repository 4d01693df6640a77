import type { Actor, Certificate, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { mayFollow } from "../core/stages.ts";
import type { Failure } from "./failure.ts";

export type VoidingWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly certificate: (id: DossierId) => Promise<Certificate | null>;
  /** One transaction: the line stays, marked with reason and person, and its void is queued for the log. */
  readonly keepVoid: (certificate: Certificate, reason: string, actor: Actor) => Promise<boolean>;
};

/** A number taken but not sealed is given up; the line stays and the number is never used again. REG-1, decision 7. */
export async function voidNumber(
  dossierId: DossierId,
  reason: string,
  actor: Actor,
  world: VoidingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const certificate = mayFollow(dossier.status, "voided") ? await world.certificate(dossierId) : null;
  if (certificate === null) return fail({ code: "wrong_stage", status: dossier.status });
  if (reason.trim().length < 10) return fail({ code: "rule_broken", rule: "REG-1" });
  const done = await world.keepVoid(certificate, reason.normalize("NFC").trim(), actor);
  return done ? ok(null) : fail({ code: "wrong_stage", status: dossier.status });
}
