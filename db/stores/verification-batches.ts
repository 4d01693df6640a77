import type { Sql } from "postgres";
import type { BatchId, BlobId, RecipientId } from "../../src/core/ids.ts";
import type { Bytes, Instant, Sha256 } from "../../src/core/kernel.ts";
import type { VerificationBatch } from "../../src/core/verification-batch.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { instantOf } from "./rows.ts";

export const batchJob = "verify_batch";

type BatchRow = {
  id: BatchId;
  recipient_id: RecipientId;
  request_sha256: Sha256;
  blob_id: BlobId;
  total: number;
  done: number;
  created_at: string;
  finished_at: string | null;
};

const batchOf = (row: BatchRow): VerificationBatch => ({
  id: row.id,
  recipientId: row.recipient_id,
  requestSha256: row.request_sha256,
  blobId: row.blob_id,
  total: row.total,
  done: row.done,
  createdAt: instantOf(row.created_at),
  finishedAt: row.finished_at === null ? null : instantOf(row.finished_at),
});

const select = (sql: Sql) => sql`
  select b.*, (select count(*)::int from verification_result r where r.batch_id = b.id) as done from verification_batch b`;

/** Of that recipient only: another's is not there. */
export async function findBatch(sql: Sql, id: BatchId, recipientId: RecipientId): Promise<VerificationBatch | null> {
  const [row] = await sql<BatchRow[]>`${select(sql)} where b.id = ${id} and b.recipient_id = ${recipientId}`;
  return row === undefined ? null : batchOf(row);
}

/** For the job, which asks for nobody. */
export async function batchById(sql: Sql, id: BatchId): Promise<VerificationBatch | null> {
  const [row] = await sql<BatchRow[]>`${select(sql)} where b.id = ${id}`;
  return row === undefined ? null : batchOf(row);
}

export async function batchOfKey(sql: Sql, recipientId: RecipientId, hash: Bytes): Promise<VerificationBatch | null> {
  const [row] = await sql<BatchRow[]>`
    ${select(sql)} where b.recipient_id = ${recipientId} and b.idempotency_hash = ${hash}`;
  return row === undefined ? null : batchOf(row);
}

/**
 * One transaction with its job. One recipient's batches are kept one after the other, so that of many sent at once
 * none slips past the limit.
 *
 * @returns `twin` when the idempotency key was used meanwhile, `full` when too many are not done
 */
export async function keepBatch(
  sql: Sql,
  batch: Omit<VerificationBatch, "done" | "finishedAt">,
  idempotencyHash: Bytes | null,
  mostOpen: number,
): Promise<"kept" | "twin" | "full"> {
  const { id, recipientId, requestSha256, blobId, total, createdAt } = batch;
  return sql.begin(async (tx) => {
    await tx`select id from recipient where id = ${recipientId} for update`;
    const [open] = await tx<{ count: number }[]>`
      select count(*)::int as count from verification_batch where recipient_id = ${recipientId} and finished_at is null`;
    const kept = await tx`
      insert into verification_batch (id, recipient_id, idempotency_hash, request_sha256, blob_id, total, created_at)
      select ${id}, ${recipientId}, ${idempotencyHash}, ${requestSha256}, ${blobId}, ${total}, ${createdAt}
      where ${(open?.count ?? 0) < mostOpen}
      on conflict (recipient_id, idempotency_hash) do nothing`;
    if (kept.count === 0) return (open?.count ?? 0) < mostOpen ? "twin" : "full";
    await enqueue(tx, { kind: batchJob, subject: id, maxAttempts: untilDone });
    return "kept";
  });
}

/** Ordinals answered before stay as they were answered. */
export async function keepResults(
  sql: Sql,
  id: BatchId,
  results: readonly { readonly ordinal: number; readonly result: unknown }[],
): Promise<void> {
  await sql`
    insert into verification_result (batch_id, ordinal, result)
    select ${id}, r.ordinal, r.result from jsonb_to_recordset(${JSON.stringify(results)}::text::jsonb)
      as r (ordinal int, result jsonb)
    on conflict do nothing`;
}

/** In the order asked. */
export async function resultsOf(sql: Sql, id: BatchId, from: number, limit: number): Promise<readonly unknown[]> {
  const rows = await sql<{ result: string | object }[]>`
    select result from verification_result where batch_id = ${id} and ordinal >= ${from} order by ordinal limit ${limit}`;
  return rows.map(({ result }) => (typeof result === "string" ? JSON.parse(result) : result));
}

export async function finishBatch(sql: Sql, id: BatchId, at: Instant): Promise<void> {
  await sql`update verification_batch set finished_at = ${at} where id = ${id} and finished_at is null`;
}

/** Forgets batches that old with their answers. @returns what they asked, to be erased */
export async function sweepBatches(sql: Sql, before: Instant): Promise<readonly BlobId[]> {
  const rows = await sql<{ blob_id: BlobId }[]>`
    delete from verification_batch where created_at < ${before} returning blob_id`;
  return rows.map(({ blob_id }) => blob_id);
}
