import type { Bytes, Result } from "../../src/core/kernel.ts";

/** Digests that a signature may name. `sha1` is read for judging old files, never written. */
export type HashName = "sha1" | "sha256" | "sha384" | "sha512";

/** How a signature value was, or is to be, made. RFC 8017 (RSA), FIPS 186-5 (ECDSA), RFC 8032 (Ed25519). */
export type SignatureAlgorithm =
  | { readonly scheme: "rsa-pkcs1"; readonly hash: HashName }
  | { readonly scheme: "rsa-pss"; readonly hash: HashName; readonly saltBytes: number }
  | { readonly scheme: "ecdsa"; readonly hash: HashName }
  | { readonly scheme: "ed25519" };

/** How a certificate or a revocation list may have been signed: DSA (FIPS 186-4) stands in old ones, and is never written. */
export type IssuersAlgorithm = SignatureAlgorithm | { readonly scheme: "dsa"; readonly hash: "sha1" | "sha256" };

/** A digest under way. `copy` leaves it where it is and goes on apart; after `digest` it is spent. */
export type Hasher = {
  readonly update: (bytes: Uint8Array) => void;
  readonly copy: () => Hasher;
  readonly digest: () => Bytes;
};

/**
 * What the roof injects into reading and judging signed bytes: it changes speed, never the answer.
 * Node, workerd and a browser each bring their own.
 */
export type Primitives = {
  /** Synchronous one-shot digest. */
  readonly digest: (name: HashName, bytes: Uint8Array) => Bytes;
  /** The same in pieces. */
  readonly hasher: (name: HashName) => Hasher;
  /** zlib stream (RFC 1950) to bytes; a missing or wrong Adler checksum is tolerated, output never exceeds `limitBytes`. */
  readonly inflate: (
    bytes: Uint8Array,
    limitBytes: number,
  ) => Result<Bytes, { code: "inflate_broken" | "inflate_too_large" }>;
  /**
   * @param publicKey DER of SubjectPublicKeyInfo, RFC 5280 §4.1
   * @param signature as CMS and X.509 carry it: ECDSA as DER SEQUENCE of r and s (RFC 3279 §2.2.3)
   * @returns false for a signature that does not fit and for a key that cannot be used with the algorithm
   */
  readonly verify: (
    publicKey: Bytes,
    algorithm: IssuersAlgorithm,
    message: Bytes,
    signature: Bytes,
  ) => Promise<boolean>;
};
