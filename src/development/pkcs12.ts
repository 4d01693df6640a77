import { createCipheriv, createHash, createHmac, type KeyObject, pbkdf2Sync } from "node:crypto";
import { tag } from "../../signing/format/der.ts";
import {
  element,
  explicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
} from "../../signing/format/der-writer.ts";
import { oids } from "../../signing/format/oids.ts";
import { type Bytes, concatBytes } from "../core/kernel.ts";

/** RFC 7292 and RFC 8018, as far as this file writes them. */
const ids = {
  shroudedKeyBag: "1.2.840.113549.1.12.10.1.2",
  certificateBag: "1.2.840.113549.1.12.10.1.3",
  x509Certificate: "1.2.840.113549.1.9.22.1",
  friendlyName: "1.2.840.113549.1.9.20",
  localKeyId: "1.2.840.113549.1.9.21",
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  hmacWithSha256: "1.2.840.113549.2.9",
  aes256Cbc: "2.16.840.1.101.3.4.1.42",
} as const;

/** Both derivations: a wrong guess of the PIN costs as much by either. Six digits remain six digits: development only. */
const iterations = 10_000;

export type Pkcs12Content = {
  readonly key: KeyObject;
  readonly friendlyName: string;
  /** The key's certificate first, then those above it. */
  readonly chain: readonly Bytes[];
};

/**
 * PKCS#12 with the key under PBES2 (PBKDF2-HMAC-SHA-256, AES-256-CBC) and everything under an HMAC-SHA-256. RFC 7292 §4.
 * Certificates are public and lie beside it in clear.
 *
 * @param random fresh octets, for salts and the initial vector
 */
export function pkcs12Of(content: Pkcs12Content, pin: string, random: (bytes: number) => Uint8Array): Bytes {
  const [leaf = new Uint8Array(), ...above] = content.chain;
  const keyId = new Uint8Array(createHash("sha1").update(leaf).digest());
  const named = setOf(
    attribute(ids.localKeyId, octetString(keyId)),
    attribute(ids.friendlyName, bmpString(content.friendlyName)),
  );
  const keyBag = sequence(oid(ids.shroudedKeyBag), explicit(0, shrouded(content.key, pin, random)), named);
  const certificateBags = [certificateBag(leaf, named), ...above.map((one) => certificateBag(one))];
  const safe = sequence(dataOf(sequence(...certificateBags)), dataOf(sequence(keyBag)));
  return sequence(integer(3), dataOf(safe), macOf(safe, pin, random(16)));
}

const dataOf = (content: Bytes): Bytes => sequence(oid(oids.data), explicit(0, octetString(content)));

const attribute = (type: string, value: Bytes): Bytes => sequence(oid(type), setOf(value));

function certificateBag(certificate: Bytes, ...attributes: readonly Bytes[]): Bytes {
  const bag = sequence(oid(ids.x509Certificate), explicit(0, octetString(certificate)));
  return sequence(oid(ids.certificateBag), explicit(0, bag), ...attributes);
}

/** EncryptedPrivateKeyInfo, RFC 5958 §3. */
function shrouded(key: KeyObject, pin: string, random: (bytes: number) => Uint8Array): Bytes {
  const salt = random(16);
  const vector = random(16);
  const cipher = createCipheriv("aes-256-cbc", pbkdf2Sync(pin, salt, iterations, 32, "sha256"), vector);
  const plain = key.export({ type: "pkcs8", format: "der" });
  const encrypted = concatBytes(cipher.update(plain), cipher.final());
  const derivation = sequence(octetString(salt), integer(iterations), sequence(oid(ids.hmacWithSha256), nullValue()));
  const parameters = sequence(sequence(oid(ids.pbkdf2), derivation), sequence(oid(ids.aes256Cbc), octetString(vector)));
  return sequence(sequence(oid(ids.pbes2), parameters), octetString(encrypted));
}

/** MacData, RFC 7292 §4 and Appendix A. */
function macOf(safe: Bytes, pin: string, salt: Uint8Array): Bytes {
  const mac = createHmac("sha256", macKey(pin, salt)).update(safe).digest();
  const digest = sequence(sequence(oid(oids.sha256), nullValue()), octetString(mac));
  return sequence(digest, octetString(salt), integer(iterations));
}

/** RFC 7292 Appendix B.2 for one block: SHA-256 gives the 32 octets that the MAC key has. */
function macKey(pin: string, salt: Uint8Array): Uint8Array {
  const blockBytes = 64;
  const purpose = new Uint8Array(blockBytes).fill(3); // B.3: 3 derives a MAC key
  const password = concatBytes(bmpOctets(pin), Uint8Array.of(0, 0));
  let key: Uint8Array = concatBytes(purpose, repeated(salt, blockBytes), repeated(password, blockBytes));
  for (let i = 0; i < iterations; i++) key = createHash("sha256").update(key).digest();
  return key;
}

/** Repeats until a whole number of blocks is full. */
function repeated(bytes: Uint8Array, blockBytes: number): Uint8Array {
  const length = blockBytes * Math.ceil(bytes.length / blockBytes);
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length] ?? 0);
}

const bmpString = (text: string): Bytes => element(tag.bmpString, bmpOctets(text));

/** UTF-16 big endian, X.690 §8.23.8. */
const bmpOctets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf16le").swap16());
