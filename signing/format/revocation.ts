import { type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import type { Certificate } from "./certificate.ts";
import type { TrustAnchor } from "./chain.ts";
import type { Crl } from "./crl.ts";
import type { OcspResponse } from "./ocsp.ts";
import type { Primitives } from "./primitives.ts";

/**
 * Something that an authority said about its certificates.
 *
 * @property seenAt the earliest time at which it is proven to have existed: a timestamp over it, else now. Whoever signed
 *   it must have been entitled then; a key that was lost or let go later can date its words as it likes
 * @property source where it was found, told in reports
 */
export type RevocationEvidence<T> = { readonly value: T; readonly seenAt: Instant; readonly source: string };

export type RevocationFinding =
  | (Told & { readonly status: "good" })
  | (Told & {
      readonly status: "revoked";
      readonly revokedAt: Instant;
      /** CRLReason, RFC 5280 §5.3.1; null where it is not told. */
      readonly reason: number | null;
      /** When the key is believed to have been lost, RFC 5280 §5.3.2: it can be long before `revokedAt`. */
      readonly invalidityDate: Instant | null;
    })
  | { readonly status: "unknown"; readonly gap: RevocationGap };

type Told = {
  readonly source: string;
  readonly seenAt: Instant;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
};

/**
 * `nothing_found`: nobody says anything of this certificate. `unusable`: someone does who may not, or not readably.
 * `incomplete`: not for every reason or every certificate. `stale`: not of the time that was asked about.
 */
export type RevocationGap = "nothing_found" | "unusable" | "incomplete" | "stale";

export type RevocationQuestion = {
  readonly ocsps: readonly RevocationEvidence<OcspResponse>[];
  readonly crls: readonly RevocationEvidence<Crl>[];
  /** Certificates that may have signed evidence or stand above those that did; trusted for nothing. */
  readonly candidates: readonly Certificate[];
  /** The time about which the answer must speak: that of a signature, or now. */
  readonly asOf: Instant;
  readonly now: Instant;
  readonly primitives: Pick<Primitives, "digest" | "verify">;
  readonly weakAlgorithms?: "allowed";
  /** Certificates whose standing is being found out: what they sign cannot help. */
  readonly inQuestion?: readonly Certificate[];
};

/** A certificate below an anchor, with those above it, the anchor last. */
export type Placed = {
  readonly certificate: Certificate;
  readonly above: readonly Certificate[];
  readonly anchors: readonly TrustAnchor[];
};

// Clocks of good services differ by minutes; an answer without a next one speaks for a day (RFC 5019 §2.2.4 in the field).
const toleranceSeconds = 300;
const daySeconds = 24 * 3600;

const later = (instant: Instant, seconds: number): Instant => instantOfSeconds(secondsOf(instant) + seconds);

/** Whether what was said then speaks of `asOf`: said after it, or for a while that reaches it. */
export function speaksOf(
  { thisUpdate, nextUpdate }: { readonly thisUpdate: Instant; readonly nextUpdate: Instant | null },
  { asOf, now }: Pick<RevocationQuestion, "asOf" | "now">,
): boolean {
  if (thisUpdate > later(now, toleranceSeconds)) return false;
  return thisUpdate >= asOf || later(nextUpdate ?? later(thisUpdate, daySeconds), toleranceSeconds) >= asOf;
}

/**
 * Authorities forget certificates that have run out: an answer of later says "good" of those that were revoked as well,
 * unless it promises to keep them (RFC 6960 §4.4.4 archive cutoff, X.509 expiredCertsOnCRL).
 */
export function remembers(
  certificate: Certificate,
  { thisUpdate }: { readonly thisUpdate: Instant },
  keptSince: Instant | null,
): boolean {
  return thisUpdate <= certificate.notAfter || (keptSince !== null && keptSince <= certificate.notAfter);
}
