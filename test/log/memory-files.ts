import { createHash, generateKeyPairSync } from "node:crypto";
import type { Bytes, Hash } from "../../src/core/kernel.ts";
import { ed25519Signer, rawPublicKey, verifyEd25519 } from "../../src/publish/node-keys.ts";
import type { PublicFiles } from "../../src/publish/public-files.ts";
import type { Head, LogMemory, LogSigner } from "../../src/publish/standing-log.ts";

export const sha256: Hash = (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest());

/** Leaves that differ, without meaning. */
export const someLeaves = (count: number, seed = 0): Bytes[] =>
  Array.from({ length: count }, (_, i) => new TextEncoder().encode(`leaf ${seed} ${i}`));

export type MemoryFiles = PublicFiles & { readonly stored: Map<string, Bytes>; readonly writes: string[] };

/** @param breakAt the write that fails, from 0; `after`: it fails though it took effect */
export function memoryFiles(
  stored = new Map<string, Bytes>(),
  fault?: { breakAt: number; after: boolean },
): MemoryFiles {
  const writes: string[] = [];
  return {
    stored,
    writes,
    read: async (path) => stored.get(path) ?? null,
    write: async (path, bytes) => {
      const breaks = fault?.breakAt === writes.length;
      writes.push(path);
      if (!breaks || fault.after) stored.set(path, bytes);
      if (breaks) throw new Error("the disk went away");
    },
  };
}

export function logSigner(name = "log.example/hu-cau"): LogSigner {
  const { privateKey } = generateKeyPairSync("ed25519");
  const key = { name, publicKey: rawPublicKey(privateKey) };
  return { key, sign: ed25519Signer(privateKey), verify: verifyEd25519, sha256 };
}

/** A store's own memory of what it promised, with no witness. @param witness what a witness answers, if there is one */
export function logMemory(witness: () => { witness: string; size: number } | null = () => null): LogMemory {
  let head: Head | null = null;
  return {
    promised: async () => head,
    promise: async (promised) => {
      head = promised;
    },
    witnessed: async () => ({ newest: witness(), awaited: 0 }),
  };
}
