import { createCipheriv, createDecipheriv } from "node:crypto";
import { type Bytes, concatBytes, type Hash } from "../core/kernel.ts";
import type { RecordCipher } from "../core/record-cipher.ts";

const tagBytes = 16;
const aes = "aes-256-gcm";

/** By OpenSSL at once: WebCrypto sends each step through the thread pool, which for a record costs ten times the work itself. */
export const nodeCipher = (sha256: Hash): RecordCipher => ({
  sha256,
  encrypt: (key, { nonce, additionalData }, plain) => {
    const cipher = createCipheriv(aes, key, nonce).setAAD(additionalData);
    return concatBytes(cipher.update(plain), cipher.final(), cipher.getAuthTag());
  },
  decrypt: (key, { nonce, additionalData }, sealed) => {
    const end = sealed.length - tagBytes;
    if (end < 0) return null;
    const decipher = createDecipheriv(aes, key, nonce, { authTagLength: tagBytes }).setAAD(additionalData);
    decipher.setAuthTag(sealed.subarray(end));
    const plain = plainBytes(decipher.update(sealed.subarray(0, end)));
    try {
      decipher.final();
    } catch {
      return null; // a wrong tag, and nothing else here can fail
    }
    return plain;
  },
});

/** In this mode the whole text comes by the first step; a Buffer is not equal to the same bytes as a plain array. */
const plainBytes = (buffer: Buffer): Bytes =>
  new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.length);
