import type { Sql, TransactionSql } from "postgres";
import type { Dossier } from "../../src/core/dossier.ts";
import type { DossierId } from "../../src/core/ids.ts";
import { type DossierCode, mostPapers, type SubmissionId } from "../../src/core/submission.ts";
import type { KeptPaper, KeptSubmission, OpenedDossier } from "../../src/usecases/open-dossier.ts";
import { keepAddress } from "./dispatches.ts";
import { noteEvent } from "./events.ts";
import { insertOffSite } from "./off-site.ts";
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
    // The lock gives two counters at once two places.
    const [submission] = await tx<{ id: SubmissionId; code: DossierCode; contact: string | null }[]>`
      select s.id, s.code, d.contact from submission s join dossier d on d.submission_id = s.id
      where d.id = ${beside.id} for update of s`;
    if (submission === undefined) return null;
    const [last] = await tx<{ ordinal: number }[]>`
      select max(ordinal_in_submission) as ordinal from dossier where submission_id = ${submission.id}`;
    const ordinal = (last?.ordinal ?? 0) + 1;
    if (ordinal > mostPapers) return null;
    const { id: submissionId, code, contact } = submission;
    await insertDossier(tx, dossier, { ...kept, contact }, { submissionId, ordinal });
    return { dossierId: dossier.id, code, fresh: true };
  });
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
