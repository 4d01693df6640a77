import { concatBytes, hexOf, type Instant, type Sha256 } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import type { AnchorPurpose, ChainFinding } from "../format/chain.ts";
import type { HashName, Primitives } from "../format/primitives.ts";
import type { Change } from "./change.ts";
import { codeOfSignature } from "./codes.ts";
import { type ExaminedSignature, type RevocationAnswer, revocationUnknown, type Status } from "./examination.ts";
import type { ExamineOptions } from "./examine.ts";
import type { Stretch } from "./file-digests.ts";
import { checkIntegrity, type Integrity, unreadable } from "./integrity.ts";
import { levelOf } from "./level.ts";
import { findPastChain, type PastChain, settledChain } from "./past-chain.ts";
import type { FoundSignature } from "./signatures.ts";
import { earliest, type Situation, signatureTimestamps, standingOfSigner, timestampQuestion } from "./situation.ts";
import { combined, type Standing } from "./standing.ts";
import { instantOfDate } from "./text.ts";
import { checkTimestamp, type TimestampFinding } from "./timestamp.ts";
import { verdictOf } from "./verdict.ts";

export async function examineOne(
  found: FoundSignature,
  laterChanges: readonly Change[],
  situation: Situation,
): Promise<ExaminedSignature> {
  return found.kind === "document_timestamp"
    ? await examineTimestamp(found, laterChanges, situation)
    : await examineSignature(found, laterChanges, situation);
}

async function examineSignature(
  found: FoundSignature,
  laterChanges: readonly Change[],
  situation: Situation,
): Promise<ExaminedSignature> {
  const { primitives, options } = situation;
  const integrity = await integrityOf(found, situation);
  const { finding, weaknesses, certificate, signer } = integrity;
  const timestamps = await signatureTimestamps(found, integrity, situation);
  // A later document timestamp proves no more than that the signature is not younger than it.
  const provenTime = earliest(timestamps) ?? (situation.existedAt < options.at ? situation.existedAt : null);
  const past = certificate === null ? null : await signerChain(certificate, integrity, provenTime, situation);
  const standing = await standingOfSigner(past?.chain ?? null, found, integrity, timestamps, provenTime, situation);
  const chain = past && settledChain(past, standing, provenTime ?? options.at);
  const revocation = await askRevocation(chain, standing, options);
  const { faults } = found;
  const statuses = timestamps.map(({ status }) => status);
  const code = codeOfSignature({ faults, finding, changes: laterChanges, timestamps: statuses, weaknesses });
  const revocationRequired = options.revocationRequired === true;
  const intact = faults.length === 0 && finding === "intact";
  const isPast = certificate !== null && options.at > certificate.notAfter;
  const { authority } = standing;
  const judged = {
    ...{ code, faults, finding, changes: laterChanges, chain, revocation, provenTime, revocationRequired },
    ...{ authority, isPast },
  };
  return {
    ...common(found, certificate, primitives),
    role: roleOf(chain),
    claimedTime: signer?.signedAttributes?.signingTime ?? instantOfDate(found.claimedDate),
    provenTime: intact ? provenTime : null,
    level: intact ? levelOf(found, integrity, timestamps, { chain, standing: standing.leaf }, situation) : null,
    intact,
    trusted: intact && chain?.trusted === true,
    chain,
    revocation,
    finding,
    weaknesses,
    timestamps,
    code,
    verdict: verdictOf(judged),
    revision: revisionOf(found, situation),
    laterChanges,
  };
}

