import { type Bytes, equalBytes, fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import type { Certificate } from "../format/certificate.ts";
import { findChain, type TrustAnchor } from "../format/chain.ts";
import type { Primitives } from "../format/primitives.ts";
import type { Evidence } from "./evidence.ts";
import type { HttpGet, HttpPost } from "./http-post.ts";
import { askResponder, type Told } from "./responder.ts";
import { askRevocation } from "./revocation.ts";
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
 * Asks for the standing of every certificate between a signer or timestamp authority of the file and its anchor, by OCSP
 * with that of a delegated responder, else by CRL with its deltas. EN 319 142-1 §5.4.2: an answer about a signer or an authority must be newer than the time it has to prove;
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
  const asked = { ...world, get: remembering(world.get) };
  for (const link of links) {
    const answers = await answersFor(link, asked);
    if (!answers.ok) return answers;
    for (const { by, replies, responder } of answers.value) {
      (by === "ocsp" ? ocspResponses : crls).push(...replies);
      if (responder !== null) certificates.push(responder);
    }
  }
  return ok({ certificates: distinct(certificates.map(({ raw }) => raw)), ocspResponses, crls: distinct(crls) });
}

const distinct = (all: readonly Bytes[]): Bytes[] =>
  all.filter((one, i) => all.findIndex((other) => equalBytes(other, one)) === i);

/** Certificates of one authority name one list: fetched once, it is also one and the same in the store. */
function remembering(get: HttpGet): HttpGet {
  const answers = new Map<string, ReturnType<HttpGet>>();
  return (request) => {
    const answer = answers.get(request.url) ?? get(request);
    answers.set(request.url, answer);
    return answer;
  };
}

/** What was said of one certificate, and of the responder that said it. */
async function answersFor(link: Link, world: CollectingWorld): Promise<Result<readonly Told[], CollectingFailure>> {
  const { certificate, newerThan, isLeaf } = link;
  const subject = certificate.subject.text;
  const gaps: string[] = [];
  let older: Told | null = null;
  for (const source of [byResponder, byLists]) {
    const answer = await source(link, world);
    if (!answer.ok) gaps.push(answer.failure);
    else if (!isLeaf || answer.value[0].thisUpdate > newerThan) return checked(answer.value, link, subject);
    else older ??= answer.value[0];
  }
  if (older !== null) return fail({ code: "not_newer", subject, nextUpdate: older.nextUpdate });
  return fail({ code: "revocation_unavailable", subject, reason: gaps.join() });
}

type Answers = readonly [Told, ...Told[]];

async function byResponder(link: Link, world: CollectingWorld): Promise<Result<Answers, string>> {
  const { certificate, issuer, above } = link;
  const now = world.now();
  const asking = () => ({ ...world, now, newerThan: now, nonce: world.nonce() });
  const answer = await askRevocation(certificate, issuer, asking());
  if (answer.status === "unavailable") return fail(answer.reason);
  if (answer.responder === null) return ok([answer]);
  const standing = await askResponder(answer.responder, issuer, { above, anchors: world.anchors }, asking());
  if (!standing.ok) return standing;
  return ok(standing.value === null ? [answer] : [answer, standing.value]);
}

async function byLists(
  { certificate, above, newerThan }: Link,
  world: CollectingWorld,
): Promise<Result<Answers, string>> {
  const placed = { certificate, above, anchors: world.anchors };
  const answer = await askRevocationLists(placed, { ...world, now: world.now(), newerThan });
  return answer.status === "unavailable" ? fail(answer.reason) : ok([answer]);
}

/** A revocation after the proven time takes nothing away: EN 319 102-1 §5.5. */
function checked(answers: Answers, { newerThan }: Link, subject: string): Result<Answers, CollectingFailure> {
  const [answer] = answers;
  if (answer.status === "good" || answer.revokedAt > newerThan) return ok(answers);
  return fail({ code: "revoked", subject, revokedAt: answer.revokedAt });
}
