import type { Sql, TransactionSql } from "postgres";
import type { Dossier } from "../../src/core/dossier.ts";
import type { DossierId } from "../../src/core/ids.ts";
import type { Sha256 } from "../../src/core/kernel.ts";
import { type DossierCode, mostPapers, type SubmissionId } from "../../src/core/submission.ts";
import type { ScannedPaper, ScannedPaperKept } from "../../src/usecases/add-scanned-papers.ts";
import type { KeptPaper, KeptSubmission, OpenedDossier } from "../../src/usecases/open-dossier.ts";
import { keepAddress } from "./dispatches.ts";
import { noteEvent } from "./events.ts";
import { lockDossier } from "./locks.ts";
import { insertOffSite } from "./off-site.ts";
import { insertOriginal } from "./originals.ts";
import { keepSubmission } from "./submissions.ts";

/** A submission with its first paper. The same form again answers with what it opened. */
export async function keepDossier(
  sql: Sql,
  dossier: Dossier,
  kept: KeptPaper,
  submission: KeptSubmission,
): Promise<OpenedDossier> {
  return sql.begin(async (tx) => {
    const before = await openedByForm(tx, kept);
    if (before !== null) return before;
    const code = await keepSubmission(tx, submission);
    await insertDossier(tx, dossier, kept, { submissionId: submission.id, ordinal: 1 });
    const { email, accountBlobId, openedBy, openedAt, offSite } = submission;
    if (offSite !== null) await insertOffSite(tx, submission.id, offSite, openedBy, openedAt);
    await keepAddress(tx, dossier.id, { email, accountBlobId, by: openedBy.personId, at: openedAt });
    return { dossierId: dossier.id, code, fresh: true };
  });
}

/** Another paper beside one that stands; null when there is no room for it. */
export async function keepBeside(
  sql: Sql,
  dossier: Dossier,
  beside: Dossier,
  kept: Omit<KeptPaper, "contact">,
): Promise<OpenedDossier | null> {
  return sql.begin(async (tx) => {
    const before = await openedByForm(tx, kept);
    if (before !== null) return before;
    const submission = await lockedSubmission(tx, beside.id);
    if (submission === null || !(await insertBeside(tx, dossier, submission, kept))) return null;
    return { dossierId: dossier.id, code: submission.code, fresh: true };
  });
}

/** A paper that is opened by its scan: both, or neither; the first joins the paper that waits for its own. See `ManyWorld`. */
export async function keepScanned(
  sql: Sql,
  dossier: Dossier,
  beside: Dossier,
  { original, ...kept }: ScannedPaper,
): Promise<ScannedPaperKept> {
  return sql.begin(async (tx) => {
    await lockDossier(tx, { dossierId: beside.id });
    const submission = await lockedSubmission(tx, beside.id);
    if (submission === null) return "full";
    if (await isKnown(tx, submission.id, original.stored.sha256)) return "known";
    const own = { ...original, dossierId: (await waitsForScan(tx, beside.id)) ? beside.id : dossier.id };
    const isNew = own.dossierId === dossier.id;
    if (isNew && !(await insertBeside(tx, dossier, submission, { ...kept, formId: null }))) return "full";
    await insertOriginal(tx, own, kept.openedBy);
    return "kept";
  });
}

const isKnown = async (tx: TransactionSql, id: SubmissionId, sha256: Sha256): Promise<boolean> =>
  (
    await tx`select 1 from original o join dossier d on d.id = o.dossier_id
      where d.submission_id = ${id} and o.sha256 = ${sha256} and o.status <> 'refused' limit 1`
  ).length > 0;

const waitsForScan = async (tx: TransactionSql, id: DossierId): Promise<boolean> =>
  (
    await tx`select 1 from dossier d where id = ${id} and status = 'received' and not on_paper_only
      and not exists (select 1 from original where dossier_id = d.id)`
  ).length > 0;

type Locked = { readonly id: SubmissionId; readonly code: DossierCode; readonly contact: string | null };

/** The lock gives two counters at once two places. */
async function lockedSubmission(tx: TransactionSql, besideId: DossierId): Promise<Locked | null> {
  const [submission] = await tx<Locked[]>`
    select s.id, s.code, d.contact from submission s join dossier d on d.submission_id = s.id
    where d.id = ${besideId} for update of s`;
  return submission ?? null;
}

/** False when there is no room for it. */
async function insertBeside(
  tx: TransactionSql,
  dossier: Dossier,
  { id: submissionId, contact }: Locked,
  kept: Omit<KeptPaper, "contact">,
): Promise<boolean> {
  const [last] = await tx<{ ordinal: number }[]>`
    select max(ordinal_in_submission) as ordinal from dossier where submission_id = ${submissionId}`;
  const ordinal = (last?.ordinal ?? 0) + 1;
  if (ordinal > mostPapers) return false;
  await insertDossier(tx, dossier, { ...kept, contact }, { submissionId, ordinal });
  return true;
}

/** The lock makes the second of two that were sent at once wait for the first. */
async function openedByForm(
  tx: TransactionSql,
  { openedBy, formId }: Pick<KeptPaper, "openedBy" | "formId">,
): Promise<OpenedDossier | null> {
  if (formId === null) return null;
  await tx`select pg_advisory_xact_lock(hashtextextended(${formId}, 0))`;
  const [row] = await tx<{ id: DossierId; code: DossierCode }[]>`
    select d.id, s.code from dossier d join submission s on s.id = d.submission_id
    where d.opened_by = ${openedBy.personId} and d.form_id = ${formId}`;
  return row === undefined ? null : { dossierId: row.id, code: row.code, fresh: false };
}

async function insertDossier(
  tx: TransactionSql,
  dossier: Dossier,
  { openedBy, contact, paperCopies, formId }: KeptPaper,
  { submissionId, ordinal }: { readonly submissionId: SubmissionId; readonly ordinal: number },
): Promise<void> {
  await tx`insert into dossier ${tx({
    id: dossier.id,
    agency_id: dossier.agencyId,
    submission_id: submissionId,
    ordinal_in_submission: ordinal,
    form_id: formId,
    status: dossier.status,
    applicant_name: dossier.applicantName,
    contact,
    paper_copies: paperCopies,
    on_paper_only: dossier.onPaperOnly,
    procedure: dossier.procedure,
    kind: dossier.kind,
    title: dossier.title,
    holder_name: dossier.holderName,
    document_number: dossier.documentNumber,
    issued_by: dossier.issuedBy,
    issued_on: dossier.issuedOn,
    declared_pages: dossier.declaredPages,
    electronic_copies: dossier.electronicCopies,
    opened_by: openedBy.personId,
    opened_at: dossier.openedAt,
    due_at: dossier.dueAt,
  })}`;
  await noteEvent(tx, dossier.id, "opened", openedBy.personId);
}
