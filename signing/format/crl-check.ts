import { equalBytes, type Instant } from "../../src/core/kernel.ts";
import type { Certificate } from "./certificate.ts";
import { findChain } from "./chain.ts";
import { type Crl, entryOf } from "./crl.ts";
import type { CrlEntry } from "./crl-entries.ts";
import {
  allReasons,
  type DistributionPoint,
  directoryText,
  distributionPointsOf,
  type ReasonMask,
} from "./crl-points.ts";
import { readingDer } from "./der.ts";
import { withInheritedParameters } from "./dsa.ts";
import { sameName } from "./name.ts";
import {
  type Placed,
  type RevocationEvidence,
  type RevocationFinding,
  type RevocationGap,
  type RevocationQuestion,
  remembers,
  speaksOf,
} from "./revocation.ts";

type ListedCrl = RevocationEvidence<Crl>;

const mostSignersAbove = 3;
const onHold = 6;
const removedFromList = 8;

/**
 * What lists say of a certificate, RFC 5280 §6.3: complete and delta, indirect, of some reasons or some certificates.
 * Good only where lists that reach the time in question cover every reason, and no other list, of whatever day, says
 * otherwise; a hold ends with a later list. A gap is the nearest that was come to an answer.
 */
export async function crlFinding(placed: Placed, question: RevocationQuestion): Promise<RevocationFinding> {
  const { certificate } = placed;
  const points = readingDer(() => distributionPointsOf(certificate));
  if (!points.ok) return unknown("unusable");
  const search: Search = {
    placed,
    question,
    covered: 0,
    gap: "nothing_found",
    good: null,
    held: null,
    clearedAt: null,
  };
  for (const point of points.value)
    for (const list of question.crls) {
      const revoked = await consult(list, point, search);
      if (revoked !== null && revoked.reason !== onHold) return revoked;
      if (revoked !== null) search.held = newerOf(search.held, revoked);
    }
  return conclusion(search);
}

type Revoked = Extract<RevocationFinding, { status: "revoked" }>;

const newerOf = (a: Revoked | null, b: Revoked): Revoked => (a !== null && a.thisUpdate > b.thisUpdate ? a : b);

function conclusion({ held, clearedAt, covered, good, gap }: Search): RevocationFinding {
  if (held !== null && held.thisUpdate >= (clearedAt ?? "")) return held;
  if (covered === allReasons && good !== null) return good;
  return unknown(covered > 0 ? "incomplete" : gap);
}

const unknown = (gap: RevocationGap): RevocationFinding => ({ status: "unknown", gap });

type Search = {
  readonly placed: Placed;
  readonly question: RevocationQuestion;
  covered: number;
  gap: RevocationGap;
  /** The oldest of the lists that together cover all. */
  good: Extract<RevocationFinding, { status: "good" }> | null;
  /** The newest list that tells of a hold. */
  held: Revoked | null;
  /** Of the newest list for every reason that does not name the certificate. */
  clearedAt: Instant | null;
};

const nearness: readonly RevocationGap[] = ["nothing_found", "unusable", "incomplete", "stale"];

function comeNearer(search: Search, gap: RevocationGap): null {
  if (nearness.indexOf(gap) > nearness.indexOf(search.gap)) search.gap = gap;
  return null;
}

/** One complete list for one point, with the deltas that fit it. */
async function consult(list: ListedCrl, point: DistributionPoint, search: Search) {
  const { placed, question } = search;
  const crl = list.value;
  if (crl.base !== null || !isFor(crl, point, placed.certificate)) return null;
  const reasons = (crl.scope.reasons ?? allReasons) & point.reasons;
  if (reasons === 0) return null;
  if (!isAboutKind(crl, placed.certificate)) return comeNearer(search, "incomplete");
  const isDesignated = point.listIssuers.some((name) => sameName(name, placed.certificate.subject));
  const signer = await signerOf(list, placed, question, isDesignated);
  if (!crl.isUnderstood || signer === null) return comeNearer(search, "unusable");
  return conclude(list, await deltaFor(list, signer, search), reasons, search);
}

