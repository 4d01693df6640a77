import { type Bytes, concatBytes, type Hash } from "../kernel.ts";

const blockBytes = 64;

/** HMAC-SHA-256, RFC 2104, over the injected synchronous SHA-256. */
export function hmacSha256(key: Uint8Array, message: Uint8Array, sha256: Hash): Bytes {
  const short = key.length > blockBytes ? sha256(key) : key;
  const inner = hashMasked(short, 0x36, message, sha256);
  return hashMasked(short, 0x5c, inner, sha256);
}

/** One key of 32 bytes by HKDF-SHA-256, RFC 5869 §2.2 and §2.3. */
export function hkdfSha256(
  secret: Uint8Array,
  { salt, info }: { readonly salt: Uint8Array; readonly info: Uint8Array },
  sha256: Hash,
): Bytes {
  const extracted = hmacSha256(salt, secret, sha256);
  return hmacSha256(extracted, concatBytes(info, Uint8Array.of(1)), sha256);
}

// Inputs of this length and less are written over one another: making each anew costs more than hashing it. The hash is
// synchronous and keeps nothing of what it was given.
const scratch = new Uint8Array(blockBytes + 128);

function hashMasked(key: Uint8Array, mask: number, behind: Uint8Array, sha256: Hash): Bytes {
  const lengthBytes = blockBytes + behind.length;
  const input = lengthBytes <= scratch.length ? scratch.subarray(0, lengthBytes) : new Uint8Array(lengthBytes);
  for (let i = 0; i < blockBytes; i++) input[i] = (key[i] ?? 0) ^ mask; // a callback for each byte costs ten times as much
  input.set(behind, blockBytes);
  const hashed = sha256(input);
  input.fill(0); // keys stay nowhere longer than they are needed
  return hashed;
}
