import type { TransactionSql } from "postgres";
import type { DispatchId, DossierId } from "../../src/core/ids.ts";
import type { SubmissionId } from "../../src/core/submission.ts";

/** By a statement of its own: one that waits for the lock and reads the line too reads it as it was before it waited. */
export const lockDossier = (tx: TransactionSql, { dossierId }: { readonly dossierId: DossierId }) =>
  tx`select id from dossier where id = ${dossierId} for update`;

/** Of whatever submissions these papers are of. */
export async function lockAllPresented(tx: TransactionSql, ...dossierIds: DossierId[]): Promise<void> {
  const rows = await tx<{ id: SubmissionId }[]>`select submission_id as id from dossier where id = any(${dossierIds})`;
  await lockWithPapers(tx, ...rows.map(({ id }) => id));
}

/**
 * Papers presented together in one order, then their submission. Numbers and attestations lock a paper and ask for its
 * submission then: who changes what all papers share keeps that order, so that no two wait for each other for ever.
 * A line that only names a paper (an event, a visit) is let in meanwhile: who writes it may hold what is asked for next.
 */
export async function lockWithPapers(tx: TransactionSql, ...ids: SubmissionId[]): Promise<void> {
  await tx`select id from dossier where submission_id = any(${ids}) order by id for no key update`;
  await tx`select id from submission where id = any(${ids}) order by id for update`;
}

/**
 * Letters of whatever is presented together with this paper, in one order, behind the papers and before the address: an
 * attempt at a letter that tells of several papers changes all of them, and holds no paper.
 */
export const lockLettersOfAll = (tx: TransactionSql, dossierId: DossierId) =>
  tx`select s.id from dispatch s where s.dossier_id in (
      select o.id from dossier d join dossier o using (submission_id) where d.id = ${dossierId})
    order by s.id for no key update of s`;

/** A letter and what goes with it, in the same order. */
export const lockLetter = (tx: TransactionSql, id: DispatchId) =>
  tx`select id from dispatch where id = ${id} or with_id = ${id} order by id for no key update`;
