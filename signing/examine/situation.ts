import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import type { ChainFinding, TrustAnchor } from "../format/chain.ts";
import { carriesNothing } from "../format/cms-revocation.ts";
import type { HashName, Primitives } from "../format/primitives.ts";
import { type Evidence, evidenceIn, joinEvidence, noEvidence, type Proof } from "./evidence.ts";
import type { ExamineOptions } from "./examine.ts";
import type { FileDigests } from "./file-digests.ts";
import type { Integrity } from "./integrity.ts";
import type { OpenedPdf } from "./open.ts";
import type { FoundSignature } from "./signatures.ts";
import { type Standing, type StandingWorld, standingOf } from "./standing.ts";
import { checkTimestamp, type TimestampFinding, type TimestampQuestion } from "./timestamp.ts";

/** What is known of a file when one of its signatures is judged: those after it have been. */
export type Situation = {
  readonly opened: OpenedPdf;
  readonly options: ExamineOptions;
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  readonly digests: FileDigests;
  readonly primitives: Primitives;
  /** The earliest time at which these bytes are proven to have existed: now, or that of a later document timestamp. */
  readonly existedAt: Instant;
  /** Bytes from the start of the file that a sound document timestamp covers. */
  readonly timestampedEnd: number;
  /** What is known about revocation outside the signatures themselves; read when it is first asked for. */
  readonly evidence: () => Evidence;
  /** Later document timestamps that are believed. */
  readonly proofs: readonly Proof[];
};

export function timestampQuestion(
  token: Bytes,
  imprint: TimestampQuestion["imprint"],
  found: FoundSignature,
  situation: Situation,
): TimestampQuestion {
  const { anchors, intermediates, existedAt, options, evidence } = situation;
  const place = { end: found.range?.end ?? null, provenAt: null };
  return {
    ...{ token, imprint, anchors, at: existedAt, now: options.at },
    intermediates: [...intermediates, ...evidence().certificates],
    standing: (chain, carried) =>
      standingOf(chain, existedAt, joinEvidence(evidenceIn(carried, "cms", place), evidence()), worldOf(situation)),
  };
}

const worldOf = ({ anchors, intermediates, proofs, options, primitives }: Situation): StandingWorld => ({
  ...{ anchors, intermediates, proofs, primitives },
  now: options.at,
});

export async function standingOfSigner(
  chain: ChainFinding | null,
  found: FoundSignature,
  { signedData, signer }: Integrity,
  timestamps: readonly TimestampFinding[],
  provenTime: Instant | null,
  situation: Situation,
): Promise<Standing> {
  const place = { end: found.range?.end ?? null, provenAt: null };
  // What was signed is as old as the signature, and with it dated by its timestamp.
  const signed = { ...place, provenAt: earliest(timestamps) };
  const own = joinEvidence(
    evidenceIn(signer?.signedAttributes?.revocation ?? carriesNothing, "cms", signed),
    evidenceIn(signer?.unsignedRevocation ?? carriesNothing, "cms", place),
    evidenceIn(signedData?.revocation ?? carriesNothing, "cms", place),
    { ...noEvidence, certificates: signedData?.certificates ?? [] },
    situation.evidence(),
  );
  return await standingOf(chain, provenTime ?? situation.options.at, own, worldOf(situation));
}

export async function signatureTimestamps(
  at: FoundSignature,
  { signer }: Integrity,
  situation: Situation,
): Promise<readonly TimestampFinding[]> {
  const { primitives } = situation;
  if (signer === null) return [];
  const imprint = (hash: HashName) => primitives.digest(hash, signer.signature);
  const found: TimestampFinding[] = [];
  for (const token of signer.timestampTokens.slice(0, 4))
    found.push(await checkTimestamp(timestampQuestion(token, imprint, at, situation), primitives));
  return found;
}

/** The time that the oldest of those proves which are believed; null without. */
export function earliest(timestamps: readonly TimestampFinding[]): Instant | null {
  const times = timestamps.flatMap(({ status, time }) => (status === "valid" && time !== null ? [time] : []));
  return times.toSorted()[0] ?? null;
}
