import { equalBytes, fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import { type Certificate, isSignedBy, isValidAt } from "./certificate.ts";
import type { OcspResponse } from "./ocsp.ts";
import { oids } from "./oids.ts";
import type { Primitives } from "./primitives.ts";

type Checks = Pick<Primitives, "digest" | "verify">;

/**
 * Whose key signed a response: the issuer's own, or one to whom the issuer gave id-kp-OCSPSigning. RFC 6960 §4.2.2.2.
 * Whether a delegate was revoked is another question, unless {@link isExemptFrom} says that it needs no asking.
 *
 * @param candidates certificates beside those in the response; trusted for nothing
 * @param at when the responder must have been entitled
 * @returns all that fit, mostly one: two certificates can name one key
 */
export async function respondersOf(
  response: OcspResponse,
  issuer: Certificate,
  { candidates, at }: { readonly candidates: readonly Certificate[]; readonly at: Instant },
  primitives: Checks,
): Promise<Result<readonly Certificate[], "responder_not_authorised" | "signature_wrong">> {
  const { signatureAlgorithm, tbs, signature, responder, certificates } = response;
  const isNamed = (candidate: Certificate) =>
    responder.by === "name"
      ? equalBytes(responder.name, candidate.subject.raw)
      : equalBytes(responder.keyHash, primitives.digest("sha1", candidate.publicKeyBits));
  const found: Certificate[] = [];
  let isAnyEntitled = false;
  for (const candidate of [issuer, ...certificates, ...candidates].filter(isNamed)) {
    if (!(await mayAnswer(candidate, issuer, at, primitives))) continue;
    isAnyEntitled = true;
    const holds =
      signatureAlgorithm !== null && (await primitives.verify(candidate.publicKey, signatureAlgorithm, tbs, signature));
    if (holds) found.push(candidate);
  }
  if (found.length > 0) return ok(found);
  return fail(isAnyEntitled ? "signature_wrong" : "responder_not_authorised");
}

async function mayAnswer(
  responder: Certificate,
  issuer: Certificate,
  at: Instant,
  primitives: Checks,
): Promise<boolean> {
  if (!isValidAt(responder, at)) return false;
  if (isSame(responder, issuer)) return true;
  const { extendedKeyUsage, keyUsage, criticalUnknown } = responder.extensions;
  const isDelegated = extendedKeyUsage?.purposes.includes(oids.ocspSigning) === true && criticalUnknown.length === 0;
  const maySign = keyUsage === null || keyUsage.includes("digitalSignature") || keyUsage.includes("nonRepudiation");
  return isDelegated && maySign && (await isSignedBy(responder, issuer, primitives));
}

/** RFC 6960 §4.2.2.2.1: the issuer itself is asked about elsewhere; of a delegate with id-pkix-ocsp-nocheck nobody asks. */
export const isExemptFrom = (responder: Certificate, issuer: Certificate): boolean =>
  isSame(responder, issuer) || responder.extensions.ocspNoCheck;

const isSame = (a: Certificate, b: Certificate): boolean => equalBytes(a.raw, b.raw);
