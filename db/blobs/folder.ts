import { createHash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { BlobId } from "../../src/core/ids.ts";
import { type Bytes, fail, ok, type Result, type Sha256 } from "../../src/core/kernel.ts";
import { chunkBytes, openChunk, sealChunk, sealedChunkBytes, sealedSize } from "./chunks.ts";
import { cutIntoChunks, SourceBroken } from "./source.ts";

export type Stored = { readonly sha256: Sha256; readonly sizeBytes: number };

export type PutFailure =
  | { readonly code: "storage_full" }
  | { readonly code: "upload_too_large"; readonly limitBytes: number }
  /** The source ended with an error: a browser that went away. */
  | { readonly code: "upload_cut" };

export type ReadFailure = { readonly code: "blob_missing" } | { readonly code: "blob_damaged" };

/** Encrypted files named by random ids; knows neither rows nor where keys come from. */
export type BlobFolder = {
  /** Durable on return, its own key for every id. A failure leaves nothing; neither does a crash, after the next start. */
  put(
    id: BlobId,
    key: Uint8Array,
    content: AsyncIterable<Uint8Array> | Uint8Array,
    limitBytes: number,
  ): Promise<Result<Stored, PutFailure>>;
  /** Chunk by chunk, each authenticated before it is handed out; a length that does not fit is found before the first. */
  read(id: BlobId, key: Uint8Array, sizeBytes: number): AsyncGenerator<Result<Bytes, ReadFailure>>;
  /** Gone on return; one that is not there is no error. */
  remove(id: BlobId): Promise<void>;
  /** Every id whose file was written at least an hour ago, in no order: a younger one's row may still be on its way. */
  oldIds(): Generator<BlobId>;
};

/**
 * Opens the folder, makes it when missing (0700) and sweeps what a crash left half-written an hour ago or earlier:
 * younger drafts may be another process's, at work over the same folder.
 */
export function openBlobFolder(folder: string): BlobFolder {
  const drafts = join(folder, "tmp");
  mkdirSync(drafts, { recursive: true, mode: 0o700 });
  for (const draft of filesOlderThan(drafts, youngSeconds, timeOfFolder(folder))) rmSync(draft, { force: true });
  return {
    put: (id, key, content, limitBytes) => putBlob(folder, id, key, content, limitBytes),
    read: (id, key, sizeBytes) => readBlob(fileOf(folder, id), id, key, sizeBytes),
    remove: (id) => rm(fileOf(folder, id), { force: true }),
    oldIds: () => listOldBlobs(folder),
  };
}

const youngSeconds = 3600;

// Two levels: a folder of a million names is slow to list and to back up.
const fileOf = (folder: string, id: BlobId): string => join(folder, id.slice(0, 2), id);

async function putBlob(
  folder: string,
  id: BlobId,
  key: Uint8Array,
  content: AsyncIterable<Uint8Array> | Uint8Array,
  limitBytes: number,
): Promise<Result<Stored, PutFailure>> {
  const draft = join(folder, "tmp", id);
  try {
    const stored = await writeDraft(draft, id, key, content, limitBytes);
    if (stored.ok) await publish(draft, folder, id);
    else await rm(draft, { force: true });
    return stored;
  } catch (error) {
    await rm(draft, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOSPC" || code === "EDQUOT") return fail({ code: "storage_full" });
    if (error instanceof SourceBroken) return fail({ code: "upload_cut" });
    throw error;
  }
}

async function writeDraft(
  draft: string,
  blobId: BlobId,
  key: Uint8Array,
  content: AsyncIterable<Uint8Array> | Uint8Array,
  limitBytes: number,
): Promise<Result<Stored, PutFailure>> {
  const digest = createHash("sha256");
  let sizeBytes = 0;
  let index = 0;
  const file = await open(draft, "wx", 0o600);
  try {
    for await (const { plain, isLast } of cutIntoChunks(content, chunkBytes)) {
      sizeBytes += plain.length;
      if (sizeBytes > limitBytes) return fail({ code: "upload_too_large", limitBytes });
      digest.update(plain);
      await writeAll(file, sealChunk(plain, key, { blobId, index, isLast }));
      index++;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return ok({ sha256: digest.digest("hex") as Sha256, sizeBytes });
}

// Content first, then its name, then the folders that hold the name: after a power cut a name means whole content.
async function publish(draft: string, folder: string, id: BlobId): Promise<void> {
  const target = fileOf(folder, id);
  const shelf = join(folder, id.slice(0, 2));
  const isNewShelf = (await mkdir(shelf, { recursive: true, mode: 0o700 })) !== undefined;
  await rename(draft, target);
  syncFolder(shelf);
  if (isNewShelf) syncFolder(folder);
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}

async function* readBlob(
  path: string,
  blobId: BlobId,
  key: Uint8Array,
  sizeBytes: number,
): AsyncGenerator<Result<Bytes, ReadFailure>> {
  const file = await openOrNull(path);
  if (file === null) return yield fail({ code: "blob_missing" });
  try {
    if ((await file.stat()).size !== sealedSize(sizeBytes)) return yield fail({ code: "blob_damaged" });
    const count = Math.max(1, Math.ceil(sizeBytes / chunkBytes));
    for (let index = 0; index < count; index++) {
      const sealed = Buffer.allocUnsafe(Math.min(sealedChunkBytes, sealedSize(sizeBytes) - index * sealedChunkBytes));
      const { bytesRead } = await file.read(sealed, 0, sealed.length, index * sealedChunkBytes);
      const place = { blobId, index, isLast: index === count - 1 };
      const plain = bytesRead === sealed.length ? openChunk(sealed, key, place) : null;
      if (plain === null) return yield fail({ code: "blob_damaged" });
      yield ok(plain);
    }
  } finally {
    await file.close();
  }
}

function* listOldBlobs(folder: string): Generator<BlobId> {
  const nowMs = timeOfFolder(folder);
  for (const shelf of readdirSync(folder)) {
    if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
    for (const path of filesOlderThan(join(folder, shelf), youngSeconds, nowMs)) yield basename(path) as BlobId;
  }
}

function* filesOlderThan(folder: string, seconds: number, nowMs: number): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? nowMs;
    if (nowMs - written >= seconds * 1000) yield path;
  }
}

// Ages are measured by the clock that stamps the files, which on a network share is another machine's.
function timeOfFolder(folder: string): number {
  const marker = mkdtempSync(join(folder, "clock-"));
  const now = statSync(marker).mtimeMs;
  rmdirSync(marker);
  return now;
}

function syncFolder(path: string): void {
  if (process.platform === "win32") return; // folders cannot be opened there
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
