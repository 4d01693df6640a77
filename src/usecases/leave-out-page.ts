import type { Actor, Dossier, Page } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { type LeftOutPage, mayBeLeftOut, type PagePlace } from "../core/left-out.ts";
import type { Failure } from "./failure.ts";

export type LeavingOutWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** Without those that are left out. */
  readonly pages: (id: DossierId) => Promise<readonly Page[]>;
  readonly leftOut: (id: DossierId) => Promise<readonly LeftOutPage[]>;
  /** Durable, with who and when; false when the dossier had gone on. */
  readonly keepLeftOut: (dossier: Dossier, place: PagePlace, leftOut: boolean, actor: Actor) => Promise<boolean>;
};

/**
 * Leaves a page of the scans out of the copy, or takes it back: pages that the gate calls a repeat or blank, while
 * nothing is attested. The scan stays as it came. Asked again for what is so already, nothing happens. COPY-1.
 */
export async function leaveOutPage(
  dossierId: DossierId,
  { place, leftOut }: { readonly place: PagePlace; readonly leftOut: boolean },
  actor: Actor,
  world: LeavingOutWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "read") return fail({ code: "wrong_stage", status: dossier.status });
  const pages = await world.pages(dossierId);
  const standing = pages.find((page) => isAt(page, place));
  const isOut = (await world.leftOut(dossierId)).some((page) => isAt(page, place));
  if (leftOut ? isOut : standing !== undefined) return ok(null);
  if (leftOut && (standing === undefined || !mayBeLeftOut(standing, pages)))
    return fail({ code: "page_not_found", page: standing?.number ?? 0 });
  if (!leftOut && !isOut) return fail({ code: "page_not_found", page: 0 });
  const kept = await world.keepLeftOut(dossier, place, leftOut, actor);
  return kept ? ok(null) : fail({ code: "wrong_stage", status: "attested" });
}

const isAt = (page: PagePlace, place: PagePlace): boolean =>
  page.originalId === place.originalId && page.indexInOriginal === place.indexInOriginal;
