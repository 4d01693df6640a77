import { createCipheriv, createDecipheriv } from "node:crypto";
import { type Bytes, concatBytes, utf8 } from "../../src/core/kernel.ts";

/** Injected: `crypto.randomBytes` in the service. */
export type RandomBytes = (count: number) => Uint8Array;

const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with a random nonce (NIST SP 800-38D §8.2.2), nonce ‖ ciphertext ‖ tag: 60 bytes for a 32-byte key.
 *
 * @param purpose what the key is for and whose; unwrapping under another purpose fails, so no row can be passed off as
 *   another's
 */
export function wrapKey(key: Uint8Array, wrapping: Uint8Array, purpose: string, random: RandomBytes): Bytes {
  const nonce = random(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", wrapping, nonce).setAAD(utf8(purpose));
  return concatBytes(nonce, cipher.update(key), cipher.final(), cipher.getAuthTag());
}

/** @returns null when anything does not fit: key, purpose or a changed byte */
export function unwrapKey(wrapped: Uint8Array, wrapping: Uint8Array, purpose: string): Bytes | null {
  if (wrapped.length !== nonceBytes + 32 + tagBytes) return null;
  const decipher = createDecipheriv("aes-256-gcm", wrapping, wrapped.subarray(0, nonceBytes))
    .setAAD(utf8(purpose))
    .setAuthTag(wrapped.subarray(-tagBytes));
  try {
    return concatBytes(decipher.update(wrapped.subarray(nonceBytes, -tagBytes)), decipher.final());
  } catch {
    return null;
  }
}
