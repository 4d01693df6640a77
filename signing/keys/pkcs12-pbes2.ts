import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  type KeyObject,
  pbkdf2Sync,
  timingSafeEqual,
  X509Certificate,
} from "node:crypto";
import type { Bytes } from "../../src/core/kernel.ts";
import { bail, type Element, explicitOf, fieldsOf, membersOf, parseDer, readingDer, tag } from "../format/der.ts";
import { numberOf, octetsOf, octetsOfTagged, oidOf } from "../format/der-values.ts";
import { oids } from "../format/oids.ts";

export type Pkcs12Content = { readonly keys: readonly KeyObject[]; readonly certificates: readonly X509Certificate[] };

/** RFC 7292 §4.2, RFC 8018 Appendix A. */
const ids = {
  keyBag: "1.2.840.113549.1.12.10.1.1",
  shroudedKeyBag: "1.2.840.113549.1.12.10.1.2",
  certificateBag: "1.2.840.113549.1.12.10.1.3",
  encryptedData: "1.2.840.113549.1.7.6",
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  hmacWithSha1: "1.2.840.113549.2.7",
} as const;

const pseudoRandom: Readonly<Record<string, string>> = {
  [ids.hmacWithSha1]: "sha1",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};

const ciphers: Readonly<Record<string, { readonly name: string; readonly keyBytes: number }>> = {
  "2.16.840.1.101.3.4.1.2": { name: "aes-128-cbc", keyBytes: 16 },
  "2.16.840.1.101.3.4.1.22": { name: "aes-192-cbc", keyBytes: 24 },
  "2.16.840.1.101.3.4.1.42": { name: "aes-256-cbc", keyBytes: 32 },
};

const macHashes: Readonly<Record<string, { readonly name: string; readonly blockBytes: number }>> = {
  [oids.sha1]: { name: "sha1", blockBytes: 64 },
  [oids.sha256]: { name: "sha256", blockBytes: 64 },
  [oids.sha384]: { name: "sha384", blockBytes: 128 },
  [oids.sha512]: { name: "sha512", blockBytes: 128 },
};

/** Some seconds of one core: more is no key file but a way to keep the service busy. */
const mostIterations = 1_000_000;

/**
 * A PKCS#12 whose secrets are under PBES2 with AES, RFC 7292 §4 and RFC 8018 §6.2, opened by node:crypto: a signature
 * waits for this each time a PIN is typed, and derivation in JavaScript takes the whole thread fifty times as long.
 *
 * @returns null for a file of another kind (old ciphers, no MAC, malformed), which another reader may open
 */
export function readPbes2Pkcs12(pkcs12: Bytes, pin: string): Pkcs12Content | "wrong_pin" | null {
  const read = readingDer(() => {
    const file = fieldsOf(parseDer(pkcs12));
    if (numberOf(file.next()) !== 3) bail("unexpected");
    const safe = dataOf(file.next());
    if (!macIsRight(safe, file.next(), pin)) return "wrong_pin";
    return contentOf(
      membersOf(parseDer(safe)).flatMap((part) => membersOf(parseDer(safeContents(part, pin)))),
      pin,
    );
  });
  return read.ok ? read.value : null;
}

function dataOf(contentInfo: Element): Bytes {
  const fields = fieldsOf(contentInfo);
  if (oidOf(fields.next()) !== oids.data) bail("unexpected");
  return octetsOf(explicitOf(fields.next()));
}

/** ContentInfo of Data or EncryptedData, RFC 5652 §8. */
function safeContents(contentInfo: Element, pin: string): Bytes {
  const fields = fieldsOf(contentInfo);
  if (oidOf(fields.next()) !== ids.encryptedData) return dataOf(contentInfo);
  const [, encrypted = bail("unexpected")] = membersOf(explicitOf(fields.next()));
  const [, algorithm = bail("unexpected"), content = bail("unexpected")] = membersOf(encrypted);
  return decrypted(algorithm, octetsOfTagged(content), pin);
}

function contentOf(bags: readonly Element[], pin: string): Pkcs12Content {
  const keys: KeyObject[] = [];
  const certificates: X509Certificate[] = [];
  for (const bag of bags) {
    const fields = fieldsOf(bag);
    const type = oidOf(fields.next());
    const value = explicitOf(fields.next());
    if (type === ids.keyBag) keys.push(keyOf(value.raw));
    if (type === ids.shroudedKeyBag) keys.push(keyOf(unshrouded(value, pin)));
    if (type === ids.certificateBag) certificates.push(certificateOf(value));
  }
  return { keys, certificates };
}

