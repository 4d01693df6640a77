import type { Actor, Dossier, Page } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { checkComparison } from "../core/rules.ts";
import type { Failure } from "./failure.ts";

export type AttestingWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly pages: (id: DossierId) => Promise<readonly Page[]>;
  /** One transaction; false when another official was first. */
  readonly keepAttestation: (dossier: Dossier, pages: number, actor: Actor) => Promise<boolean>;
};

/** The official states that the original was presented and that the copy is true to it. NĐ 45/2020 Art. 10(3). */
export async function attestCopy(
  dossierId: DossierId,
  originalPresented: boolean,
  actor: Actor,
  world: AttestingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "read") return fail({ code: "wrong_stage", status: dossier.status });
  const pages = await world.pages(dossierId);
  const lawful = checkComparison({ originalPresented, declaredPages: dossier.declaredPages, pages });
  if (!lawful.ok) return lawful;
  const first = await world.keepAttestation(dossier, pages.length, actor);
  return first ? ok(null) : fail({ code: "wrong_stage", status: "attested" });
}
