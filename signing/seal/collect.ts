import { type Bytes, equalBytes, fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import type { Certificate } from "../format/certificate.ts";
import { findChain, type TrustAnchor } from "../format/chain.ts";
import type { Primitives } from "../format/primitives.ts";
import type { Evidence } from "./evidence.ts";
import type { HttpGet, HttpPost } from "./http-post.ts";
import { askRevocation, type Revocation } from "./revocation.ts";
import { askRevocationLists } from "./revocation-list.ts";
import { type Subject, subjectsOf } from "./sealed-signatures.ts";

export type CollectingWorld = {
  readonly post: HttpPost;
  readonly get: HttpGet;
  /** Random, 1 to 32 bytes, fresh for each call. */
  readonly nonce: () => Bytes;
  readonly now: () => Instant;
  readonly anchors: readonly TrustAnchor[];
  readonly primitives: Primitives;
};

/** Why evidence cannot be complete now; `subject` names the certificate in words, for the operator's log. */
export type CollectingFailure =
  | SigningFailure
  | { readonly code: "nothing_signed" }
  /** No path to an anchor at the time that is proven. */
  | { readonly code: "not_trusted"; readonly subject: string; readonly reason: string }
  | { readonly code: "revocation_unavailable"; readonly subject: string; readonly reason: string }
  /** Revoked before the signature or timestamp was made: evidence would prove the opposite. */
  | { readonly code: "revoked"; readonly subject: string; readonly revokedAt: Instant }
  /** Answers are older than what they must prove. `nextUpdate`: when newer ones are promised. */
  | { readonly code: "not_newer"; readonly subject: string; readonly nextUpdate: Instant | null };

// Each costs a request; a copy of ours has two signers and one authority, each with a path of two or three.
const mostLinks = 64;

/** One certificate that needs an answer, and since when the answer must be. */
type Link = {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly newerThan: Instant;
  readonly above: readonly Certificate[];
  readonly isLeaf: boolean;
};

/**
 * Asks for the standing of every certificate between a signer or timestamp authority of the file and its anchor, by OCSP,
 * else by CRL. EN 319 142-1 §5.4.2: an answer about a signer or an authority must be newer than the time it has to prove;
 * about an authority above them the answer in force is enough, since their lists come out months apart (ADR 0019).
 */
export async function collectEvidence(
  pdf: Bytes,
  world: CollectingWorld,
): Promise<Result<Evidence, CollectingFailure>> {
  const subjects = subjectsOf(pdf, world.primitives);
  if (!subjects.ok) return subjects;
  if (subjects.value.length === 0) return fail({ code: "nothing_signed" });
  const links: Link[] = [];
  const certificates: Certificate[] = [];
  for (const subject of subjects.value) {
    const path = await pathOf(subject, world);
    if (!path.ok) return path;
    certificates.push(...path.value);
    addLinks(links, path.value, subject.time ?? world.now());
  }
  if (links.length > mostLinks) return fail({ code: "pdf_unsuitable", reason: "ambiguous" });
  return ask(links, certificates, world);
}

async function pathOf(
  { role, certificate: leaf, candidates, time }: Subject,
  { anchors, primitives, now }: CollectingWorld,
): Promise<Result<readonly Certificate[], CollectingFailure>> {
  const purposes = role === "timestamp" ? (["timestamp"] as const) : (["official", "agency_seal", "public"] as const);
  const found = await findChain({ leaf, candidates, anchors, purposes, at: time ?? now() }, primitives);
  return found.trusted
    ? ok(found.path)
    : fail({ code: "not_trusted", subject: leaf.subject.text, reason: found.reason });
}

/** The same certificate is asked about once, for the latest of the times it has to prove. */
function addLinks(links: Link[], path: readonly Certificate[], newerThan: Instant): void {
  for (const [depth, certificate] of path.entries()) {
    const issuer = path[depth + 1];
    if (issuer === undefined) continue; // the anchor is believed as it is
    const known = links.findIndex((link) => equalBytes(link.certificate.raw, certificate.raw));
    const before = links[known];
    const latest = before !== undefined && before.newerThan > newerThan ? before.newerThan : newerThan;
    const link = { certificate, issuer, above: path.slice(depth + 1), newerThan: latest, isLeaf: depth === 0 };
    if (before === undefined) links.push(link);
    else links[known] = link;
  }
}

async function ask(
  links: readonly Link[],
  certificates: Certificate[],
  world: CollectingWorld,
): Promise<Result<Evidence, CollectingFailure>> {
  const ocspResponses: Bytes[] = [];
  const crls: Bytes[] = [];
  for (const link of links) {
    const answer = await answerFor(link, world);
    if (!answer.ok) return answer;
    (answer.value.by === "ocsp" ? ocspResponses : crls).push(...answer.value.replies);
    if (answer.value.responder !== null) certificates.push(answer.value.responder);
  }
  return ok({ certificates: distinct(certificates.map(({ raw }) => raw)), ocspResponses, crls: distinct(crls) });
}

const distinct = (all: readonly Bytes[]): Bytes[] =>
  all.filter((one, i) => all.findIndex((other) => equalBytes(other, one)) === i);

type Answered = Exclude<Revocation, { status: "unavailable" }>;

async function answerFor(link: Link, world: CollectingWorld): Promise<Result<Answered, CollectingFailure>> {
  const { certificate, issuer, above, newerThan, isLeaf } = link;
  const subject = certificate.subject.text;
  const asked = { ...world, now: world.now(), newerThan };
  const sources = [
    () => askRevocation(certificate, issuer, { ...asked, nonce: world.nonce() }),
    () => askRevocationLists({ certificate, above, anchors: world.anchors }, asked),
  ];
  const gaps: string[] = [];
  let older: Answered | null = null;
  for (const source of sources) {
    const answer = await source();
    if (answer.status === "unavailable") gaps.push(answer.reason);
    else if (!isLeaf || answer.thisUpdate > newerThan) return checked(answer, link, subject);
    else older ??= answer;
  }
  if (older !== null) return fail({ code: "not_newer", subject, nextUpdate: older.nextUpdate });
  return fail({ code: "revocation_unavailable", subject, reason: gaps.join() });
}

/** A revocation after the proven time takes nothing away: EN 319 102-1 §5.5. */
function checked(answer: Answered, { newerThan }: Link, subject: string): Result<Answered, CollectingFailure> {
  if (answer.status === "good" || answer.revokedAt > newerThan) return ok(answer);
  return fail({ code: "revoked", subject, revokedAt: answer.revokedAt });
}
