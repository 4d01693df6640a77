import { createCipheriv, createDecipheriv } from "node:crypto";
import { type Bytes, utf8 } from "../../src/core/kernel.ts";

/** Plain bytes a chunk; only the last may be shorter, and an empty blob is one empty chunk. */
export const chunkBytes = 65_536;

const tagBytes = 16;
/** A chunk in the file: ciphertext ‖ tag. */
export const sealedChunkBytes: number = chunkBytes + tagBytes;

/** How long the file of so many plain bytes is. */
export const sealedSize = (plainBytes: number): number =>
  plainBytes + tagBytes * Math.max(1, Math.ceil(plainBytes / chunkBytes));

/**
 * The chunk's place is part of what is authenticated: blob, index and whether it is the last. So a chunk moved, left
 * out, taken from another blob or a file cut at a chunk's end does not open. The index is the nonce: one key seals one
 * blob once, so none comes twice (NIST SP 800-38D §8.2.1).
 */
export type ChunkPlace = { readonly blobId: string; readonly index: number; readonly isLast: boolean };

export function sealChunk(plain: Uint8Array, key: Uint8Array, place: ChunkPlace): Bytes {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(place.index)).setAAD(placeBytes(place));
  const sealed = new Uint8Array(plain.length + tagBytes);
  sealed.set(cipher.update(plain));
  cipher.final();
  sealed.set(cipher.getAuthTag(), plain.length);
  return sealed;
}

/** @returns null when the chunk is not exactly what was sealed for that place */
export function openChunk(sealed: Uint8Array, key: Uint8Array, place: ChunkPlace): Bytes | null {
  if (sealed.length < tagBytes) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(place.index))
    .setAAD(placeBytes(place))
    .setAuthTag(sealed.subarray(-tagBytes));
  try {
    const plain = decipher.update(sealed.subarray(0, -tagBytes));
    decipher.final();
    return new Uint8Array(plain.buffer as ArrayBuffer, plain.byteOffset, plain.length);
  } catch {
    return null;
  }
}

function nonceOf(index: number): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(index));
  return nonce;
}

const placeBytes = ({ blobId, index, isLast }: ChunkPlace): Bytes =>
  utf8(`chungthuc blob 1 ${blobId} ${index} ${isLast ? "last" : "more"}`);
