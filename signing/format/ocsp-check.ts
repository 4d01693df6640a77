import { equalBytes, type Instant } from "../../src/core/kernel.ts";
import { type Certificate, isSignedBy, isValidAt } from "./certificate.ts";
import { crlFinding } from "./crl-check.ts";
import { answersFor, type OcspAnswer, type OcspResponse } from "./ocsp.ts";
import { oids } from "./oids.ts";
import {
  type Placed,
  type RevocationEvidence,
  type RevocationFinding,
  type RevocationQuestion,
  remembers,
  speaksOf,
} from "./revocation.ts";

/** What one response says of a certificate, RFC 6960 §3.2 and §4.2.2; null where it is about others. */
export async function ocspFinding(
  placed: Placed,
  evidence: RevocationEvidence<OcspResponse>,
  question: RevocationQuestion,
): Promise<RevocationFinding | null> {
  const { certificate, above } = placed;
  const [issuer] = above;
  const { value: response, source, seenAt } = evidence;
  if (issuer === undefined) return null;
  const answer = response.answers.find((one) => answersFor(one, certificate, issuer, question.primitives));
  if (answer === undefined) return null;
  const isEntitled =
    response.isUnderstood && answer.isUnderstood && (await isFromResponder(placed, evidence, question));
  if (!isEntitled) return { status: "unknown", gap: "unusable" };
  return conclude(certificate, answer, { source, seenAt }, question);
}

function conclude(
  certificate: Certificate,
  { status, thisUpdate, nextUpdate, archiveCutoff }: OcspAnswer,
  origin: { readonly source: string; readonly seenAt: Instant },
  question: RevocationQuestion,
): RevocationFinding {
  const told = { ...origin, thisUpdate, nextUpdate };
  if (status.status === "revoked") return { ...status, ...told, invalidityDate: null };
  if (status.status === "unknown") return { status: "unknown", gap: "incomplete" };
  const isOfThatTime = speaksOf(told, question) && remembers(certificate, told, archiveCutoff);
  return isOfThatTime ? { status: "good", ...told } : { status: "unknown", gap: "stale" };
}

/** RFC 6960 §4.2.2.2: the issuer itself, or one to whom the issuer gave id-kp-OCSPSigning. */
async function isFromResponder(
  placed: Placed,
  { value: response, seenAt }: RevocationEvidence<OcspResponse>,
  question: RevocationQuestion,
): Promise<boolean> {
  const { primitives } = question;
  const { signatureAlgorithm, tbs, signature } = response;
  if (signatureAlgorithm === null) return false;
  const isNamed = (candidate: Certificate) =>
    response.responder.by === "name"
      ? equalBytes(response.responder.name, candidate.subject.raw)
      : equalBytes(response.responder.keyHash, primitives.digest("sha1", candidate.publicKeyBits));
  for (const responder of [...placed.above.slice(0, 1), ...response.certificates, ...question.candidates]) {
    if (!isNamed(responder) || !(await mayAnswer(responder, placed, seenAt, question))) continue;
    if (await primitives.verify(responder.publicKey, signatureAlgorithm, tbs, signature)) return true;
  }
  return false;
}

async function mayAnswer(
  responder: Certificate,
  { above, anchors }: Placed,
  seenAt: Instant,
  question: RevocationQuestion,
): Promise<boolean> {
  const [issuer] = above;
  if (issuer === undefined || !isValidAt(responder, seenAt)) return false;
  if (equalBytes(responder.raw, issuer.raw)) return true;
  const { extendedKeyUsage, keyUsage, criticalUnknown, ocspNoCheck } = responder.extensions;
  const isDelegated = extendedKeyUsage?.purposes.includes(oids.ocspSigning) === true && criticalUnknown.length === 0;
  const maySign = keyUsage === null || keyUsage.includes("digitalSignature") || keyUsage.includes("nonRepudiation");
  if (!isDelegated || !maySign || !(await isSignedBy(responder, issuer, question.primitives))) return false;
  if (ocspNoCheck) return true;
  // Asked of lists only: a responder's word about itself is worth nothing. What nobody revoked may answer.
  const standing = await crlFinding({ certificate: responder, above, anchors }, { ...question, asOf: seenAt });
  return standing.status !== "revoked";
}
