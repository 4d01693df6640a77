import { type Bytes, concatBytes, type Hash } from "../kernel.ts";

const blockBytes = 64;

/** HMAC-SHA-256, RFC 2104, over the injected synchronous SHA-256. */
export function hmacSha256(key: Uint8Array, message: Uint8Array, sha256: Hash): Bytes {
  const block = new Uint8Array(blockBytes);
  block.set(key.length > blockBytes ? sha256(key) : key);
  const inner = sha256(masked(block, 0x36, message));
  return sha256(masked(block, 0x5c, inner));
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

function masked(block: Bytes, mask: number, behind: Uint8Array): Bytes {
  const input = new Uint8Array(blockBytes + behind.length);
  for (let i = 0; i < blockBytes; i++) input[i] = (block[i] ?? 0) ^ mask; // a callback for each byte costs ten times as much
  input.set(behind, blockBytes);
  return input;
}
