import type { Certificate } from "./certificate.ts";
import { crlFinding } from "./crl-check.ts";
import { answersFor, type OcspAnswer, type OcspResponse } from "./ocsp.ts";
import { isExemptFrom, respondersOf } from "./ocsp-responder.ts";
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
    response.isUnderstood && answer.isUnderstood && (await isFromResponder(placed, issuer, evidence, question));
  if (!isEntitled) return { status: "unknown", gap: "unusable" };
  return conclude(certificate, answer, { source, seenAt }, question);
}

function conclude(
  certificate: Certificate,
  { status, thisUpdate, nextUpdate, archiveCutoff }: OcspAnswer,
  origin: { readonly source: string; readonly seenAt: RevocationEvidence<OcspResponse>["seenAt"] },
  question: RevocationQuestion,
): RevocationFinding {
  const told = { ...origin, thisUpdate, nextUpdate };
  if (status.status === "revoked") return { ...status, ...told, invalidityDate: null };
  if (status.status === "unknown") return { status: "unknown", gap: "incomplete" };
  const isOfThatTime = speaksOf(told, question) && remembers(certificate, told, archiveCutoff);
  return isOfThatTime ? { status: "good", ...told } : { status: "unknown", gap: "stale" };
}

async function isFromResponder(
  placed: Placed,
  issuer: Certificate,
  { value: response, seenAt }: RevocationEvidence<OcspResponse>,
  question: RevocationQuestion,
): Promise<boolean> {
  const { candidates, primitives } = question;
  const found = await respondersOf(response, issuer, { candidates, at: seenAt }, primitives);
  if (!found.ok) return false;
  for (const responder of found.value) {
    if (isExemptFrom(responder, issuer)) return true;
    const own = { ...placed, certificate: responder };
    if ((await responderFinding(own, issuer, { ...question, asOf: seenAt })).status !== "revoked") return true;
  }
  return false;
}

/**
 * The standing of a delegated responder, RFC 6960 §4.2.2.2.1, by lists and by answers of the issuer itself or of a
 * delegate that is exempt: its own word about itself is worth nothing. What nobody revoked may answer.
 */
async function responderFinding(
  placed: Placed,
  issuer: Certificate,
  question: RevocationQuestion,
): Promise<RevocationFinding> {
  const { primitives, candidates } = question;
  for (const { value: response, source, seenAt } of question.ocsps) {
    const answer = response.answers.find((one) => answersFor(one, placed.certificate, issuer, primitives));
    if (answer?.status.status !== "revoked" || !response.isUnderstood || !answer.isUnderstood) continue;
    const by = await respondersOf(response, issuer, { candidates, at: seenAt }, primitives);
    const isBelieved = by.ok && by.value.some((one) => isExemptFrom(one, issuer));
    if (isBelieved) return conclude(placed.certificate, answer, { source, seenAt }, question);
  }
  return await crlFinding(placed, question);
}
