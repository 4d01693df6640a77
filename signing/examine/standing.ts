import type { Instant } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import type { ChainFinding, TrustAnchor } from "../format/chain.ts";
import type { Primitives } from "../format/primitives.ts";
import type { RevocationFinding, RevocationQuestion } from "../format/revocation.ts";
import { checkRevocation } from "../format/revocation-check.ts";
import { datedBy, type Evidence, type Proof } from "./evidence.ts";
import { type RevocationAnswer, revocationUnknown } from "./examination.ts";

/** What the evidence at hand says of a path. @property authority the first above the leaf that was revoked */
export type Standing = { readonly leaf: RevocationAnswer; readonly authority: Revoked | null };
export type Revoked = RevocationAnswer & { readonly status: "revoked"; readonly revokedAt: Instant };

export type StandingWorld = {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  readonly proofs: readonly Proof[];
  readonly now: Instant;
  readonly primitives: Primitives;
};

/**
 * EN 319 102-1 §5.2.6, §5.6.2: each certificate of the path by what the file, its signatures and the caller hold, each
 * piece believed as of the time at which it is proven to have existed.
 *
 * @param asOf the time about which the answers must speak
 */
export async function standingOf(
  chain: ChainFinding | null,
  asOf: Instant,
  evidence: Evidence,
  { anchors, intermediates, proofs, now, primitives }: StandingWorld,
): Promise<Standing> {
  const isSilent = evidence.ocsps.length + evidence.crls.length === 0;
  if (chain === null || !chain.trusted || isSilent) return { leaf: revocationUnknown, authority: null };
  const candidates = [...intermediates, ...evidence.certificates];
  const question: RevocationQuestion = { ...datedBy(evidence, proofs, now), candidates, asOf, now, primitives };
  const answers: RevocationAnswer[] = [];
  for (const [depth, certificate] of chain.path.slice(0, -1).entries()) {
    const placed = { certificate, above: chain.path.slice(depth + 1), anchors };
    answers.push(answerOf(await checkRevocation(placed, question)));
  }
  const [leaf, ...authorities] = answers;
  return { leaf: leaf ?? revocationUnknown, authority: authorities.find(isRevoked) ?? null };
}

export const isRevoked = (answer: RevocationAnswer): answer is Revoked =>
  answer.status === "revoked" && answer.revokedAt !== null;

function answerOf(finding: RevocationFinding): RevocationAnswer {
  if (finding.status === "unknown") return { ...revocationUnknown, gap: finding.gap };
  const { status, source, thisUpdate } = finding;
  if (status === "good") return { status, source, thisUpdate, revokedAt: null };
  const { revokedAt, reason, invalidityDate } = finding;
  return { status, source, thisUpdate, revokedAt, reason, invalidityDate };
}

const lossesOfKeys: ReadonlySet<number | null | undefined> = new Set([1, 2, 10]);

/** From when on a signature by this key proves nothing: where it was lost, that can be before anyone revoked it. */
export function endOf({ revokedAt, reason, invalidityDate }: Revoked): Instant {
  const lostAt = lossesOfKeys.has(reason) ? (invalidityDate ?? null) : null;
  return lostAt !== null && lostAt < revokedAt ? lostAt : revokedAt;
}

// unspecified, affiliationChanged, superseded, cessationOfOperation
const harmless: ReadonlySet<number | null | undefined> = new Set([0, 3, 4, 5]);

/**
 * RFC 3161 §4: whether tokens outlive their authority's certificate. One that is proven to be older than the revocation
 * does; else only where the reason was told and leaves the key unharmed, and only those that were dated before.
 *
 * @param existedAt the earliest time at which the token is proven to have existed
 */
export function outlives(revoked: Revoked, genTime: Instant, existedAt: Instant): boolean {
  return existedAt < endOf(revoked) || (harmless.has(revoked.reason) && genTime < revoked.revokedAt);
}

/**
 * What the caller learnt by asking, beside what is at hand. Who is revoked anywhere is revoked; an answer of today about a
 * certificate that has run out says less than the evidence of its time.
 */
export function combined(asked: RevocationAnswer, found: RevocationAnswer, leaf: Certificate, now: Instant) {
  if (isRevoked(asked) || isRevoked(found)) return isRevoked(asked) ? asked : found;
  const isLate = now > leaf.notAfter;
  if (asked.status === "good" && !(isLate && found.status === "good")) return asked;
  return found.status === "good" || found.gap !== undefined ? found : asked;
}