async function examineTimestamp(
  found: FoundSignature,
  laterChanges: readonly Change[],
  situation: Situation,
): Promise<ExaminedSignature> {
  const { digests, primitives } = situation;
  const imprint = (hash: HashName) => digests(hash, stretchesOf(found));
  const isJudged = found.contents !== null && found.faults.length === 0;
  const timestamp = isJudged
    ? await checkTimestamp(timestampQuestion(found.contents, imprint, found, situation), primitives)
    : null;
  const timestamps = timestamp === null ? [] : [timestamp];
  const intact = timestamp !== null && timestamp.status !== "broken" && timestamp.status !== "unsupported";
  const code = codeOfSignature({
    faults: found.faults,
    finding: "intact",
    changes: laterChanges,
    timestamps: timestamps.map(({ status }) => status),
    weaknesses: [],
  });
  const chain = timestamp?.chain ?? null;
  const { faults } = found;
  return {
    ...common(found, timestamp?.authority ?? null, primitives),
    role: chain?.trusted === true ? "timestamp" : null,
    claimedTime: timestamp?.time ?? null,
    provenTime: timestamp?.status === "valid" ? timestamp.time : null,
    level: intact ? "TS" : null,
    intact,
    trusted: timestamp?.status === "valid",
    chain,
    revocation: timestamp?.revocation ?? revocationUnknown,
    finding: null,
    weaknesses: [],
    timestamps,
    code,
    verdict:
      code === "TIMESTAMP_BAD"
        ? broken(timestamp)
        : verdictOf({
            code,
            faults,
            finding: null,
            changes: laterChanges,
            chain,
            revocation: revocationUnknown,
            authority: null,
            isPast: false,
            provenTime: null,
            revocationRequired: false,
          }),
    revision: revisionOf(found, situation),
    laterChanges,
  };
}

const broken = (timestamp: TimestampFinding | null): Status => ({
  status: "INDETERMINATE",
  subIndication: "SIG_CONSTRAINTS_FAILURE",
  reason: timestamp?.reason ?? "token_unreadable",
});

function common(found: FoundSignature, certificate: Certificate | null, primitives: Primitives) {
  const { kind, fieldName, subFilter, faults } = found;
  const sha256 = certificate === null ? null : (hexOf(primitives.digest("sha256", certificate.raw)) as Sha256);
  return {
    kind,
    fieldName,
    subFilter,
    faults,
    signer: certificate === null || sha256 === null ? null : { certificate, sha256 },
  };
}

function stretchesOf({ range }: FoundSignature): readonly Stretch[] {
  if (range === null) return [];
  return [
    { from: 0, to: range.gapStart },
    { from: range.gapEnd, to: range.end },
  ];
}

async function integrityOf(found: FoundSignature, { opened, digests, primitives }: Situation): Promise<Integrity> {
  // A lying structure is worthless whatever its hash says; the bytes are not even hashed.
  if (found.contents === null || found.range === null || found.faults.length > 0) return unreadable;
  const stretches = stretchesOf(found);
  const signed = {
    cms: found.contents,
    subFilter: found.subFilter,
    content: () => concatBytes(...stretches.map(({ from, to }) => opened.file.bytes.subarray(from, to))),
    digest: (name: HashName) => digests(name, stretches),
  };
  return await checkIntegrity(signed, primitives);
}

async function signerChain(
  leaf: Certificate,
  { signedData }: Integrity,
  provenTime: Instant | null,
  { anchors, intermediates, primitives, options, evidence }: Situation,
): Promise<PastChain> {
  const candidates = [...(signedData?.certificates ?? []), ...intermediates, ...evidence().certificates];
  const at = provenTime ?? options.at;
  return await findPastChain(
    { leaf, candidates, anchors, purposes: ["official", "agency_seal", "public"], at },
    options.at,
    primitives,
  );
}

function roleOf(chain: ChainFinding | null): AnchorPurpose | null {
  if (chain === null || !chain.trusted) return null;
  const [only, ...others] = chain.purposes;
  return others.length === 0 ? (only ?? null) : null;
}

async function askRevocation(
  chain: ChainFinding | null,
  { leaf: found, authority }: Standing,
  options: ExamineOptions,
): Promise<RevocationAnswer> {
  const [certificate, issuer] = chain?.trusted === true ? chain.path : [];
  if (options.revocation === undefined || certificate === undefined || issuer === undefined) return found;
  const asked = await options.revocation(certificate, issuer, options.at);
  // What is said today under an authority that was revoked may be the word of a thief.
  if (authority !== null && asked.status === "good") return found;
  return combined(asked, found, certificate, options.at);
}

function revisionOf(found: FoundSignature, { opened }: Situation): { from: number; to: number } | null {
  if (found.range === null || found.revision === null) return null;
  return { from: opened.file.revisions[found.revision - 1]?.end ?? 0, to: found.range.end };
}
