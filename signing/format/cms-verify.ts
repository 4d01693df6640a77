import { type Bytes, equalBytes } from "../../src/core/kernel.ts";
import type { Certificate } from "./certificate.ts";
import type { SignedData, Signer } from "./cms.ts";
import type { HashName, Primitives } from "./primitives.ts";

/** Why a SignerInfo does not prove its content, or that it does. Trust and time are judged elsewhere. */
export type SignerFinding =
  | "intact"
  | "algorithm_unknown"
  | "attributes_missing"
  | "content_type_differs"
  | "digest_differs"
  | "certificate_differs"
  | "signature_wrong";

/**
 * Mathematics of one signature, RFC 5652 §5.4 and §5.6, RFC 5035 §5.
 *
 * @param certificate the signer's, found by {@link signerCertificate}
 * @param contentDigest of the signed content; asked once, with the signer's digest
 */
export async function checkSigner(
  signedData: SignedData,
  signer: Signer,
  certificate: Certificate,
  contentDigest: (hash: HashName) => Bytes,
  primitives: Pick<Primitives, "digest" | "verify">,
): Promise<SignerFinding> {
  const { signatureAlgorithm, digestAlgorithm, signedAttributes } = signer;
  if (signatureAlgorithm === null || digestAlgorithm === null) return "algorithm_unknown";
  // Both CAdES and RFC 3161 want signed attributes; without them another structure's bytes could pass for content.
  if (signedAttributes === null || signedAttributes.messageDigest === null) return "attributes_missing";
  if (signedAttributes.contentType !== signedData.contentType) return "content_type_differs";
  if (!equalBytes(signedAttributes.messageDigest, contentDigest(digestAlgorithm))) return "digest_differs";
  if (!pinsCertificate(signer, certificate, primitives)) return "certificate_differs";
  const { publicKey } = certificate;
  const holds = await primitives.verify(publicKey, signatureAlgorithm, signedAttributes.toBeSigned, signer.signature);
  return holds ? "intact" : "signature_wrong";
}

/** False where signing-certificate(-v2) names another certificate; true where it is absent, which a policy may refuse. */
function pinsCertificate(signer: Signer, certificate: Certificate, { digest }: Pick<Primitives, "digest">): boolean {
  const pinned = signer.signedAttributes?.signingCertificate ?? null;
  if (pinned === null) return true;
  return pinned.hash !== null && equalBytes(pinned.certificateHash, digest(pinned.hash, certificate.raw));
}
