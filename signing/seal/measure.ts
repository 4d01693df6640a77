import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { hashForMessages } from "../format/algorithm.ts";
import { type Certificate, type KeyAlgorithm, parseCertificate } from "../format/certificate.ts";
import { buildSignedAttributes, buildSignedData } from "../format/cms-writer.ts";
import type { Primitives, SignatureAlgorithm } from "../format/primitives.ts";

// A later token may differ from the sample: longer serial, nonce, accuracy or ECDSA signature. What is left over stands in every copy
// as two zeros an octet, twice, so an authority that changes to a longer key is not paid for in advance: the first signature then
// fails as `signature_larger_than_reserved`, and `sealWithRoom` makes another with the room that it needs.
export const tokenMarginBytes = 256;

/**
 * Room that a signature by this certificate needs: a CMS is built with a dummy signature and a sample token, and weighed.
 *
 * @param sampleToken a token that was given before, DER, the longest where there are several authorities; null for signatures without a timestamp
 */
export function measureReservation(
  signing: {
    readonly certificate: Bytes;
    readonly chain: readonly Bytes[];
    readonly algorithm: SignatureAlgorithm;
    readonly sampleToken: Bytes | null;
  },
  primitives: Pick<Primitives, "digest">,
): Result<number, SigningFailure> {
  const certificate = parseCertificate(signing.certificate);
  if (!certificate.ok) return fail({ code: "certificate_unreadable" });
  const { algorithm, chain, sampleToken } = signing;
  const messageDigest = primitives.digest(hashForMessages(algorithm), new Uint8Array(0));
  const cms = buildSignedData({
    signedAttributes: buildSignedAttributes({ messageDigest, certificate: signing.certificate, algorithm }, primitives),
    signature: dummySignature(certificate.value),
    algorithm,
    certificate: { ...certificate.value, issuer: certificate.value.issuer.raw },
    chain,
    timestampToken: sampleToken,
  });
  return ok(cms.length + (sampleToken === null ? 0 : tokenMarginBytes));
}

/** Room for a document timestamp by the authorities that gave the sample, see {@link measureReservation}. */
export const measureTimestampReservation = (sampleToken: Bytes): number => sampleToken.length + tokenMarginBytes;

const dummySignature = (certificate: Certificate): Bytes =>
  new Uint8Array(largestSignatureBytes(certificate.keyAlgorithm));

/** ECDSA as DER of two numbers that each need a sign octet, RFC 3279 §2.2.3. */
function largestSignatureBytes(key: KeyAlgorithm): number {
  if (key.kind === "rsa") return Math.ceil(key.bits / 8);
  if (key.kind === "ed25519") return 64;
  const curveBytes = { p256: 72, p384: 104, p521: 139, other: 160 };
  return key.kind === "ec" ? curveBytes[key.curve] : 1024;
}
