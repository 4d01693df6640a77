import type { Sql, TransactionSql } from "postgres";
import type { AgencyId, BlobId, CertificateId } from "../../src/core/ids.ts";
import type { Instant, Sha256 } from "../../src/core/kernel.ts";
import { enqueue } from "../jobs.ts";
import { instantOf } from "./rows.ts";

/** One state of a copy with long-term evidence; `blobId` holds the bytes behind the sealed copy. */
export type EvidenceForm = {
  readonly blobId: BlobId;
  readonly sha256: Sha256;
  readonly lengthBytes: number;
  readonly provenAt: Instant;
};

/** The kind of job that adds evidence to the certificate named by its subject. */
export const evidenceJob = "extend_evidence";

// A timestamp is dated in whole seconds, and evidence must be of a later one.
const restSeconds = 2;

/** Part of the release: what is handed out is due for evidence. */
export async function planEvidence(tx: TransactionSql, certificate: { id: CertificateId; agencyId: AgencyId }) {
  await tx`
    insert into evidence_plan (certificate_id, agency_id, due_since, next_try_at)
    values (${certificate.id}, ${certificate.agencyId}, now(), now()) on conflict do nothing`;
  await enqueue(tx, { kind: evidenceJob, subject: certificate.id, delaySeconds: restSeconds });
}

// One a second after the first minute: a thousand at once would keep scans of other people from being read.
const furtherFromSeconds = 60;

/** The further copies of a line, one after the other, found by `enqueueDueEvidence`. */
export async function planFurtherEvidence(tx: TransactionSql, line: { id: CertificateId; agencyId: AgencyId }) {
  await tx`
    insert into evidence_plan (certificate_id, agency_id, due_since, next_try_at)
    select id, ${line.agencyId}, at, at from further_copy,
      lateral (select now() + make_interval(secs => ${furtherFromSeconds} + ordinal) as at) due
    where certificate_id = ${line.id} on conflict do nothing`;
}

export type EvidencePlan = { readonly dueSince: Instant; readonly failures: number; readonly made: number };

/** @returns null for a certificate that was never released; `made` counts the forms so far */
export async function evidencePlan(sql: Sql, id: CertificateId): Promise<EvidencePlan | null> {
  const [row] = await sql<{ due_since: string; failures: number; made: number }[]>`
    select due_since, failures, (select count(*)::int from evidence_form f where f.certificate_id = p.certificate_id) as made
    from evidence_plan p where certificate_id = ${id}`;
  return row === undefined ? null : { dueSince: instantOf(row.due_since), failures: row.failures, made: row.made };
}

export async function newestForm(sql: Sql, id: CertificateId): Promise<EvidenceForm | null> {
  const [row] = await sql<{ blob_id: string; sha256: string; length_bytes: number; proven_at: string }[]>`
    select blob_id, sha256, length_bytes, proven_at from evidence_form
    where certificate_id = ${id} order by ordinal desc limit 1`;
  if (row === undefined) return null;
  const { blob_id: blobId, sha256, length_bytes: lengthBytes, proven_at } = row;
  return { blobId: blobId as BlobId, sha256: sha256 as Sha256, lengthBytes, provenAt: instantOf(proven_at) };
}

/** @returns false when another form came first: this one was made of what is not the newest any more */
export function keepForm(
  sql: Sql,
  id: CertificateId,
  ordinal: number,
  form: EvidenceForm,
  nextDue: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const kept = await tx`
      insert into evidence_form (certificate_id, ordinal, blob_id, sha256, length_bytes, proven_at)
      values (${id}, ${ordinal}, ${form.blobId}, ${form.sha256}, ${form.lengthBytes}, ${form.provenAt})
      on conflict do nothing`;
    if (kept.count !== 1) return false;
    await tx`
      update evidence_plan set due_since = ${nextDue}, next_try_at = ${nextDue}, failures = 0, last_failure = null
      where certificate_id = ${id}`;
    return true;
  });
}

export async function postponeEvidence(sql: Sql, id: CertificateId, failure: string, until: Instant): Promise<void> {
  await sql`
    update evidence_plan set next_try_at = ${until}, failures = failures + 1, last_failure = ${failure}
    where certificate_id = ${id}`;
}

const mostAtOnce = 500;

/** Makes a job of every plan whose time has come, also where a job was given up; one that waits or runs is left alone. */
export async function enqueueDueEvidence(sql: Sql, now: Instant): Promise<number> {
  const due = await sql<{ certificate_id: string }[]>`
    select certificate_id from evidence_plan p where next_try_at <= ${now}
      and not exists (select 1 from job where kind = ${evidenceJob} and subject = p.certificate_id and finished_at is null)
    order by next_try_at limit ${mostAtOnce}`;
  for (const { certificate_id } of due) await enqueue(sql, { kind: evidenceJob, subject: certificate_id });
  return due.length;
}

/** How many copies have waited for evidence since before that time. @param agencyId null for all */
export async function overdueEvidence(sql: Sql, before: Instant, agencyId: AgencyId | null): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from evidence_plan
    where due_since < ${before} and (${agencyId}::text is null or agency_id = ${agencyId})`;
  return row?.count ?? 0;
}
