import type { Instant, Sha256 } from "../../src/core/kernel.ts";
import type { Change } from "./change.ts";
import type { Examination, ExaminedSignature } from "./examination.ts";
import type { CopyIdentity } from "./identity.ts";

/** `examine --json`, version 1. The order of the keys is part of the format. */
export type Report<CertifiedCopy extends { readonly status: string }> = {
  readonly version: 1;
  readonly documentSha256: Sha256;
  readonly code: Examination["code"];
  readonly document: Examination["document"];
  readonly certifiedCopy: CertifiedCopy;
  readonly policy: string;
  readonly trustListSequence: number | null;
  readonly checkedAt: Instant;
  readonly signatures: readonly ReportedSignature[];
};

export type ReportedSignature = {
  readonly signer: {
    readonly name: string;
    readonly subject: string;
    readonly issuer: string;
    readonly certificateSha256: Sha256;
  } | null;
  readonly role: ExaminedSignature["role"];
  readonly claimedTime: Instant | null;
  readonly provenTime: Instant | null;
  readonly level: ExaminedSignature["level"];
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly revocation: { readonly status: string; readonly source: string | null; readonly thisUpdate: Instant | null };
  /** Bytes: where the revision that this signature closes begins and ends. */
  readonly revision: ExaminedSignature["revision"];
  readonly laterChanges: readonly Change[];
};

/**
 * @param certifiedCopy the second verdict, as the core tells it
 * @param trustListSequence of the list that the anchors came from; null where they came from files
 */
export function reportOf<CertifiedCopy extends { readonly status: string }>(
  examination: Examination,
  certifiedCopy: CertifiedCopy,
  trustListSequence: number | null,
): Report<CertifiedCopy> {
  return {
    version: 1,
    documentSha256: examination.documentSha256,
    code: examination.code,
    document: examination.document,
    certifiedCopy,
    policy: examination.policy,
    trustListSequence,
    checkedAt: examination.checkedAt,
    signatures: examination.signatures.map(reported),
  };
}

function reported(signature: ExaminedSignature): ReportedSignature {
  const { role, claimedTime, provenTime, level, intact, trusted, revocation, revision, laterChanges } = signature;
  const { status, source, thisUpdate } = revocation;
  return {
    signer: signerOf(signature),
    role,
    claimedTime,
    provenTime,
    level,
    intact,
    trusted,
    revocation: { status, source, thisUpdate },
    revision,
    laterChanges,
  };
}

function signerOf({ signer }: ExaminedSignature): ReportedSignature["signer"] {
  if (signer === null) return null;
  const { subject, issuer } = signer.certificate;
  return {
    name: subject.commonName ?? subject.text,
    subject: subject.text,
    issuer: issuer.text,
    certificateSha256: signer.sha256,
  };
}

/** What the verdict on certified copies asks of an examination. */
export function copyFactsOf(examination: Examination, identity: CopyIdentity | null) {
  return {
    isBroken: examination.signatures.length === 0 && examination.document.status === "FAILED",
    signatures: examination.signatures.map((signature) => ({
      kind: signature.kind,
      certificateSha256: signature.signer?.sha256 ?? null,
      intact: signature.intact,
      trusted: signature.trusted,
      provenTime: signature.provenTime,
      status: signature.verdict.status,
      laterChanges: signature.laterChanges,
    })),
    foreignFrom: examination.foreignFrom,
    identity: identity === null ? null : { digest: identity.sha256, lengthBytes: identity.lengthBytes },
  };
}
