import type { Instant } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import type { ChainFinding, TrustAnchor } from "../format/chain.ts";
import type { Primitives } from "../format/primitives.ts";
import type { Placed, RevocationFinding, RevocationQuestion } from "../format/revocation.ts";
import { checkRevocation } from "../format/revocation-check.ts";
import { datedBy, type Evidence, type Proof } from "./evidence.ts";
import { type RevocationAnswer, revocationUnknown } from "./examination.ts";

/**
 * What the evidence at hand says of a path.
 *
 * @property authority the first above the leaf that was revoked
 * @property path an answer for each certificate below the anchor, the leaf first
 * @property controlTime up to when the path speaks for itself, EN 319 102-1 §5.6.2.2; the present where nothing ended it
 */
export type Standing = {
  readonly leaf: RevocationAnswer;
  readonly authority: Revoked | null;
  readonly path: readonly RevocationAnswer[];
  readonly controlTime: Instant;
};
export type Revoked = RevocationAnswer & { readonly status: "revoked"; readonly revokedAt: Instant };

export type StandingWorld = {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  readonly proofs: readonly Proof[];
  readonly now: Instant;
  readonly primitives: Primitives;
};

/**
 * EN 319 102-1 §5.2.6, and the sliding of §5.6.2.2: from the anchor down, each certificate by what the file, its signatures
 * and the caller hold, each piece believed as of the time at which it is proven to have existed. A revocation ends the
 * control time; below it "good" counts only where it is proven to have been said before, since whoever stole the key of a
 * revoked authority can say so of anybody, with any date. "Revoked" counts whenever it was said.
 *
 * @param asOf the time about which the answers must speak: freshness (§5.2.5) is measured at it, not at the control time
 */
export async function standingOf(
  chain: ChainFinding | null,
  asOf: Instant,
  evidence: Evidence,
  { anchors, intermediates, proofs, now, primitives }: StandingWorld,
): Promise<Standing> {
  const isSilent = evidence.ocsps.length + evidence.crls.length === 0;
  if (chain === null || !chain.trusted || isSilent) return nothingKnown(now);
  const candidates = [...intermediates, ...evidence.certificates];
  const question: RevocationQuestion = { ...datedBy(evidence, proofs, now), candidates, asOf, now, primitives };
  const path: RevocationAnswer[] = [];
  let controlTime = now;
  for (const [depth, certificate] of [...chain.path.slice(0, -1).entries()].toReversed()) {
    const placed = { certificate, above: chain.path.slice(depth + 1), anchors };
    const answer = answerOf(await findingBefore(controlTime, placed, question));
    path.unshift(answer);
    if (isRevoked(answer) && endOf(answer) < controlTime) controlTime = endOf(answer);
  }
  const [leaf, ...authorities] = path;
  return { leaf: leaf ?? revocationUnknown, authority: authorities.find(isRevoked) ?? null, path, controlTime };
}

const nothingKnown = (now: Instant): Standing => ({
  leaf: revocationUnknown,
  authority: null,
  path: [],
  controlTime: now,
});

/** §5.6.2.2 (2) (a): the set of proofs must hold one of the answer at or before the control time. */
async function findingBefore(
  controlTime: Instant,
  placed: Placed,
  question: RevocationQuestion,
): Promise<RevocationFinding> {
  const finding = await checkRevocation(placed, question);
  if (finding.status !== "good" || controlTime >= question.now) return finding;
  const existed = ({ seenAt }: { readonly seenAt: Instant }) => seenAt <= controlTime;
  const { ocsps, crls } = question;
  return await checkRevocation(placed, { ...question, ocsps: ocsps.filter(existed), crls: crls.filter(existed) });
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
