import type { Bytes } from "../../src/core/kernel.ts";
import { bail, type Element, expect, explicitOf, Fields, fieldsOf, tag } from "./der.ts";
import { numberOf, oidOf } from "./der-values.ts";
import { explicit, integer, nullValue, oid, sequence } from "./der-writer.ts";
import { oids } from "./oids.ts";
import type { HashName, IssuersAlgorithm, SignatureAlgorithm } from "./primitives.ts";

const hashByOid: Readonly<Record<string, HashName>> = {
  [oids.sha1]: "sha1",
  [oids.sha256]: "sha256",
  [oids.sha384]: "sha384",
  [oids.sha512]: "sha512",
};

const fixedAlgorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  [oids.sha1WithRsa]: { scheme: "rsa-pkcs1", hash: "sha1" },
  [oids.sha256WithRsa]: { scheme: "rsa-pkcs1", hash: "sha256" },
  [oids.sha384WithRsa]: { scheme: "rsa-pkcs1", hash: "sha384" },
  [oids.sha512WithRsa]: { scheme: "rsa-pkcs1", hash: "sha512" },
  [oids.ecdsaWithSha1]: { scheme: "ecdsa", hash: "sha1" },
  [oids.ecdsaWithSha256]: { scheme: "ecdsa", hash: "sha256" },
  [oids.ecdsaWithSha384]: { scheme: "ecdsa", hash: "sha384" },
  [oids.ecdsaWithSha512]: { scheme: "ecdsa", hash: "sha512" },
  [oids.ed25519]: { scheme: "ed25519" },
};

const oldAlgorithms: Readonly<Record<string, IssuersAlgorithm>> = {
  [oids.dsaWithSha1]: { scheme: "dsa", hash: "sha1" },
  [oids.dsaWithSha256]: { scheme: "dsa", hash: "sha256" },
};

/** The identifier of an AlgorithmIdentifier, RFC 5280 §4.1.1.2. */
export const algorithmOid = (identifier: Element): string => oidOf(fieldsOf(identifier).next());

/** @returns null for a digest that this project does not know */
export const hashOf = (identifier: Element): HashName | null => hashByOid[algorithmOid(identifier)] ?? null;

/**
 * @param digest the SignerInfo's digestAlgorithm, for CMS that says `rsaEncryption` or `ecPublicKey` alone (RFC 3370 §3.2)
 * @returns null for what this project does not know: the caller says so, it is not a fault of the bytes
 */
export function signatureAlgorithmOf(identifier: Element, digest: HashName | null = null): SignatureAlgorithm | null {
  const fields = fieldsOf(identifier);
  const name = oidOf(fields.next());
  if (name === oids.rsaPss) return pssOf(fields.optional(tag.sequence));
  if (name === oids.rsaEncryption && digest !== null) return { scheme: "rsa-pkcs1", hash: digest };
  if (name === oids.ecPublicKey && digest !== null) return { scheme: "ecdsa", hash: digest };
  return fixedAlgorithms[name] ?? null;
}

/** The same for what a certificate or a revocation list was signed with: DSA is read there, and in no CMS. */
export function issuersAlgorithmOf(identifier: Element): IssuersAlgorithm | null {
  return signatureAlgorithmOf(identifier) ?? oldAlgorithms[algorithmOid(identifier)] ?? null;
}

/** RSASSA-PSS-params, RFC 4055 §3.1; the defaults are SHA-1 and 20. */
function pssOf(parameters: Element | null): SignatureAlgorithm | null {
  if (parameters === null) return bail("unexpected");
  const fields = new Fields(parameters);
  const hashField = fields.optionalContext(0);
  const maskField = fields.optionalContext(1);
  const saltField = fields.optionalContext(2);
  const hash = hashField === null ? "sha1" : hashOf(explicitOf(hashField));
  const maskHash = maskField === null ? "sha1" : maskHashOf(explicitOf(maskField));
  const saltBytes = saltField === null ? 20 : numberOf(explicitOf(saltField));
  // A mask hash other than the digest is allowed by the RFC and used by nobody; node:crypto callers assume they are one.
  return hash !== null && hash === maskHash && saltBytes >= 0 ? { scheme: "rsa-pss", hash, saltBytes } : null;
}

function maskHashOf(identifier: Element): HashName | null {
  const fields = fieldsOf(identifier);
  return oidOf(fields.next()) === oids.mgf1 ? hashOf(expect(fields.next(), tag.sequence)) : null;
}

/** AlgorithmIdentifier of a digest, parameters absent as RFC 5754 §2 asks. */
export const hashIdentifier = (hash: HashName): Bytes => hashIdentifiers[hash];

const hashIdentifiers: Readonly<Record<HashName, Bytes>> = {
  sha1: sequence(oid(oids.sha1)),
  sha256: sequence(oid(oids.sha256)),
  sha384: sequence(oid(oids.sha384)),
  sha512: sequence(oid(oids.sha512)),
};

const rsaOids = {
  sha1: oids.sha1WithRsa,
  sha256: oids.sha256WithRsa,
  sha384: oids.sha384WithRsa,
  sha512: oids.sha512WithRsa,
} as const;

const ecdsaOids = {
  sha1: oids.ecdsaWithSha1,
  sha256: oids.ecdsaWithSha256,
  sha384: oids.ecdsaWithSha384,
  sha512: oids.ecdsaWithSha512,
} as const;

/** DER of the AlgorithmIdentifier: NULL for PKCS#1 (RFC 4055 §5), none for ECDSA (RFC 5758 §3.2) and Ed25519 (RFC 8410 §3). */
export function signatureIdentifier(algorithm: SignatureAlgorithm): Bytes {
  switch (algorithm.scheme) {
    case "rsa-pkcs1":
      return sequence(oid(rsaOids[algorithm.hash]), nullValue());
    case "rsa-pss":
      return sequence(oid(oids.rsaPss), pssParameters(algorithm.hash, algorithm.saltBytes));
    case "ecdsa":
      return sequence(oid(ecdsaOids[algorithm.hash]));
    case "ed25519":
      return sequence(oid(oids.ed25519));
  }
}

const pssParameters = (hash: HashName, saltBytes: number) =>
  sequence(
    explicit(0, sequence(oid(oids[hash]), nullValue())), // RFC 4055 §2.1: NULL here, other than in SignerInfo
    explicit(1, sequence(oid(oids.mgf1), sequence(oid(oids[hash]), nullValue()))),
    explicit(2, integer(saltBytes)),
  );

/** The digest of signed attributes and content that goes with a scheme; Ed25519 with SHA-512, RFC 8419 §3. */
export const hashForMessages = (algorithm: SignatureAlgorithm): HashName =>
  algorithm.scheme === "ed25519" ? "sha512" : algorithm.hash;
