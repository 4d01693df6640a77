import { createHash } from "node:crypto";
import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import { nullValue, octetString, oid, sequence, unsignedInteger } from "../format/der-writer.ts";
import { oids } from "../format/oids.ts";
import type { HashName, SignatureAlgorithm } from "../format/primitives.ts";

/** What to ask of a module for one signature: which mechanism, and what to hand to it. */
export type Pkcs11Task = {
  readonly mechanism: number;
  readonly parameter?: {
    readonly type: number;
    readonly hashAlg: number;
    readonly mgf: number;
    readonly saltLen: number;
  };
  readonly input: Uint8Array;
};

type StrongHash = Exclude<HashName, "sha1">;

// Numbers of pkcs11t.h, PKCS #11 v2.40 and v3.0: the digest made outside, or by the token itself.
const rsaPkcs = 0x01;
const rsaPss = 0x0d;
const ecdsa = 0x1041;
const eddsa = 0x1057;
const hashing = {
  sha256: { "rsa-pkcs1": 0x40, "rsa-pss": 0x43, ecdsa: 0x1044, digest: 0x250, mgf: 2 },
  sha384: { "rsa-pkcs1": 0x41, "rsa-pss": 0x44, ecdsa: 0x1045, digest: 0x260, mgf: 3 },
  sha512: { "rsa-pkcs1": 0x42, "rsa-pss": 0x45, ecdsa: 0x1046, digest: 0x270, mgf: 4 },
} as const;
const pssParameters = 5; // pkcs11js: CK_PARAMS_RSA_PSS

/**
 * Hashes here wherever the token lets us, since every token signs a digest and not every one hashes.
 *
 * @param offered mechanisms of the slot
 */
export function taskFor(
  message: Bytes,
  algorithm: SignatureAlgorithm,
  offered: ReadonlySet<number>,
): Result<Pkcs11Task, { readonly code: "algorithm_unsupported"; readonly algorithm: SignatureAlgorithm }> {
  const candidates = tasksFor(message, algorithm);
  const task = candidates.find(({ mechanism }) => offered.has(mechanism));
  return task === undefined ? fail({ code: "algorithm_unsupported", algorithm }) : ok(task);
}

function tasksFor(message: Bytes, algorithm: SignatureAlgorithm): readonly Pkcs11Task[] {
  if (algorithm.scheme === "ed25519") return [{ mechanism: eddsa, input: message }];
  const { scheme, hash } = algorithm;
  if (hash === "sha1") return [];
  const digest = new Uint8Array(createHash(hash).update(message).digest());
  const whole = { mechanism: hashing[hash][scheme], input: message };
  switch (scheme) {
    case "rsa-pkcs1":
      return [{ mechanism: rsaPkcs, input: digestInfo(hash, digest) }, whole];
    case "rsa-pss": {
      const { digest: hashAlg, mgf } = hashing[hash];
      const parameter = { type: pssParameters, hashAlg, mgf, saltLen: algorithm.saltBytes };
      return [
        { mechanism: rsaPss, parameter, input: digest },
        { ...whole, parameter },
      ];
    }
    case "ecdsa":
      return [{ mechanism: ecdsa, input: digest }, whole];
  }
}

/** RFC 8017 §9.2: with NULL, other than where CMS names a digest. */
const digestInfo = (hash: StrongHash, digest: Bytes): Bytes =>
  sequence(sequence(oid(oids[hash]), nullValue()), octetString(digest));

/**
 * What a token answers, as CMS wants it: PKCS#11 gives r and s side by side (v2.40 §2.3.1), X.509 a SEQUENCE of them
 * (RFC 3279 §2.2.3).
 */
export function signatureValue(raw: Bytes, algorithm: SignatureAlgorithm): Bytes {
  if (algorithm.scheme !== "ecdsa") return raw;
  const half = raw.length / 2;
  return sequence(unsignedInteger(raw.subarray(0, half)), unsignedInteger(raw.subarray(half)));
}