function conclude(list: ListedCrl, delta: ListedCrl | null, reasons: ReasonMask, search: Search) {
  const { placed, question } = search;
  const newest = delta ?? list;
  const entry = entryIn(delta, list, placed.certificate);
  if (entry === "unreadable") return comeNearer(search, "unusable");
  const { thisUpdate, nextUpdate, keepsExpiredSince } = newest.value;
  const told = { source: list.source, seenAt: newest.seenAt, thisUpdate, nextUpdate };
  if (entry !== null) {
    const { revokedAt, reason, invalidityDate } = entry;
    return { status: "revoked" as const, ...told, revokedAt, reason, invalidityDate };
  }
  const isOfThatTime = speaksOf(told, question) && remembers(placed.certificate, told, keepsExpiredSince);
  if (!isOfThatTime) return comeNearer(search, "stale");
  if (reasons === allReasons && thisUpdate > (search.clearedAt ?? "")) search.clearedAt = thisUpdate;
  if ((reasons & ~search.covered) === 0) return null;
  search.covered |= reasons;
  if (search.good === null || thisUpdate < search.good.thisUpdate) search.good = { status: "good", ...told };
  return null;
}

/** §6.3.3 (b) (1), (2) (i): issuer and names of the distribution point. */
function isFor({ issuer, scope }: Crl, point: DistributionPoint, certificate: Certificate): boolean {
  const isOwn = point.listIssuers.length === 0;
  const isNamed = isOwn
    ? sameName(issuer, certificate.issuer)
    : scope.isIndirect && point.listIssuers.some((name) => sameName(name, issuer));
  if (!isNamed || scope.names === null) return isNamed;
  const wanted = point.names ?? point.listIssuers.map(directoryText);
  return scope.names.some((name) => wanted.includes(name));
}

/** §6.3.3 (b) (2) (ii)-(iv). */
function isAboutKind({ scope: { holds } }: Crl, { extensions }: Certificate): boolean {
  const isAuthority = extensions.basicConstraints?.isAuthority === true;
  return holds === "all" || holds === (isAuthority ? "authorities" : "users");
}

function entryIn(delta: ListedCrl | null, list: ListedCrl, certificate: Certificate): CrlEntry | null | "unreadable" {
  const of = ({ value }: ListedCrl) => entryOf(value, certificate.serial, certificate.issuer);
  const complete = of(list);
  const newer = delta === null ? null : of(delta);
  if (!complete.ok || newer?.ok === false) return "unreadable";
  const entry = newer?.value ?? complete.value;
  return entry?.reason === removedFromList ? null : entry;
}

/** §5.2.4, §6.3.3 (c): the newest of the same issuer, key and scope that can be added to this list. */
async function deltaFor(list: ListedCrl, signer: Certificate, { placed, question }: Search): Promise<ListedCrl | null> {
  const fitting = question.crls
    .filter(({ value }) => isDeltaOf(value, list.value) && value.isUnderstood && speaksOf(value, question))
    .toSorted((a, b) => compareNumbers(b.value, a.value));
  for (const delta of fitting) if (await isSignedList(delta.value, signer, placed, question)) return delta;
  return null;
}

function isDeltaOf(delta: Crl, complete: Crl): boolean {
  const { base, number, scope } = delta;
  if (base === null || complete.number === null || number === null) return false;
  if (complete.number < base || complete.number >= number) return false;
  return sameName(delta.issuer, complete.issuer) && JSON.stringify(scope) === JSON.stringify(complete.scope);
}

const compareNumbers = (a: Crl, b: Crl): number => Number((a.number ?? 0n) - (b.number ?? 0n));

