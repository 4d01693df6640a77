import { type Bytes, equalBytes, type Instant } from "../../src/core/kernel.ts";
import { type Certificate, isSignedBy, isValidAt } from "../format/certificate.ts";
import type { Primitives } from "../format/primitives.ts";

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
  if (search.anchors.some(({ certificate }) => equalBytes(certificate.raw, last.raw))) return whole(path, search);
  if (path.length >= longestPath) return null;
  const anchors = search.anchors.map(({ certificate }) => certificate);
  for (const issuer of [...anchors, ...search.question.candidates]) {
    if (isOneOf(issuer, path) || !equalBytes(last.issuer.raw, issuer.subject.raw)) continue;
    if (search.steps-- <= 0 || !(await isSignedBy(last, issuer, search.primitives))) continue;
    const found = await extend([...path, issuer], search);
    if (found !== null) return found;
  }
  return null;
}

/** A path that reaches an anchor: is every link allowed to be one? */
function whole(path: readonly Certificate[], search: Search): readonly Certificate[] | null {
  const reason = faultOf(path, search.question.at);
  if (reason === null) return path;
  search.reasons.push({ reason, path });
  return null;
}

function faultOf(path: readonly Certificate[], at: Instant): ChainReason | null {
  for (const [depth, certificate] of path.entries()) {
    if (!isValidAt(certificate, at))
      return at < certificate.notBefore ? "certificate_not_yet_valid" : "certificate_expired";
    if (certificate.extensions.criticalUnknown.length > 0) return "critical_extension_unknown";
    const fault = depth === 0 ? null : issuerFault(certificate, path.slice(1, depth), depth === path.length - 1);
    if (fault !== null) return fault;
  }
  return null;
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
