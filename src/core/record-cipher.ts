import type { Bytes, Hash } from "./kernel.ts";

/** What AES-GCM takes beside key and text, NIST SP 800-38D. @param nonce 12 bytes, never twice under one key */
export type GcmSetting = { readonly nonce: Bytes; readonly additionalData: Bytes };

/** AES-256-GCM with a tag of 16 bytes, and the hash that its keys are derived by; Node answers at once. */
export type RecordCipher = {
  readonly sha256: Hash;
  /** @returns ciphertext, then tag */
  readonly encrypt: (key: Bytes, setting: GcmSetting, plain: Bytes) => Bytes | Promise<Bytes>;
  /** Null where the tag does not fit. @param sealed ciphertext, then tag */
  readonly decrypt: (key: Bytes, setting: GcmSetting, sealed: Bytes) => Bytes | null | Promise<Bytes | null>;
};

/** The part of WebCrypto's SubtleCrypto that is needed; `globalThis.crypto.subtle` fits everywhere. */
export type Subtle<Key = unknown> = {
  importKey(format: "raw", key: Bytes, algorithm: "AES-GCM", extractable: false, usages: GcmUse[]): Promise<Key>;
  encrypt(algorithm: GcmParameters, key: Key, data: Bytes): Promise<ArrayBuffer>;
  decrypt(algorithm: GcmParameters, key: Key, data: Bytes): Promise<ArrayBuffer>;
};

type GcmUse = "encrypt" | "decrypt";
type GcmParameters = { name: "AES-GCM"; iv: Bytes; additionalData: Bytes };

export const webCipher = <Key>(subtle: Subtle<Key>, sha256: Hash): RecordCipher => ({
  sha256,
  encrypt: async (key, setting, plain) => {
    const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
    return new Uint8Array(await subtle.encrypt(parameters(setting), imported, plain));
  },
  decrypt: async (key, setting, sealed) => {
    const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    // WebCrypto tells a wrong tag by throwing, and nothing else here can
    return subtle.decrypt(parameters(setting), imported, sealed).then(
      (plain) => new Uint8Array(plain),
      () => null,
    );
  },
});

const parameters = ({ nonce, additionalData }: GcmSetting) => ({ name: "AES-GCM", iv: nonce, additionalData }) as const;
