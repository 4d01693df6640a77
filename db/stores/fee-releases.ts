import type { Sql, TransactionSql } from "postgres";
import type { CertificateId } from "../../src/core/ids.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import { enqueue, untilDone } from "../jobs.ts";

/** FEE-6: what waited in the log for its fee goes on; a job under way looks once more. */
export async function releasePaid(tx: TransactionSql, id: SubmissionId): Promise<void> {
  await askToRelease(
    tx,
    await tx<{ id: CertificateId }[]>`
      select c.id from certificate c join dossier d on d.id = c.dossier_id
      where d.submission_id = ${id} and d.status in ('sealed', 'logged') and c.status = 'in_progress'`,
  );
}

/** The same for what is owed no more because another paper ended without a result, or the agency's rule changed. */
export async function enqueuePaidReleases(sql: Sql | TransactionSql): Promise<void> {
  await askToRelease(
    sql,
    await sql<{ id: CertificateId }[]>`
      select c.id from certificate c join dossier d on d.id = c.dossier_id
      where d.status = 'logged' and c.status = 'in_progress' and not fee_withholds(d.submission_id, d.agency_id)
        and not exists (select 1 from job j where j.kind = 'publish_certificate' and j.subject = c.id and j.finished_at is null)
      limit 500`,
  );
}

async function askToRelease(
  sql: Sql | TransactionSql,
  found: readonly { readonly id: CertificateId }[],
): Promise<void> {
  for (const { id: subject } of found) {
    await enqueue(sql, { kind: "publish_certificate", subject, maxAttempts: untilDone });
  }
}
