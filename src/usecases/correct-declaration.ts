import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

export type CorrectingWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** False when the dossier had gone on meanwhile. */
  readonly keepDeclaredPages: (dossier: Dossier, declaredPages: number, actor: Actor) => Promise<boolean>;
};

/** The receiver counted wrongly: the pages of the original are declared again, while nothing is attested. COPY-1. */
export async function correctDeclaration(
  dossierId: DossierId,
  declaredPages: number,
  actor: Actor,
  world: CorrectingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const open = dossier.status === "received" || dossier.status === "read";
  const done = open && (await world.keepDeclaredPages(dossier, declaredPages, actor));
  return done ? ok(null) : fail({ code: "wrong_stage", status: dossier.status });
}
