import {
  constants,
  createHash,
  createPublicKey,
  verify as cryptoVerify,
  hash,
  type KeyObject,
  type Hash as NodeHash,
} from "node:crypto";
import { crc32, deflateRawSync, deflateSync, inflateRawSync, constants as zlib } from "node:zlib";
import { verifyDsa } from "../signing/format/dsa.ts";
import { deflateStart, type InflateFailure, inflate as inflatePurely } from "../signing/format/inflate.ts";
import type { Hasher, HashName, Primitives, SignatureAlgorithm } from "../signing/format/primitives.ts";
import { type Bytes, fail, type Hash, ok, type Result } from "./core/kernel.ts";
import type { Packing } from "./web/design/packed-skeleton.ts";

/** The primitives of Node: one-shot digests, native zlib, OpenSSL's verification. */
export const nodePrimitives: Primitives = {
  digest: (name, bytes) => bytesOfBinary(hash(name, bytes, "binary")),
  hasher: (name) => hasherOf(createHash(name)),
  inflate,
  verify: async (publicKey, algorithm, message, signature) =>
    algorithm.scheme === "dsa"
      ? verifyDsa(publicKey, plain(hash(algorithm.hash, message, "buffer")), signature)
      : verify(publicKey, algorithm, message, signature),
};

const hasherOf = (hash: NodeHash): Hasher => ({
  update: (bytes) => void hash.update(bytes),
  copy: () => hasherOf(hash.copy()),
  digest: () => plain(hash.digest()),
});

/** zlib stream (RFC 1950) of bytes, for what is written into a PDF. */
export const nodeDeflate = (bytes: Uint8Array): Bytes => plain(deflateSync(bytes, { level: 6 }));

/** Pages for who takes gzip. RFC 1952. */
export const nodePacking: Packing = {
  deflate: (bytes) => deflateRawSync(bytes, { level: 9, finishFlush: zlib.Z_FULL_FLUSH }),
  crc32: (bytes, before) => crc32(bytes, before),
};

/** SHA-256 in the shape the core asks for. */
export const nodeSha256: Hash = Object.assign((bytes: Uint8Array) => nodePrimitives.digest("sha256", bytes), {
  into: (bytes: Uint8Array, target: Uint8Array, at: number) => writeBinary(hash("sha256", bytes, "binary"), target, at),
});

// Half the time of asking for a Buffer: text of one character a byte is made without one, and 32 bytes need none.
function bytesOfBinary(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  writeBinary(text, bytes, 0);
  return bytes;
}

function writeBinary(text: string, target: Uint8Array, at: number): void {
  for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i);
}

// A Buffer is not equal to the same bytes as a plain array, in tests and in structured clones.
const plain = (buffer: Buffer<ArrayBufferLike>): Bytes =>
  new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.length);

/** Raw deflate after the two octets of the header: the checksum behind it is never looked at. */
function inflate(bytes: Uint8Array, limitBytes: number): Result<Bytes, InflateFailure> {
  const start = deflateStart(bytes);
  if (start === null) return fail({ code: "inflate_broken" });
  try {
    const inflated = plain(inflateRawSync(bytes.subarray(start), { maxOutputLength: Math.max(1, limitBytes) }));
    return inflated.length > limitBytes ? fail({ code: "inflate_too_large" }) : ok(inflated);
  } catch (thrown) {
    if (thrown instanceof RangeError) return fail({ code: "inflate_too_large" });
    // zlib tells a fault before it tells that the limit was passed; the pure reader tells which came first.
    return inflatePurely(bytes, limitBytes);
  }
}

function verify(publicKey: Bytes, algorithm: SignatureAlgorithm, message: Bytes, signature: Bytes): boolean {
  try {
    const key = publicKeyOf(publicKey);
    if (!fits(key, algorithm)) return false;
    return cryptoVerify(digestOf(algorithm), message, { key, ...optionsOf(algorithm) }, signature);
  } catch {
    return false; // OpenSSL throws for keys it cannot load and signatures of a wrong form: neither holds
  }
}

// OpenSSL 3 takes longer to load a key than to verify by it, and the same few authorities sign everything.
const loadedKeys = new Map<string, KeyObject>();
const mostLoadedKeys = 256;

function publicKeyOf(der: Bytes): KeyObject {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.length);
  const name = bytes.toString("latin1");
  const loaded = loadedKeys.get(name);
  if (loaded !== undefined) return loaded;
  const key = createPublicKey({ key: bytes, format: "der", type: "spki" });
  if (loadedKeys.size >= mostLoadedKeys) loadedKeys.clear();
  loadedKeys.set(name, key);
  return key;
}

const digestOf = (algorithm: SignatureAlgorithm): HashName | null =>
  algorithm.scheme === "ed25519" ? null : algorithm.hash;

const keyTypes: Readonly<Record<SignatureAlgorithm["scheme"], readonly (string | undefined)[]>> = {
  "rsa-pkcs1": ["rsa"],
  "rsa-pss": ["rsa", "rsa-pss"],
  ecdsa: ["ec"],
  ed25519: ["ed25519"],
};

const fits = (key: KeyObject, { scheme }: SignatureAlgorithm) => keyTypes[scheme].includes(key.asymmetricKeyType);

function optionsOf(algorithm: SignatureAlgorithm) {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return { padding: constants.RSA_PKCS1_PADDING };
    case "rsa-pss":
      return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltBytes };
    case "ecdsa":
      return { dsaEncoding: "der" as const };
    case "ed25519":
      return {};
  }
}