async function isSignedList(
  { signatureAlgorithm, tbs, signature }: Crl,
  signer: Certificate,
  { above }: Placed,
  { primitives }: RevocationQuestion,
): Promise<boolean> {
  const key = publicKeyIn([...above].reverse(), signer);
  return signatureAlgorithm !== null && (await primitives.verify(key, signatureAlgorithm, tbs, signature));
}

/** A DSA key may have its parameters from those above it, RFC 5280 §6.1.4 (d)-(f). @param fromAnchor the anchor first */
function publicKeyIn(fromAnchor: readonly Certificate[], signer: Certificate): Certificate["publicKey"] {
  const place = fromAnchor.findIndex(({ raw }) => equalBytes(raw, signer.raw));
  const [first, ...others] = fromAnchor.slice(0, place + 1);
  if (first === undefined) return signer.publicKey;
  return others.reduce((key, { publicKey }) => withInheritedParameters(publicKey, key), first.publicKey);
}

/**
 * §6.3.3 (f), (g): whose key signed the list, and may it.
 *
 * @param isDesignated the certificate's issuer itself sends those who ask about it to its own list
 */
async function signerOf(
  list: ListedCrl,
  placed: Placed,
  question: RevocationQuestion,
  isDesignated: boolean,
): Promise<Certificate | null> {
  const { value: crl, seenAt } = list;
  const known = [...placed.above, ...question.candidates].filter(({ subject }) => sameName(subject, crl.issuer));
  const fitting = (candidate: Certificate) => Number(fitsKeyId(crl, candidate));
  for (const candidate of known.toSorted((a, b) => fitting(b) - fitting(a))) {
    const isItself = equalBytes(candidate.raw, placed.certificate.raw);
    const isBarred = isItself ? !isDesignated || !maySignLists(candidate) : isInQuestion(candidate, question);
    if (isBarred || !(await isSignedList(crl, candidate, placed, question))) continue;
    if (isItself || (await isEntitled(candidate, placed, seenAt, question))) return candidate;
  }
  return null;
}

const isInQuestion = (candidate: Certificate, { inQuestion }: RevocationQuestion): boolean =>
  inQuestion?.some(({ raw }) => equalBytes(raw, candidate.raw)) === true;

const maySignLists = ({ extensions: { keyUsage } }: Certificate) => keyUsage === null || keyUsage.includes("cRLSign");

function fitsKeyId({ authorityKeyId }: Crl, { extensions: { subjectKeyId } }: Certificate): boolean {
  return authorityKeyId !== null && subjectKeyId !== null && equalBytes(authorityKeyId, subjectKeyId);
}

/** Its path must end in the anchor of the certificate itself: another anchor may have given the name to someone else. */
async function isEntitled(
  signer: Certificate,
  placed: Placed,
  at: Instant,
  question: RevocationQuestion,
): Promise<boolean> {
  const { above, anchors, certificate } = placed;
  const inQuestion = [...(question.inQuestion ?? []), certificate];
  if (inQuestion.length > mostSignersAbove) return false;
  const isKnown = (one: Certificate) => above.some(({ raw }) => equalBytes(raw, one.raw));
  const anchor = above.at(-1);
  const own = anchors.filter((one) => anchor !== undefined && equalBytes(one.certificate.raw, anchor.raw));
  const { weakAlgorithms } = question;
  const asked = {
    ...{ leaf: signer, candidates: [...above, ...question.candidates], anchors: own, at, use: "crl" as const },
    purposes: own.map(({ purpose }) => purpose),
    ...(weakAlgorithms === undefined ? {} : { weakAlgorithms }),
    // Those above the certificate are asked about for their own sake; the others must not have been revoked.
    accepts: async (path: readonly Certificate[]) => {
      for (const [depth, one] of path.slice(0, -1).entries()) {
        if (isKnown(one)) continue;
        const placing = { certificate: one, above: path.slice(depth + 1), anchors };
        const standing = await crlFinding(placing, { ...question, inQuestion });
        if (standing.status !== "good") return false;
      }
      return true;
    },
  };
  return (await findChain(asked, question.primitives)).trusted;
}
