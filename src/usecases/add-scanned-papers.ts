import { deadlineOf } from "../core/deadlines.ts";
import type { Actor, Dossier } from "../core/dossier.ts";
import type { DossierId, OriginalId } from "../core/ids.ts";
import { fail, localDateOf, ok, type Result } from "../core/kernel.ts";
import { mostPapers } from "../core/submission.ts";
import type { AddingWorld, PaperRequest } from "./add-paper.ts";
import type { Failure } from "./failure.ts";
import { type ReceivingWorld, type Scan, type StoredScan, takeScan } from "./receive-scan.ts";

/** What is the same of each of them; only what each has for itself is looked at on the paper. */
export type AlikePapers = Omit<PaperRequest, "documentNumber" | "issuedBy" | "issuedOn" | "onPaperOnly" | "formId">;

/**
 * `known`: these very bytes are a scan of the submission already, as when a form that was cut is sent again. `full`: it
 * has as many papers as it takes.
 */
export type ScannedPaperKept = "kept" | "known" | "full";

export type ScannedPaper = {
  readonly openedBy: Actor;
  readonly paperCopies: number;
  readonly original: {
    readonly id: OriginalId;
    readonly stored: StoredScan;
    readonly scan: Pick<Scan, "fileName" | "declaredType">;
  };
};

export type ManyWorld = Omit<AddingWorld, "keepBeside"> &
  Pick<ReceivingWorld, "storeScan" | "recognise" | "eraseScan" | "newOriginalId"> & {
    /**
     * Paper and scan in one transaction. Where the paper of the form has no scan yet this is its scan, and no other paper
     * is opened.
     */
    readonly keepScanned: (dossier: Dossier, beside: Dossier, kept: ScannedPaper) => Promise<ScannedPaperKept>;
  };

export type Added = {
  readonly kept: number;
  readonly known: number;
  /** Files that were not taken; each stops no other. */
  readonly refused: readonly { readonly fileName: string | null; readonly failure: Failure }[];
  /** What ended it before the last file. */
  readonly ended: Failure | null;
};

/**
 * DOS-1: many papers of one applicant and one kind, a file each, in the order of the files. Each is a paper with a way,
 * a comparison and a number of its own (TT 01/2020 Art. 4(1)); only the typing is done once. Cut half-way, the same form
 * again adds what is missing.
 */
export async function addScannedPapers(
  besideId: DossierId,
  request: AlikePapers,
  scans: AsyncIterable<Scan>,
  actor: Actor,
  world: ManyWorld,
): Promise<Result<Added, Failure>> {
  const beside = await world.dossier(besideId, actor.agencyId);
  if (beside === null) return fail({ code: "not_found" });
  const openedAt = world.now();
  if (localDateOf(openedAt) !== localDateOf(beside.openedAt)) return fail({ code: "submission_over" });
  const { identityDigits, ...paper } = request;
  const same = await world.checkDigits(beside, identityDigits);
  if (!same.ok) return same;
  const dueAt = deadlineOf(openedAt, await world.calendar(actor.agencyId));
  const open = (): Dossier => ({ ...paperOf(paper, beside), id: world.newDossierId(), openedAt, dueAt });
  return ok(await addEach(scans, { open, beside, paperCopies: paper.paperCopies, actor, world }));
}

const paperOf = (
  { paperCopies, holderName, ...paper }: Omit<AlikePapers, "identityDigits">,
  { agencyId, applicantName }: Dossier,
) => ({
  ...paper,
  ...{ agencyId, applicantName, holderName: holderName ?? applicantName, status: "received" as const },
  ...{ documentNumber: null, issuedBy: null, issuedOn: null, onPaperOnly: false, againAt: null },
});

type Adding = {
  readonly open: () => Dossier;
  readonly beside: Dossier;
  readonly paperCopies: number;
  readonly actor: Actor;
  readonly world: ManyWorld;
};

/** What would meet every further file too. */
const endsAll = new Set<Failure["code"]>(["upload_cut", "storage_full", "too_many_papers"]);

async function addEach(scans: AsyncIterable<Scan>, adding: Adding): Promise<Added> {
  const counted = { kept: 0, known: 0 };
  const refused: Added["refused"][number][] = [];
  for await (const scan of scans) {
    const added = await addOne(scan, adding);
    if (added.ok) counted[added.value] += 1;
    else if (endsAll.has(added.failure.code)) return { ...counted, refused, ended: added.failure };
    else refused.push({ fileName: scan.fileName, failure: added.failure });
  }
  return { ...counted, refused, ended: null };
}

async function addOne(scan: Scan, adding: Adding): Promise<Result<"kept" | "known", Failure>> {
  const { open, beside, paperCopies, actor, world } = adding;
  const stored = await takeScan(scan, actor, world);
  if (!stored.ok) return stored;
  const original = { id: world.newOriginalId(), stored: stored.value, scan };
  const kept = await world.keepScanned(open(), beside, { openedBy: actor, paperCopies, original });
  if (kept === "kept") return ok(kept);
  await world.eraseScan(stored.value);
  return kept === "known" ? ok(kept) : fail({ code: "too_many_papers", most: mostPapers });
}
