import type { BatchId, BlobId, RecipientId } from "./ids.ts";
import type { Instant, Sha256 } from "./kernel.ts";

/** What a recipient asks about: a code, the link that carries it, or a file's digest with its length. */
export type AskedCopy = {
  /** The recipient's own name for it, given back with the answer. */
  readonly reference?: string | undefined;
} & ({ readonly code: string } | { readonly link: string } | { readonly sha256: Sha256; readonly lengthBytes: number });

/** Copies in one batch at most. */
export const mostCopies = 1000;

/** Batches of one recipient that are not done; one more is refused, so that nobody's thousand waits behind ten others. */
export const mostOpenBatches = 5;

/** Days that answers are kept. */
export const batchDays = 7;

export type VerificationBatch = {
  readonly id: BatchId;
  readonly recipientId: RecipientId;
  readonly requestSha256: Sha256;
  readonly blobId: BlobId;
  readonly total: number;
  readonly done: number;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
};
