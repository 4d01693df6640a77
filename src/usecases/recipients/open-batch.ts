import type { BatchId, BlobId, RecipientId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result, type Sha256 } from "../../core/kernel.ts";
import { type AskedCopy, mostOpenBatches, type VerificationBatch } from "../../core/verification-batch.ts";
import type { Caller } from "./admit-key.ts";

export type BatchFailure =
  /** The same Idempotency-Key came with other copies before. */
  { readonly code: "idempotency_mismatch" } | { readonly code: "batches_waiting"; readonly most: number };

export type OpeningBatchWorld = {
  readonly now: () => Instant;
  readonly newBatchId: () => BatchId;
  readonly digest: (text: string) => Sha256;
  /** Under the store's keyed hash. */
  readonly hashKey: (idempotencyKey: string) => Bytes;
  readonly batchOfKey: (recipientId: RecipientId, hash: Bytes) => Promise<VerificationBatch | null>;
  /** Encrypted: codes open records. */
  readonly keepAsked: (caller: Caller, text: string) => Promise<BlobId>;
  readonly eraseAsked: (id: BlobId) => Promise<void>;
  /** One transaction with the job; durable on return. */
  readonly keepBatch: (
    batch: Omit<VerificationBatch, "done" | "finishedAt">,
    idempotencyHash: Bytes | null,
    mostOpen: number,
  ) => Promise<"kept" | "twin" | "full">;
};

/**
 * Takes the copies in and answers before any is looked at; a job goes through them. Sent again under the same
 * Idempotency-Key, the batch that was opened first is answered: a line that broke costs nobody a second batch.
 */
export async function openBatch(
  copies: readonly AskedCopy[],
  idempotencyKey: string | null,
  caller: Caller,
  world: OpeningBatchWorld,
): Promise<Result<VerificationBatch, BatchFailure>> {
  const text = JSON.stringify(copies);
  const requestSha256 = world.digest(text);
  const recipientId = caller.recipient.id;
  const hash = idempotencyKey === null ? null : world.hashKey(idempotencyKey);
  const same = (batch: VerificationBatch) =>
    batch.requestSha256 === requestSha256 ? ok(batch) : fail({ code: "idempotency_mismatch" } as const);
  const earlier = hash === null ? null : await world.batchOfKey(recipientId, hash);
  if (earlier !== null) return same(earlier);
  const blobId = await world.keepAsked(caller, text);
  const batch = {
    ...{ id: world.newBatchId(), recipientId, requestSha256, blobId },
    total: copies.length,
    createdAt: world.now(),
  };
  const kept = await world.keepBatch(batch, hash, mostOpenBatches);
  if (kept === "kept") return ok({ ...batch, done: 0, finishedAt: null });
  await world.eraseAsked(blobId);
  const twin = hash === null || kept === "full" ? null : await world.batchOfKey(recipientId, hash);
  return twin === null ? fail({ code: "batches_waiting", most: mostOpenBatches }) : same(twin);
}
