import { createHash, randomBytes } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";

/** Opens every agency's key. `id` (16 hexadecimal digits of its digest) tells a wrong key from a damaged file. */
export type MasterKey = { readonly id: string; readonly bytes: Bytes };

export type MasterKeyFailure =
  | { readonly code: "key_file_missing"; readonly path: string }
  /** Others on this machine may read it: it must be taken as known. */
  | { readonly code: "key_file_open_to_others"; readonly path: string; readonly mode: string }
  /** Not exactly 32 bytes. */
  | { readonly code: "key_file_malformed"; readonly path: string; readonly sizeBytes: number };

const keyBytes = 32;

/** @param path of KEY_FILE: 32 raw bytes that only the service's account may read */
export function readMasterKey(path: string): Result<MasterKey, MasterKeyFailure> {
  const file = openOrNull(path);
  if (file === null) return fail({ code: "key_file_missing", path });
  try {
    const { mode, size } = fstatSync(file); // of the opened file: its name could be given to another meanwhile
    const isShared = process.platform !== "win32" && (mode & 0o077) !== 0;
    if (isShared) return fail({ code: "key_file_open_to_others", path, mode: (mode & 0o777).toString(8) });
    if (size !== keyBytes) return fail({ code: "key_file_malformed", path, sizeBytes: size });
    const bytes = new Uint8Array(keyBytes);
    readSync(file, bytes, 0, keyBytes, 0);
    return ok({ id: createHash("sha256").update(bytes).digest("hex").slice(0, 16), bytes });
  } finally {
    closeSync(file);
  }
}

/** Development only (DESIGN decision 10): makes the file when there is none, never replaces one. */
export function readOrCreateMasterKey(path: string): Result<MasterKey, MasterKeyFailure> {
  const found = readMasterKey(path);
  if (found.ok || found.failure.code !== "key_file_missing") return found;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(path, "wx", 0o600);
  writeSync(file, randomBytes(keyBytes));
  fsyncSync(file); // blobs wrapped by a key that a power cut takes away would be lost
  closeSync(file);
  return readMasterKey(path);
}

function openOrNull(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
