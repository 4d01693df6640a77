import { type Bytes, concatBytes, type Hash } from "../kernel.ts";

const blockBytes = 64;

/** HMAC-SHA-256, RFC 2104, over the injected synchronous SHA-256. */
export function hmacSha256(key: Uint8Array, message: Uint8Array, sha256: Hash): Bytes {
  const block = new Uint8Array(blockBytes);
  block.set(key.length > blockBytes ? sha256(key) : key);
  const inner = sha256(concatBytes(maskedBy(block, 0x36), message));
  return sha256(concatBytes(maskedBy(block, 0x5c), inner));
}

const maskedBy = (block: Bytes, mask: number): Bytes => block.map((byte) => byte ^ mask);
