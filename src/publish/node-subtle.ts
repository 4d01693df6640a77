import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { type Bytes, concatBytes } from "../core/kernel.ts";
import type { Subtle } from "../core/record.ts";

const tagBytes = 16;

/**
 * What records need of WebCrypto, by OpenSSL at once: WebCrypto sends each of the three steps through the thread pool, which
 * for a record of a kilobyte costs ten times the work itself.
 */
export const nodeSubtle: Subtle<KeyObject> = {
  importKey: async (_format, key) => createSecretKey(key),
  deriveKey: async ({ salt, info }, base) => createSecretKey(new Uint8Array(hkdfSync("sha256", base, salt, info, 32))),
  encrypt: async ({ iv, additionalData }, key, data) => {
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(additionalData);
    return bufferOf(cipher.update(data), cipher.final(), cipher.getAuthTag());
  },
  decrypt: async ({ iv, additionalData }, key, data) => {
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes }).setAAD(additionalData);
    decipher.setAuthTag(data.subarray(data.length - tagBytes));
    return bufferOf(decipher.update(data.subarray(0, data.length - tagBytes)), decipher.final()); // final throws on a wrong tag
  },
};

const bufferOf = (...parts: readonly Bytes[]): ArrayBuffer => concatBytes(...parts).buffer as ArrayBuffer;
