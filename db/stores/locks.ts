import type { TransactionSql } from "postgres";
import type { DossierId } from "../../src/core/ids.ts";
import type { SubmissionId } from "../../src/core/submission.ts";

/** By a statement of its own: one that waits for the lock and reads the line too reads it as it was before it waited. */
export const lockDossier = (tx: TransactionSql, { dossierId }: { readonly dossierId: DossierId }) =>
  tx`select id from dossier where id = ${dossierId} for update`;

/** Of whatever submission a paper is of. */
export async function lockAllPresented(tx: TransactionSql, dossierId: DossierId): Promise<void> {
  const [row] = await tx<{ id: SubmissionId }[]>`select submission_id as id from dossier where id = ${dossierId}`;
  if (row !== undefined) await lockWithPapers(tx, row.id);
}

/**
 * Papers presented together in one order, then their submission. Numbers and attestations lock a paper and ask for its
 * submission then: who changes what all papers share keeps that order, so that no two wait for each other for ever.
 */
export async function lockWithPapers(tx: TransactionSql, id: SubmissionId): Promise<void> {
  await tx`select id from dossier where submission_id = ${id} order by id for update`;
  await tx`select id from submission where id = ${id} for update`;
}
