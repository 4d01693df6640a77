import { equalBytes, type Instant } from "../../src/core/kernel.ts";
import type { Certificate } from "./certificate.ts";
import { searchPath } from "./chain-search.ts";
import type { AssertedPolicy } from "./path-rules.ts";
import type { PolicyInputs } from "./policy-graph.ts";
import type { Primitives } from "./primitives.ts";

/** What an anchor is trusted for; configuration, never taken from a document (DESIGN decision 12). */
export type AnchorPurpose = "official" | "agency_seal" | "timestamp" | "public";
export type TrustAnchor = { readonly certificate: Certificate; readonly purpose: AnchorPurpose };

export type ChainReason =
  | "no_anchor_reached"
  | "certificate_expired"
  | "certificate_not_yet_valid"
  | "certificate_malformed"
  | "issuer_not_a_ca"
  | "path_too_long"
  | "key_usage_forbids"
  | "critical_extension_unknown"
  | "name_constraints_broken"
  | "policy_missing"
  | "algorithm_weak"
  /** The question's own `accepts` said no. */
  | "path_refused"
  | "search_limit_reached";

/** `path` runs from the leaf to the anchor; in a failure it is the best that was found, at least the leaf. */
export type ChainFinding =
  | {
      readonly trusted: true;
      readonly purposes: readonly AnchorPurpose[];
      readonly path: readonly Certificate[];
      /** What holds for the leaf, RFC 5280 §6.1.6; empty where the path asserts none. */
      readonly policies: readonly AssertedPolicy[];
    }
  | { readonly trusted: false; readonly reason: ChainReason; readonly path: readonly Certificate[] };

export type ChainQuestion = {
  readonly leaf: Certificate;
  /** Untrusted hints, in any order. */
  readonly candidates: readonly Certificate[];
  readonly anchors: readonly TrustAnchor[];
  readonly purposes: readonly AnchorPurpose[];
  readonly at: Instant;
  /** What the leaf's key did; absent: signed a document, or a token where the purpose is `timestamp`. */
  readonly use?: "sign" | "crl" | "any";
  /** A purpose of RFC 5280 §4.2.1.12 that neither the leaf nor an authority above it may be without, where it has a list. */
  readonly extendedKeyUsage?: string;
  /** RFC 5280 §6.1.1 (c), (e)-(g); absent: any policy will do, none is asked for. */
  readonly policies?: PolicyInputs;
  /** Keys and digests whose time had passed at `at` are refused unless this is said: for test suites. */
  readonly weakAlgorithms?: "allowed";
  /** The last word on a path that holds otherwise: revocation, a profile. Another path is looked for where it says no. */
  readonly accepts?: (path: readonly Certificate[]) => Promise<boolean>;
};

/**
 * Builds and validates a path, RFC 5280 §6, RFC 9618, RFC 4158: names, signatures, validity at `at`, basic constraints,
 * path length, key usage, name constraints, policies, critical extensions, age of algorithms. Among several issuers each
 * is tried, within bounds. An anchor is believed as it is (§6.1.1 (d)), even when it is the leaf itself; its own dates,
 * path length and name constraints are held against it all the same (RFC 5937 §3), its policies are not.
 */
export async function findChain(
  question: ChainQuestion,
  primitives: Pick<Primitives, "verify">,
): Promise<ChainFinding> {
  const anchors = question.anchors.filter(({ purpose }) => question.purposes.includes(purpose));
  const certificates = anchors.map(({ certificate }) => certificate);
  const found = await searchPath(question, certificates, primitives);
  if (!found.ok) return { trusted: false, ...found.failure };
  const { path, anchor, policies } = found.value;
  const own = anchors.filter(({ certificate }) => equalBytes(certificate.raw, anchor.raw));
  return { trusted: true, purposes: [...new Set(own.map(({ purpose }) => purpose))], path, policies };
}