const keyOf = (info: Bytes): KeyObject => createPrivateKey({ key: Buffer.from(info), format: "der", type: "pkcs8" });

function unshrouded(value: Element, pin: string): Bytes {
  const [algorithm = bail("unexpected"), encrypted = bail("unexpected")] = membersOf(value);
  return decrypted(algorithm, octetsOf(encrypted), pin);
}

function certificateOf(value: Element): X509Certificate {
  const [, certificate = bail("unexpected")] = membersOf(value);
  return new X509Certificate(octetsOf(explicitOf(certificate)));
}

/** PBES2-params, RFC 8018 Appendix A.4. */
function decrypted(algorithm: Element, encrypted: Bytes, pin: string): Bytes {
  const fields = fieldsOf(algorithm);
  if (oidOf(fields.next()) !== ids.pbes2) bail("unexpected");
  const [derivation = bail("unexpected"), encryption = bail("unexpected")] = membersOf(fields.next());
  const [cipherId = bail("unexpected"), vector = bail("unexpected")] = membersOf(encryption);
  const cipher = ciphers[oidOf(cipherId)] ?? bail("unexpected");
  const decipher = createDecipheriv(cipher.name, derivedKey(derivation, pin, cipher.keyBytes), octetsOf(vector));
  return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]));
}

/** PBKDF2-params, RFC 8018 Appendix A.2. */
function derivedKey(derivation: Element, pin: string, keyBytes: number): Uint8Array {
  const fields = fieldsOf(derivation);
  if (oidOf(fields.next()) !== ids.pbkdf2) bail("unexpected");
  const parameters = fieldsOf(fields.next());
  const salt = octetsOf(parameters.next());
  const iterations = iterationsOf(parameters.next());
  parameters.optional(tag.integer);
  const named = parameters.optional(tag.sequence);
  const hash = pseudoRandom[named === null ? ids.hmacWithSha1 : oidOf(fieldsOf(named).next())] ?? bail("unexpected");
  return pbkdf2Sync(pin, salt, iterations, keyBytes, hash);
}

function iterationsOf(element: Element): number {
  const iterations = numberOf(element);
  return iterations >= 1 && iterations <= mostIterations ? iterations : bail("bad_value");
}

/** MacData, RFC 7292 §4. It covers what the PIN protects, so a wrong PIN shows here before anything is decrypted. */
function macIsRight(safe: Bytes, macData: Element, pin: string): boolean {
  const fields = fieldsOf(macData);
  const [algorithm = bail("unexpected"), expected = bail("unexpected")] = membersOf(fields.next());
  const hash = macHashes[oidOf(fieldsOf(algorithm).next())] ?? bail("unexpected");
  const salt = octetsOf(fields.next());
  const given = fields.optional(tag.integer);
  const key = macKey(pin, salt, hash, given === null ? 1 : iterationsOf(given));
  const mac = createHmac(hash.name, key).update(safe).digest();
  return mac.length === octetsOf(expected).length && timingSafeEqual(mac, octetsOf(expected));
}

/** RFC 7292 Appendix B.2. A MAC key is as long as the hash, so the first block is all of it. */
function macKey(pin: string, salt: Bytes, hash: { name: string; blockBytes: number }, iterations: number): Uint8Array {
  const forMac = 3; // Appendix B.3
  const password = Buffer.from(`${pin}\0`, "utf16le").swap16();
  const start = [Buffer.alloc(hash.blockBytes, forMac), filled(salt, hash), filled(password, hash)];
  let key: Uint8Array = Buffer.concat(start);
  for (let i = 0; i < iterations; i++) key = createHash(hash.name).update(key).digest();
  return key;
}

/** Repeated to the next whole number of blocks. */
const filled = (bytes: Uint8Array, { blockBytes }: { blockBytes: number }): Uint8Array =>
  bytes.length === 0
    ? new Uint8Array()
    : Buffer.alloc(blockBytes * Math.ceil(bytes.length / blockBytes), Buffer.from(bytes));
