import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { parseDer, readingDer, tag } from "../signing/format/der.ts";
import { integerBytesOf, oidOf } from "../signing/format/der-values.ts";
import { bitString, element, nullValue, oid, sequence } from "../signing/format/der-writer.ts";
import { verifyDsa } from "../signing/format/dsa.ts";
import { inflate } from "../signing/format/inflate.ts";
import { oids } from "../signing/format/oids.ts";
import type { Hasher, HashName, Primitives, SignatureAlgorithm } from "../signing/format/primitives.ts";
import { type Bytes, equalBytes } from "./core/kernel.ts";
import type { VerifyEd25519 } from "./core/log/checkpoint.ts";
import type { VerifyEs256 } from "./core/signed-code.ts";

type PureHash = {
  readonly update: (bytes: Uint8Array) => unknown;
  readonly clone: () => PureHash;
  readonly digest: () => Uint8Array;
};
type PureDigest = { (bytes: Uint8Array): Uint8Array; readonly create: () => PureHash };

const digests: Readonly<Record<HashName, PureDigest>> = { sha1, sha256, sha384, sha512 };

const hasherOf = (hash: PureHash): Hasher => ({
  update: (bytes) => void hash.update(bytes),
  copy: () => hasherOf(hash.clone()),
  digest: () => new Uint8Array(hash.digest()),
});

/** The primitives of a browser and of workerd: pure digests, a pure inflate, WebCrypto's verification. */
export const webPrimitives: Primitives = {
  digest: (name, bytes) => new Uint8Array(digests[name](bytes)),
  hasher: (name) => hasherOf(digests[name].create()),
  inflate,
  verify: async (publicKey, algorithm, message, signature) =>
    algorithm.scheme === "dsa"
      ? verifyDsa(publicKey, webPrimitives.digest(algorithm.hash, message), signature)
      : verify(publicKey, algorithm, message, signature).catch(() => false),
};

/** SHA-256 in the shape the core asks for. */
export const webSha256 = (bytes: Uint8Array): Bytes => webPrimitives.digest("sha256", bytes);

export const webVerifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verifyRaw(publicKey, { name: "Ed25519" }, { name: "Ed25519" }, message, signature);

export const webVerifyEs256: VerifyEs256 = (publicKey, message, signature) =>
  verifyRaw(publicKey, { name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }, message, signature);

async function verifyRaw(
  publicKey: Bytes,
  algorithm: { name: string; namedCurve?: string },
  how: { name: string; hash?: string },
  message: Bytes,
  signature: Bytes,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, algorithm, false, ["verify"]);
    return await crypto.subtle.verify(how, key, signature, message);
  } catch {
    return false; // not a point of the curve: no signature fits it
  }
}

async function verify(
  publicKey: Bytes,
  algorithm: SignatureAlgorithm,
  message: Bytes,
  signature: Bytes,
): Promise<boolean> {
  const read = readingDer(() => readPublicKey(publicKey));
  if (!read.ok) return false;
  const chosen = choose(read.value, algorithm, signature);
  if (chosen === null) return false;
  const key = await crypto.subtle.importKey("spki", chosen.spki, chosen.key, false, ["verify"]);
  return crypto.subtle.verify(chosen.how, key, chosen.signature, message);
}

type PublicKeyFacts = {
  readonly spki: Bytes;
  readonly algorithm: string;
  readonly curve: string | null;
  readonly bits: Bytes;
};

/** SubjectPublicKeyInfo, RFC 5280 §4.1. */
function readPublicKey(spki: Bytes): PublicKeyFacts {
  const [identifier, bits] = parseDer(spki).children;
  const [algorithm, parameters] = identifier?.children ?? [];
  const isCurve = parameters?.is(6) === true;
  return {
    spki,
    algorithm: algorithm === undefined ? "" : oidOf(algorithm),
    curve: isCurve ? oidOf(parameters) : null,
    bits: bits === undefined ? new Uint8Array() : bits.content.slice(1),
  };
}

const webHash = { sha1: "SHA-1", sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;
const curves: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  [oids.p256]: { name: "P-256", bytes: 32 },
  [oids.p384]: { name: "P-384", bytes: 48 },
  [oids.p521]: { name: "P-521", bytes: 66 },
};

type Chosen = {
  readonly spki: Bytes;
  readonly key: { readonly name: string; readonly hash?: string; readonly namedCurve?: string };
  readonly how: { readonly name: string; readonly hash?: string; readonly saltLength?: number };
  readonly signature: Bytes;
};

/** The key and the algorithm must be of one kind, as in Node's primitives. */
function choose(key: PublicKeyFacts, algorithm: SignatureAlgorithm, signature: Bytes): Chosen | null {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return key.algorithm === oids.rsaEncryption ? rsa(key, "RSASSA-PKCS1-v1_5", algorithm.hash, signature) : null;
    case "rsa-pss":
      return choosePss(key, algorithm, signature);
    case "ecdsa":
      return chooseEcdsa(key, algorithm.hash, signature);
    case "ed25519":
      return key.algorithm === oids.ed25519
        ? { spki: key.spki, key: { name: "Ed25519" }, how: { name: "Ed25519" }, signature }
        : null;
  }
}

function rsa(key: PublicKeyFacts, name: string, hash: HashName, signature: Bytes, saltLength?: number): Chosen {
  const how = saltLength === undefined ? { name } : { name, saltLength };
  return { spki: key.spki, key: { name, hash: webHash[hash] }, how, signature };
}

function choosePss(
  key: PublicKeyFacts,
  { hash, saltBytes }: Extract<SignatureAlgorithm, { scheme: "rsa-pss" }>,
  signature: Bytes,
): Chosen | null {
  if (key.algorithm !== oids.rsaEncryption && key.algorithm !== oids.rsaPss) return null;
  // WebCrypto takes RSA keys under rsaEncryption only; the key inside is the same (RFC 4055 §1.2)
  const spki = sequence(sequence(oid(oids.rsaEncryption), nullValue()), bitString(key.bits));
  return rsa({ ...key, spki }, "RSA-PSS", hash, signature, saltBytes);
}

function chooseEcdsa(key: PublicKeyFacts, hash: HashName, signature: Bytes): Chosen | null {
  const curve = key.algorithm === oids.ecPublicKey ? curves[key.curve ?? ""] : undefined;
  const pair = curve === undefined ? null : rawEcdsa(signature, curve.bytes);
  if (curve === undefined || pair === null) return null;
  const how = { name: "ECDSA", hash: webHash[hash] };
  return { spki: key.spki, key: { name: "ECDSA", namedCurve: curve.name }, how, signature: pair };
}

/** SEQUENCE of r and s (RFC 3279 §2.2.3) to both at the curve's width, as WebCrypto wants them. */
function rawEcdsa(der: Bytes, width: number): Bytes | null {
  const read = readingDer(() => parseDer(der).children.map(integerBytesOf));
  if (!read.ok || read.value.length !== 2) return null;
  // OpenSSL, which Node asks, refuses what it would have written otherwise: one answer in every runtime.
  const written = sequence(...read.value.map((integer) => element(tag.integer, integer)));
  if (!equalBytes(written, der)) return null;
  const raw = new Uint8Array(2 * width);
  for (const [i, integer] of read.value.entries()) {
    const magnitude = integer[0] === 0 ? integer.subarray(1) : integer;
    const isNegative = (integer[0] ?? 0) >= 0x80;
    if (isNegative || magnitude.length > width) return null;
    raw.set(magnitude, (i + 1) * width - magnitude.length);
  }
  return raw;
}
