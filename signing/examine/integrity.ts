import { type Bytes, equalBytes } from "../../src/core/kernel.ts";
import { hashForMessages } from "../format/algorithm.ts";
import type { Certificate } from "../format/certificate.ts";
import { parseSignedData, type SignedData, type Signer, signerCertificate } from "../format/cms.ts";
import type { HashName, Primitives } from "../format/primitives.ts";
import { algorithmNamesOf, isMd5, namesNoDigest } from "./algorithm-names.ts";

/** What the mathematics of one CMS signature says. Trust, time and later changes are judged elsewhere. */
export type IntegrityFinding =
  | "intact"
  | "digest_differs"
  | "signature_wrong"
  | "algorithm_unknown"
  | "cms_unreadable"
  | "content_embedded"
  | "not_one_signer"
  | "signer_certificate_missing"
  | "signer_certificate_differs"
  | "attributes_broken"
  | "algorithms_contradict";

export type Weakness = "md5" | "sha1" | "rsa_below_2048";

export type Integrity = {
  readonly finding: IntegrityFinding;
  readonly weaknesses: readonly Weakness[];
  readonly signedData: SignedData | null;
  readonly signer: Signer | null;
  readonly certificate: Certificate | null;
};

const nothing = { weaknesses: [], signedData: null, signer: null, certificate: null };

/** The answer where there is nothing to judge. */
export const unreadable: Integrity = { finding: "cms_unreadable", ...nothing };

export type Signed = {
  readonly cms: Bytes;
  readonly subFilter: string | null;
  /** The signed bytes, joined; seldom needed. */
  readonly content: () => Bytes;
  readonly digest: (name: HashName) => Bytes;
};

type Content = Pick<Signed, "content" | "digest">;

/** RFC 5652 §5.4-5.6, RFC 5035 §5, ISO 32000-2 §12.8.3. */
export async function checkIntegrity(signed: Signed, primitives: Primitives): Promise<Integrity> {
  if (signed.subFilter === "adbe.x509.rsa_sha1") return { finding: "algorithm_unknown", ...nothing };
  const read = parseSignedData(signed.cms);
  if (!read.ok) return { finding: "cms_unreadable", ...nothing };
  const signedData = read.value;
  const [signer, ...others] = signedData.signers;
  if (signer === undefined || others.length > 0) return { finding: "not_one_signer", ...nothing, signedData };
  const certificate = signerCertificate(signer, signedData.certificates);
  if (certificate === null) return { finding: "signer_certificate_missing", ...nothing, signedData, signer };
  const finding = await judge(signed, signedData, signer, certificate, primitives);
  return { finding, weaknesses: weaknessesOf(signer, certificate, signed), signedData, signer, certificate };
}

async function judge(
  signed: Signed,
  signedData: SignedData,
  signer: Signer,
  certificate: Certificate,
  primitives: Primitives,
): Promise<IntegrityFinding> {
  const content = contentOf(signed, signedData, primitives);
  if (typeof content === "string") return content;
  const fault = algorithmFault(signed, signer) ?? attributesFault(signedData, signer, certificate, primitives);
  if (fault !== null) return fault;
  const { signatureAlgorithm, digestAlgorithm, signedAttributes } = signer;
  if (digestAlgorithm === null || signatureAlgorithm === null) return "algorithm_unknown";
  const messageDigest = signedAttributes?.messageDigest;
  if (messageDigest != null && !equalBytes(content.digest(digestAlgorithm), messageDigest)) return "digest_differs";
  const message = signedAttributes?.toBeSigned ?? content.content();
  const holds = await primitives.verify(certificate.publicKey, signatureAlgorithm, message, signer.signature);
  return holds ? "intact" : "signature_wrong";
}

function algorithmFault({ cms }: Signed, { signatureAlgorithm, digestAlgorithm }: Signer): IntegrityFinding | null {
  const names = algorithmNamesOf(cms);
  if (names !== null && namesNoDigest(names.digest)) return "algorithms_contradict";
  if (digestAlgorithm === null || signatureAlgorithm === null) return "algorithm_unknown";
  return hashForMessages(signatureAlgorithm) === digestAlgorithm ? null : "algorithms_contradict";
}

/** What messageDigest is over: the signed ranges, or for adbe.pkcs7.sha1 their embedded SHA-1 (§12.8.3.3.1). */
function contentOf(signed: Signed, signedData: SignedData, { digest }: Primitives): Content | IntegrityFinding {
  const embedded = signedData.content;
  if (signed.subFilter !== "adbe.pkcs7.sha1") return embedded === null ? signed : "content_embedded";
  if (embedded === null) return "attributes_broken";
  if (!equalBytes(embedded, signed.digest("sha1"))) return "digest_differs";
  return { content: () => embedded, digest: (name) => digest(name, embedded) };
}

function attributesFault(
  signedData: SignedData,
  { signedAttributes }: Signer,
  certificate: Certificate,
  { digest }: Primitives,
): IntegrityFinding | null {
  if (signedAttributes === null) return null; // the signature is over the content itself
  if (signedAttributes.messageDigest === null) return "attributes_broken";
  if (signedAttributes.contentType !== signedData.contentType) return "attributes_broken";
  const pinned = signedAttributes.signingCertificate;
  if (pinned === null) return null;
  if (pinned.hash === null) return "algorithm_unknown";
  const isPinned = equalBytes(pinned.certificateHash, digest(pinned.hash, certificate.raw));
  return isPinned ? null : "signer_certificate_differs";
}

function weaknessesOf(signer: Signer, { keyAlgorithm }: Certificate, { cms, subFilter }: Signed): Weakness[] {
  const names = algorithmNamesOf(cms);
  const hashes: (HashName | null)[] = [signer.digestAlgorithm];
  if (signer.signatureAlgorithm !== null) hashes.push(hashForMessages(signer.signatureAlgorithm));
  return [
    ...(names !== null && isMd5(names.digest) ? ["md5" as const] : []),
    ...(hashes.includes("sha1") || subFilter === "adbe.pkcs7.sha1" ? ["sha1" as const] : []),
    ...(keyAlgorithm.kind === "rsa" && keyAlgorithm.bits < 2048 ? ["rsa_below_2048" as const] : []),
  ];
}
