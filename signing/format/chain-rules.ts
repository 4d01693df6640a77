import { type Certificate, isSelfIssued, isValidAt } from "./certificate.ts";
import type { ChainQuestion, ChainReason } from "./chain.ts";
import { oids } from "./oids.ts";

// What one certificate's place in a path asks of it alone, RFC 5280 §6.1.3 and §6.1.4.

const servicePurposes: ReadonlySet<string> = new Set([oids.timeStamping, oids.ocspSigning]);

/** @returns null where it may end a path that was asked for this */
export function leafFault(leaf: Certificate, question: ChainQuestion): ChainReason | null {
  return ownFault(leaf, question) ?? ageFault(leaf, question, false) ?? usageFault(leaf, question);
}

/**
 * @param below intermediates between it and the leaf; self-issued ones do not count
 * @returns null where it may stand above them
 */
export function issuerFault(
  issuer: Certificate,
  below: readonly Certificate[],
  isAnchor: boolean,
  question: ChainQuestion,
): ChainReason | null {
  return (
    ownFault(issuer, question) ??
    ageFault(issuer, question, isAnchor) ??
    authorityFault(issuer, below, isAnchor) ??
    (isAnchor || mayServe(issuer, question) ? null : "key_usage_forbids")
  );
}

function ownFault(certificate: Certificate, { at }: ChainQuestion): ChainReason | null {
  if (at < certificate.notBefore) return "certificate_not_yet_valid";
  if (!isValidAt(certificate, at)) return "certificate_expired";
  return certificate.extensions.criticalUnknown.length > 0 ? "critical_extension_unknown" : null;
}

// When the last lists (SOG-IS, NIST SP 800-131A, CA/Browser Forum) let go of them for signatures.
const endOfSha1 = "2017-01-01T00:00:00Z";
const endOfShortKeys = "2014-01-01T00:00:00Z";

/** EN 319 102-1 §5.2.8. What signed an anchor proves nothing and is not asked. */
function ageFault(
  { keyAlgorithm, signatureAlgorithm }: Certificate,
  { at, weakAlgorithms }: ChainQuestion,
  isAnchor: boolean,
): ChainReason | null {
  if (weakAlgorithms === "allowed") return null;
  const isShort = keyAlgorithm.kind === "dsa" || (keyAlgorithm.kind === "rsa" && keyAlgorithm.bits < 2048);
  if (isShort && at >= endOfShortKeys) return "algorithm_weak";
  const isOfSha1 = signatureAlgorithm !== null && "hash" in signatureAlgorithm && signatureAlgorithm.hash === "sha1";
  return isOfSha1 && !isAnchor && at >= endOfSha1 ? "algorithm_weak" : null;
}

/** RFC 5280 §4.2.1.3, §4.2.1.12: a key that may not do what was done with it. */
function usageFault(leaf: Certificate, question: ChainQuestion): ChainReason | null {
  const { keyUsage, extendedKeyUsage } = leaf.extensions;
  if (!mayServe(leaf, question)) return "key_usage_forbids";
  if (question.use === "any") return null;
  if (question.use === "crl") return keyUsage === null || keyUsage.includes("cRLSign") ? null : "key_usage_forbids";
  const isOfService = extendedKeyUsage?.purposes.every((purpose) => servicePurposes.has(purpose)) === true;
  if (isOfService && !question.purposes.includes("timestamp")) return "key_usage_forbids";
  const maySign = keyUsage === null || keyUsage.includes("digitalSignature") || keyUsage.includes("nonRepudiation");
  return maySign ? null : "key_usage_forbids";
}

function mayServe({ extensions }: Certificate, { extendedKeyUsage: wanted }: ChainQuestion): boolean {
  const purposes = extensions.extendedKeyUsage?.purposes ?? null;
  if (wanted === undefined || purposes === null) return true;
  return purposes.includes(wanted) || purposes.includes(oids.anyExtendedKeyUsage);
}

/** RFC 5280 §6.1.4 (k)-(n). */
function authorityFault(issuer: Certificate, below: readonly Certificate[], isAnchor: boolean): ChainReason | null {
  const { basicConstraints, keyUsage } = issuer.extensions;
  // Version 1 roots have no extensions; as anchors they are a configured decision.
  if (basicConstraints === null ? !isAnchor : !basicConstraints.isAuthority) return "issuer_not_a_ca";
  const counted = below.filter((certificate) => !isSelfIssued(certificate)).length;
  const limit = basicConstraints?.pathLength ?? null;
  if (limit !== null && counted > limit) return "path_too_long";
  return keyUsage !== null && !keyUsage.includes("keyCertSign") ? "key_usage_forbids" : null;
}
