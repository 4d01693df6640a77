import { createHash } from "node:crypto";
import type { JobContext } from "../../db/job-loop.ts";
import {
  batchById,
  batchOfKey,
  findBatch,
  finishBatch,
  keepBatch,
  keepResults,
  resultsOf,
  sweepBatches,
} from "../../db/stores/verification-batches.ts";
import type { BatchId } from "../core/ids.ts";
import { fail, type Instant, ok, type Sha256, utf8 } from "../core/kernel.ts";
import type { AskedCopy } from "../core/verification-batch.ts";
import { openBatch } from "../usecases/recipients/open-batch.ts";
import type { RecipientsApiWorld } from "../web/recipients/routes.ts";
import { verifyCopy } from "../web/recipients/verifying.ts";
import { credentialIssuer } from "./credentials.ts";
import { type House, keepBlob, keyedHash, newId, readBlob } from "./house.ts";
import { pullingWorld } from "./pulling.ts";
import { verificationWorld } from "./verification.ts";
import { webhooksWorld } from "./webhooks.ts";

export function recipientsApiWorld(house: House): RecipientsApiWorld {
  const { sql, now, publicUrl } = house;
  const opening = {
    now,
    newBatchId: () => newId<BatchId>(),
    digest: (text: string) => createHash("sha256").update(text).digest("hex") as Sha256,
    hashKey: (key: string) => keyedHash(house, "idempotency", key),
    batchOfKey: (...asked: Parameters<Parameters<typeof openBatch>[3]["batchOfKey"]>) => batchOfKey(sql, ...asked),
    keepAsked: async ({ recipient }: Parameters<typeof openBatch>[2], text: string) =>
      (await keepBlob(house, recipient.agencyId, "verification_batch", utf8(text))).blobId,
    eraseAsked: (id: Parameters<House["blobs"]["erase"]>[0]) => house.blobs.erase(id),
    keepBatch: (...kept: Parameters<Parameters<typeof openBatch>[3]["keepBatch"]>) => keepBatch(sql, ...kept),
  };
  return {
    publicUrl,
    verification: doorOf(house),
    openBatch: (copies, key, caller) => openBatch(copies, key, caller, opening),
    batch: (id, { recipient }) => findBatch(sql, id, recipient.id),
    credentialIssuer: () => credentialIssuer(house),
    pulling: pullingWorld(house),
    results: (id, from, limit) => resultsOf(sql, id, from, limit),
    webhooks: webhooksWorld(house),
  };
}

/** Guesses of codes are counted by the key's own allowance, not by an address. */
const doorOf = (house: House) => verificationWorld(house, null, () => "");

const atOnce = 8; // copies looked at together: each waits for a file and some hashing

/** The answers stand as they were first given: a batch that was cut off goes on where it stood. */
export async function verifyBatch(house: House, { job, signal, progress }: JobContext) {
  const id = job.subject as BatchId;
  const batch = await batchById(house.sql, id);
  if (batch === null || batch.finishedAt !== null) return ok(null);
  const copies = JSON.parse(new TextDecoder().decode(await readBlob(house, batch.blobId))) as AskedCopy[];
  const door = doorOf(house);
  for (let from = batch.done; from < copies.length; from += atOnce) {
    if (signal.aborted) return fail({ code: "cut_short", retry: true });
    const asked = copies.slice(from, from + atOnce);
    const results = await Promise.all(asked.map((copy) => verifyCopy(copy, door)));
    await keepResults(house.sql, id, results.map((result, i) => ({ ordinal: from + i, result }))); // biome-ignore format: one line
    await progress(from + asked.length, copies.length);
  }
  await finishBatch(house.sql, id, house.now());
  await house.blobs.erase(batch.blobId);
  return ok(null);
}

/** Rows first: a blob that nobody names is found by the blobs' own sweep, answers without a question are not. */
export async function forgetBatches(house: House, before: Instant): Promise<void> {
  for (const id of await sweepBatches(house.sql, before)) await house.blobs.erase(id);
}
