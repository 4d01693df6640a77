import { type Bytes, equalBytes, type Instant, secondsOf } from "../../src/core/kernel.ts";
import { type Certificate, isValidAt } from "../format/certificate.ts";
import type { ChainFinding, TrustAnchor } from "../format/chain.ts";
import { signerCertificate } from "../format/cms.ts";
import type { CarriedRevocation } from "../format/cms-revocation.ts";
import { checkSigner } from "../format/cms-verify.ts";
import { oids } from "../format/oids.ts";
import type { HashName, Primitives } from "../format/primitives.ts";
import { mayTimestamp, parseTimestampToken, type TimestampToken } from "../format/tsp.ts";
import { type RevocationAnswer, revocationUnknown } from "./examination.ts";
import { findPastChain, settledChain } from "./past-chain.ts";
import { isRevoked, outlives, type Standing } from "./standing.ts";

/**
 * `valid`: the token is sound and its authority is trusted, so `time` is proven. `untrusted`: sound, but nobody vouches
 * for the clock. `weak`: rests on SHA-1 or a short key and is not counted. `unsupported`: an algorithm we lack.
 * `broken`: imprint or signature is wrong.
 */
export type TimestampStatus = "valid" | "untrusted" | "weak" | "unsupported" | "broken";

export type TimestampReason =
  | "token_unreadable"
  | "not_one_signer"
  | "time_in_future"
  | "imprint_differs"
  | "token_signature_wrong"
  | "authority_certificate_missing"
  | "authority_may_not_timestamp"
  | "authority_not_trusted"
  | "authority_revoked"
  | "algorithm_unknown"
  | "algorithm_weak";

export type TimestampFinding = {
  readonly status: TimestampStatus;
  readonly reason: TimestampReason | null;
  /** What the token says; proven only where the status is `valid`. */
  readonly time: Instant | null;
  readonly authority: Certificate | null;
  readonly chain: ChainFinding | null;
  /** Of the authority's own certificate. */
  readonly revocation: RevocationAnswer;
};

export type TimestampQuestion = {
  readonly token: Bytes;
  /** Digest of what the token must be about: the signature value, or the byte range of a document timestamp. */
  readonly imprint: (hash: HashName) => Bytes;
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  /** When the authority's certificate must have been valid: now, or a later time already proven. */
  readonly at: Instant;
  /** The time of the examination. */
  readonly now: Instant;
  /** What is known of the authority's path, with what the token itself carries. */
  readonly standing: (chain: ChainFinding, carried: CarriedRevocation) => Promise<Standing>;
};

// Clocks of good services differ by seconds; a token from the future proves nothing yet.
const clockToleranceSeconds = 60;

/** RFC 3161 §2.4.2 and Appendix A, EN 319 102-1 §5.4. */
export async function checkTimestamp(question: TimestampQuestion, primitives: Primitives): Promise<TimestampFinding> {
  const read = parseTimestampToken(question.token);
  const nobody = { time: null, authority: null, chain: null, revocation: revocationUnknown };
  if (!read.ok) return { status: "broken", reason: "token_unreadable", ...nobody };
  const token = read.value;
  const [signer, ...others] = token.signedData.signers;
  const candidates = [...token.signedData.certificates, ...question.intermediates];
  const authority = signer === undefined ? null : signerCertificate(signer, candidates);
  const said = { time: token.genTime, authority, chain: null, revocation: revocationUnknown };
  const imprint = imprintFault(token, question);
  if (imprint !== null) return { ...imprint, ...said };
  if (signer === undefined || authority === null)
    return { status: "broken", reason: "authority_certificate_missing", ...said };
  const digest = (hash: HashName) => primitives.digest(hash, token.content);
  const finding = await checkSigner(token.signedData, signer, authority, digest, primitives);
  if (finding === "algorithm_unknown") return { status: "unsupported", reason: "algorithm_unknown", ...said };
  if (finding !== "intact") return { status: "broken", reason: "token_signature_wrong", ...said };
  if (others.length > 0) return { status: "broken", reason: "not_one_signer", ...said };
  if (!mayTimestamp(authority)) return { status: "untrusted", reason: "authority_may_not_timestamp", ...said };
  const past = await findPastChain(
    {
      ...{ leaf: authority, candidates, anchors: question.anchors, purposes: ["timestamp"], at: question.at },
      extendedKeyUsage: oids.timeStamping,
    },
    question.now,
    primitives,
  );
  const standing = await question.standing(past.chain, token.signedData.revocation);
  const chain = settledChain(past, standing, question.at);
  const found = verdict(token, authority, chain, question.now);
  const isOver = found.status === "valid" && isEnded(standing, token, question.at);
  const judged = isOver ? { status: "untrusted" as const, reason: "authority_revoked" as const } : found;
  return { ...judged, ...said, chain, revocation: standing.leaf };
}

function isEnded({ leaf, authority }: Standing, { genTime }: TimestampToken, existedAt: Instant): boolean {
  const revoked = [...(isRevoked(leaf) ? [leaf] : []), ...(authority === null ? [] : [authority])];
  return revoked.some((one) => !outlives(one, genTime, existedAt));
}

function imprintFault(
  token: TimestampToken,
  { imprint }: TimestampQuestion,
): { status: TimestampStatus; reason: TimestampReason } | null {
  if (token.hash === null) return { status: "unsupported", reason: "algorithm_unknown" };
  return equalBytes(token.imprint, imprint(token.hash)) ? null : { status: "broken", reason: "imprint_differs" };
}

function verdict(
  token: TimestampToken,
  authority: Certificate,
  chain: ChainFinding,
  now: Instant,
): { status: TimestampStatus; reason: TimestampReason | null } {
  const { keyAlgorithm } = authority;
  const isShort = keyAlgorithm.kind === "rsa" && keyAlgorithm.bits < 2048;
  const isWeak = token.hash === "sha1" || token.signedData.signers[0]?.digestAlgorithm === "sha1" || isShort;
  if (isWeak) return { status: "weak", reason: "algorithm_weak" };
  if (secondsOf(token.genTime) > secondsOf(now) + clockToleranceSeconds)
    return { status: "untrusted", reason: "time_in_future" };
  // Whoever holds an authority's key later must not date what was before it had one.
  if (!isValidAt(authority, token.genTime)) return { status: "untrusted", reason: "authority_not_trusted" };
  return chain.trusted ? { status: "valid", reason: null } : { status: "untrusted", reason: "authority_not_trusted" };
}
