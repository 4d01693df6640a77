import { type CoarseScan, coarseScanOf } from "../core/coarse-scan.ts";
import type { Actor, Dossier, Page } from "../core/dossier.ts";
import type { AgainReason, EarlierCopy } from "../core/give-once.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { isActTold, type OffSite } from "../core/off-site.ts";
import type { ConfirmableField } from "../core/paper-fields.ts";
import { checkComparison } from "../core/rules.ts";
import type { Failure } from "./failure.ts";

export type AttestingWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly pages: (id: DossierId) => Promise<readonly Page[]>;
  /** Null: at the office. */
  readonly offSite: (id: DossierId) => Promise<OffSite | null>;
  /** A record says that the paper is suspected to be forged. REFUSE-2 */
  readonly isForgeryRecorded: (id: DossierId) => Promise<boolean>;
  readonly onceAnswered: (id: DossierId) => Promise<boolean>;
  /** Best first. */
  readonly earlierCopies: (dossier: Dossier) => Promise<readonly EarlierCopy[]>;
  /** Durable on return; the answer that was given first stands. */
  readonly keepAgain: (
    dossier: Dossier,
    answer: { readonly reason: AgainReason; readonly earlier: EarlierCopy },
    actor: Actor,
  ) => Promise<unknown>;
  /** One transaction; false when another official was first. */
  readonly keepAttestation: (dossier: Dossier, attested: Attested, actor: Actor) => Promise<boolean>;
};

export type Attested = {
  readonly pages: number;
  readonly fields: readonly ConfirmableField[];
  /** SCAN-1; null where each page is fine enough. */
  readonly coarse: CoarseScan | null;
};

export type Statement = {
  readonly originalPresented: boolean;
  /** Why it is certified again, should it have been certified here before. */
  readonly again: AgainReason | null;
  /** Why no better scan is to be had, should a page be below 200 dpi. SCAN-1. */
  readonly coarseReason: string | null;
  /** What was compared one by one besides the pages; of facts that were not declared nothing is kept. */
  readonly fields: readonly ConfirmableField[];
};

/** The official states that the original was presented and that the copy is true to it. NĐ 45/2020 Art. 10(3). */
export async function attestCopy(
  dossierId: DossierId,
  { originalPresented, again, coarseReason, fields }: Statement,
  actor: Actor,
  world: AttestingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "read") return fail({ code: "wrong_stage", status: dossier.status });
  const pages = await world.pages(dossierId);
  const lawful = checkComparison({ originalPresented, declaredPages: dossier.declaredPages, pages });
  if (!lawful.ok) return lawful;
  if (!isActTold(await world.offSite(dossierId))) return fail({ code: "rule_broken", rule: "OFFSITE-1" });
  if (await world.isForgeryRecorded(dossierId)) return fail({ code: "rule_broken", rule: "REFUSE-2" });
  const coarse = coarseScanOf(pages, coarseReason);
  if (!coarse.ok) return coarse;
  const once = await answerOnce(dossier, again, actor, world);
  if (!once.ok) return once;
  const known = [...new Set(fields)].filter((field) => dossier[field] !== null);
  const attested = { pages: pages.length, fields: known, coarse: coarse.value };
  const kept = await world.keepAttestation(dossier, attested, actor);
  return kept ? ok(null) : fail(await whyNot(dossier, world));
}

/** What another person changed in that moment: pages, or the dossier itself. */
async function whyNot({ id, agencyId }: Dossier, world: Pick<AttestingWorld, "dossier" | "pages">): Promise<Failure> {
  const now = await world.dossier(id, agencyId);
  if (now?.status !== "read") return { code: "wrong_stage", status: now?.status ?? "attested" };
  const pages = await world.pages(id);
  const lawful = checkComparison({ originalPresented: true, declaredPages: now.declaredPages, pages });
  return lawful.ok ? { code: "wrong_stage", status: "attested" } : lawful.failure;
}

/** ONCE-1: an original that was certified here before is certified again for a reason that is recorded, or not at all. */
async function answerOnce(
  dossier: Dossier,
  reason: AgainReason | null,
  actor: Actor,
  world: AttestingWorld,
): Promise<Result<null, Failure>> {
  if (await world.onceAnswered(dossier.id)) return ok(null);
  const [earlier] = await world.earlierCopies(dossier);
  if (earlier === undefined) return ok(null);
  if (reason === null) return fail({ code: "rule_broken", rule: "ONCE-1" });
  await world.keepAgain(dossier, { reason, earlier }, actor);
  return ok(null);
}
