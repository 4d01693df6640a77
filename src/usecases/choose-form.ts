import type { Actor, Dossier, Page, PageForm } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

export type ChoosingWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly pages: (id: DossierId) => Promise<readonly Page[]>;
  /** Durable; false when the dossier had gone on. */
  readonly keepForm: (dossier: Dossier, page: Page, form: PageForm, actor: Actor) => Promise<boolean>;
};

/**
 * Which form of a photographed page stands in the copy: as it was taken, or straightened. What was received is kept either
 * way, and a confirmation is over the bytes that were shown, so that another choice asks for another one. COPY-2.
 */
export async function chooseForm(
  dossierId: DossierId,
  choice: { readonly number: number; readonly form: PageForm },
  actor: Actor,
  world: ChoosingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "read") return fail({ code: "wrong_stage", status: dossier.status });
  const page = (await world.pages(dossierId)).find((known) => known.number === choice.number);
  if (page === undefined || page.otherForm === null) return fail({ code: "page_not_found", page: choice.number });
  if (page.form === choice.form) return ok(null);
  const kept = await world.keepForm(dossier, page, choice.form, actor);
  return kept ? ok(null) : fail({ code: "wrong_stage", status: "attested" });
}
