import type { Actor, Dossier, Page } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result, type Sha256 } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

export type ConfirmingWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly pages: (id: DossierId) => Promise<readonly Page[]>;
  /** Evidence: durable, never changed. */
  readonly keepConfirmation: (dossier: Dossier, page: number, streamSha256: Sha256, actor: Actor) => Promise<void>;
};

/**
 * An official confirms that the page shown agrees with the paper original. The digest is of the bytes shown, so a
 * confirmation never slides onto other bytes. COPY-2.
 */
export async function confirmPage(
  dossierId: DossierId,
  page: { readonly number: number; readonly streamSha256: Sha256 },
  actor: Actor,
  world: ConfirmingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "read") return fail({ code: "wrong_stage", status: dossier.status });
  const shown = (await world.pages(dossierId)).find((known) => known.number === page.number);
  if (shown === undefined) return fail({ code: "page_not_found", page: page.number });
  if (shown.streamSha256 !== page.streamSha256) return fail({ code: "page_changed", page: page.number });
  if (shown.confirmedSha256 !== page.streamSha256) {
    await world.keepConfirmation(dossier, page.number, page.streamSha256, actor);
  }
  return ok(null);
}
