import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { parseIdentity } from "../format/certificate.ts";
import { buildSignedData } from "../format/cms-writer.ts";
import { fillGap, reservedIn } from "./gap.ts";
import type { PreparedSignature } from "./prepare.ts";

/**
 * Writes the CMS into the gap left for it. ISO 32000-2 §12.8.1.
 *
 * @param pdf `prepared.pdf`, or a copy of it where it is to be kept: it is written into
 * @param signature value made over `prepared.toBeSigned`
 * @param timestampToken DER of the ContentInfo over the digest of `signature`; null leaves level B-B
 * @returns `signature_larger_than_reserved` when the CMS does not fit; the caller prepares again with more room
 */
export function completeSignature(
  pdf: Bytes,
  prepared: PreparedSignature,
  signature: Bytes,
  timestampToken: Bytes | null,
): Result<Bytes, SigningFailure> {
  const certificate = parseIdentity(prepared.certificate);
  if (!certificate.ok) return fail({ code: "certificate_unreadable" });
  const { toBeSigned: signedAttributes, algorithm, chain } = prepared;
  const cms = buildSignedData({
    signedAttributes,
    signature,
    algorithm,
    certificate: certificate.value,
    chain,
    timestampToken,
  });
  if (fillGap(pdf, prepared, cms)) return ok(pdf);
  const reservedBytes = reservedIn(prepared);
  return fail({ code: "signature_larger_than_reserved", reservedBytes, neededBytes: cms.length });
}
