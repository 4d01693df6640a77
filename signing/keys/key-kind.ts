import { constants, type KeyObject } from "node:crypto";
import type { SignatureAlgorithm } from "../format/primitives.ts";

const ecHashes = { prime256v1: "sha256", secp384r1: "sha384", secp521r1: "sha512" } as const;

/**
 * What a key signs with unless asked otherwise; its public half tells as much.
 *
 * @returns null for kinds that this project does not sign with
 */
export function usualAlgorithm(key: KeyObject): SignatureAlgorithm | null {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? "";
  switch (key.asymmetricKeyType) {
    case "rsa":
      return { scheme: "rsa-pkcs1", hash: "sha256" };
    case "rsa-pss":
      return { scheme: "rsa-pss", hash: "sha256", saltBytes: 32 };
    case "ec":
      return curve in ecHashes ? { scheme: "ecdsa", hash: ecHashes[curve as keyof typeof ecHashes] } : null;
    case "ed25519":
      return { scheme: "ed25519" };
    default:
      return null;
  }
}

/** How node:crypto is told a scheme, in signing as in verifying. */
export function cryptoOptions(algorithm: Exclude<SignatureAlgorithm, { scheme: "ed25519" }>) {
  if (algorithm.scheme === "ecdsa") return { dsaEncoding: "der" as const };
  if (algorithm.scheme === "rsa-pkcs1") return { padding: constants.RSA_PKCS1_PADDING };
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltBytes };
}

/** Whether the key can do the scheme at all, and a digest that is still written (never SHA-1). */
export function suitsKey({ asymmetricKeyType: kind }: KeyObject, algorithm: SignatureAlgorithm): boolean {
  if (algorithm.scheme === "ed25519") return kind === "ed25519";
  if (algorithm.hash === "sha1") return false;
  if (algorithm.scheme === "ecdsa") return kind === "ec";
  return kind === "rsa" || (algorithm.scheme === "rsa-pss" && kind === "rsa-pss");
}
