import { type Bytes, equalBytes, type Instant } from "../../src/core/kernel.ts";
import { type Certificate, isSignedBy, isValidAt } from "./certificate.ts";
import { oids } from "./oids.ts";
import type { Primitives } from "./primitives.ts";

/** What an anchor is trusted for; configuration, never taken from a document (DESIGN decision 12). */
export type AnchorPurpose = "official" | "agency_seal" | "timestamp" | "public";
export type TrustAnchor = { readonly certificate: Certificate; readonly purpose: AnchorPurpose };

export type ChainReason =
  | "no_anchor_reached"
  | "certificate_expired"
  | "certificate_not_yet_valid"
  | "issuer_not_a_ca"
  | "path_too_long"
  | "key_usage_forbids"
  | "critical_extension_unknown"
  | "search_limit_reached";

/** `path` runs from the leaf to the anchor; in a failure it is the best that was found, at least the leaf. */
export type ChainFinding =
  | { readonly trusted: true; readonly purposes: readonly AnchorPurpose[]; readonly path: readonly Certificate[] }
  | { readonly trusted: false; readonly reason: ChainReason; readonly path: readonly Certificate[] };

export type ChainQuestion = {
  readonly leaf: Certificate;
  /** Untrusted hints, in any order. */
  readonly candidates: readonly Certificate[];
  readonly anchors: readonly TrustAnchor[];
  readonly purposes: readonly AnchorPurpose[];
  readonly at: Instant;
};

const servicePurposes: ReadonlySet<string> = new Set([oids.timeStamping, oids.ocspSigning]);
const longestPath = 8;
const mostSteps = 256;

/**
 * Builds and validates a path, RFC 5280 §6: names, signatures, validity at `at`, basic constraints, path length, key
 * usage, critical extensions. An anchor is believed as it is (§6.1.1 (d)), even when it is the leaf itself; its own
 * dates are held against it all the same, as national roots are replaced and not renewed.
 */
export async function findChain(
  question: ChainQuestion,
  primitives: Pick<Primitives, "verify">,
): Promise<ChainFinding> {
  const anchors = question.anchors.filter(({ purpose }) => question.purposes.includes(purpose));
  const search = { question, anchors, primitives, steps: mostSteps, reasons: [] as Failed[] };
  const found = await extend([question.leaf], search);
  if (found !== null) return { trusted: true, purposes: purposesOf(anchors, found.at(-1)), path: found };
  const best = search.reasons.toSorted((a, b) => b.path.length - a.path.length)[0];
  if (best !== undefined) return { trusted: false, ...best };
  const reason = search.steps <= 0 ? "search_limit_reached" : "no_anchor_reached";
  return { trusted: false, reason, path: [question.leaf] };
}

type Failed = { readonly reason: ChainReason; readonly path: readonly Certificate[] };
type Search = {
  readonly question: ChainQuestion;
  readonly anchors: readonly TrustAnchor[];
  readonly primitives: Pick<Primitives, "verify">;
  steps: number;
  readonly reasons: Failed[];
};

const isOneOf = (certificate: Certificate, others: readonly Certificate[]): boolean =>
  others.some(({ raw }) => equalBytes(raw, certificate.raw));

async function extend(path: readonly Certificate[], search: Search): Promise<readonly Certificate[] | null> {
  const last = path.at(-1);
  if (last === undefined || search.steps <= 0) return null;
  const anchors = search.anchors.map(({ certificate }) => certificate);
  if (isOneOf(last, anchors)) return whole(path, search);
  for (const issuer of issuersOf(last, path, [...anchors, ...search.question.candidates])) {
    const isIssuer = search.steps-- > 0 && (await isSignedBy(last, issuer, search.primitives));
    const found = isIssuer ? await extend([...path, issuer], search) : null;
    if (found !== null) return found;
  }
  return null;
}

function issuersOf(
  { issuer }: Certificate,
  path: readonly Certificate[],
  known: readonly Certificate[],
): Certificate[] {
  if (path.length >= longestPath) return [];
  return known.filter((candidate) => equalBytes(issuer.raw, candidate.subject.raw) && !isOneOf(candidate, path));
}

/** A path that reaches an anchor: is every link allowed to be one? */
function whole(path: readonly Certificate[], search: Search): readonly Certificate[] | null {
  const reason = faultOf(path, search.question);
  if (reason === null) return path;
  search.reasons.push({ reason, path });
  return null;
}

function faultOf(path: readonly Certificate[], { at, purposes }: ChainQuestion): ChainReason | null {
  for (const [depth, certificate] of path.entries()) {
    const isAnchor = depth === path.length - 1;
    const role =
      depth === 0 ? leafFault(certificate, purposes) : issuerFault(certificate, path.slice(1, depth), isAnchor);
    const fault = ownFault(certificate, at) ?? role;
    if (fault !== null) return fault;
  }
  return null;
}

function ownFault(certificate: Certificate, at: Instant): ChainReason | null {
  if (at < certificate.notBefore) return "certificate_not_yet_valid";
  if (!isValidAt(certificate, at)) return "certificate_expired";
  return certificate.extensions.criticalUnknown.length > 0 ? "critical_extension_unknown" : null;
}

/** RFC 5280 §4.2.1.3, §4.2.1.12: a key that may sign no documents, or only those of its service. */
function leafFault({ extensions }: Certificate, purposes: readonly AnchorPurpose[]): ChainReason | null {
  const { keyUsage, extendedKeyUsage } = extensions;
  const isOfService = extendedKeyUsage?.purposes.every((purpose) => servicePurposes.has(purpose)) === true;
  if (isOfService && !purposes.includes("timestamp")) return "key_usage_forbids";
  const maySign = keyUsage === null || keyUsage.includes("digitalSignature") || keyUsage.includes("nonRepudiation");
  return maySign ? null : "key_usage_forbids";
}

/** RFC 5280 §6.1.4 (k)-(n). @param below intermediates between it and the leaf; self-issued ones do not count */
function issuerFault(certificate: Certificate, below: readonly Certificate[], isAnchor: boolean): ChainReason | null {
  const { basicConstraints, keyUsage } = certificate.extensions;
  // Version 1 roots have no extensions; as anchors they are a configured decision.
  if (basicConstraints === null ? !isAnchor : !basicConstraints.isAuthority) return "issuer_not_a_ca";
  const counted = below.filter(({ subject, issuer }) => !equalBytes(subject.raw, issuer.raw)).length;
  const limit = basicConstraints?.pathLength ?? null;
  if (limit !== null && counted > limit) return "path_too_long";
  return keyUsage !== null && !keyUsage.includes("keyCertSign") ? "key_usage_forbids" : null;
}

function purposesOf(anchors: readonly TrustAnchor[], last: Certificate | undefined): AnchorPurpose[] {
  const raw: Bytes = last?.raw ?? new Uint8Array();
  return [
    ...new Set(anchors.filter(({ certificate }) => equalBytes(certificate.raw, raw)).map(({ purpose }) => purpose)),
  ];
}
