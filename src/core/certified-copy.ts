import type { Instant, Sha256 } from "./kernel.ts";
import type { ListedAgency, ListedCertificate } from "./key-list.ts";

/** What an examination says of one signature or document timestamp; the rest of it is not the core's business. */
export type SignatureFacts = {
  readonly kind: "signature" | "document_timestamp";
  readonly certificateSha256: Sha256 | null;
  /** Structure, digest and signature value hold. */
  readonly intact: boolean;
  /** The chain ends in a configured anchor. */
  readonly trusted: boolean;
  readonly provenTime: Instant | null;
  readonly status: "PASSED" | "INDETERMINATE" | "FAILED" | null;
  /** What was done to the file after it. */
  readonly laterChanges: readonly { readonly kind: string; readonly class: string }[];
};

export type CopyFacts = {
  /** The file was signed and is so damaged that no signature of it can be reached. */
  readonly isBroken: boolean;
  /** In the order in which they cover the file. */
  readonly signatures: readonly SignatureFacts[];
  /** Offset of the first byte after the last signature that is not evidence, even an idle one; null where there is none. */
  readonly foreignFrom: number | null;
  /** SHA-256 and length of the bytes up to the end of the second signature's revision; DESIGN decision 5. */
  readonly identity: { readonly digest: Sha256; readonly lengthBytes: number } | null;
};

/** The published record that was found for the copy, already proven to be in the log. */
export type MatchingRecord = {
  readonly identity: { readonly digest: Sha256; readonly lengthBytes: number };
  /** `unknown`: no status list that is still good; never taken for `issued` */
  readonly status: "issued" | "annulled" | "superseded" | "unknown";
  readonly number: number;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly sealedAt: Instant;
  /** Whether this service itself keeps the register that the number is in. */
  readonly isOurs: boolean;
};

/** Why a file is surely no certified copy: it was changed, or it is well signed but something else. */
export type NotReason =
  | "not_signed"
  | "signed_content_changed"
  | "changed_after_sealing"
  | "not_two_signatures"
  | "officer_not_listed"
  | "seal_not_listed"
  | "agencies_differ"
  | "record_of_another_copy";

/** Why nothing can be said. */
export type UnknownReason =
  | "signer_not_recognised"
  | "time_not_proven"
  | "signature_not_passed"
  | "record_missing"
  | "identity_missing"
  | "status_unknown";

type Issued = {
  readonly agencyId: string;
  readonly agencyName: string;
  readonly number: number;
  readonly sealedAt: Instant;
};

/** The second verdict of DESIGN decision 12, never merged with the verdict on the document. */
export type CertifiedCopyVerdict =
  | ({ readonly status: "issued_here" | "issued_by" | "annulled" | "superseded"; readonly reason: null } & Issued)
  | { readonly status: "not_a_certified_copy"; readonly reason: NotReason }
  | { readonly status: "unknown"; readonly reason: UnknownReason };

const not = (reason: NotReason): CertifiedCopyVerdict => ({ status: "not_a_certified_copy", reason });
const unknown = (reason: UnknownReason): CertifiedCopyVerdict => ({ status: "unknown", reason });

/**
 * NĐ 45/2020 Art. 10(3): the officer's signature, then the agency's, both by certificates that the authority list
 * names at the proven time, nothing after them but evidence, and a record that tells this very file.
 *
 * The order of the questions is the order of harm: a changed file is told changed before anything else is asked of it,
 * and a record cannot make good what the signatures do not carry.
 */
export function certifiedCopyVerdict(
  copy: CopyFacts,
  authorities: readonly ListedAgency[],
  record: MatchingRecord | null,
): CertifiedCopyVerdict {
  const signatures = copy.signatures.filter(({ kind }) => kind === "signature");
  return (
    changed(signatures, copy) ??
    unproven(signatures) ??
    unlisted(signatures, authorities) ??
    recorded(copy, signatures, authorities, record)
  );
}

function changed(
  signatures: readonly SignatureFacts[],
  { isBroken, signatures: all }: CopyFacts,
): CertifiedCopyVerdict | null {
  if (signatures.length === 0) return not(isBroken ? "signed_content_changed" : "not_signed");
  if (signatures.some(({ intact }) => !intact)) return not("signed_content_changed");
  const hasForbidden = all.some(({ laterChanges }) => laterChanges.some((change) => change.class === "forbidden"));
  return hasForbidden ? not("changed_after_sealing") : null;
}

function unproven(signatures: readonly SignatureFacts[]): CertifiedCopyVerdict | null {
  if (signatures.some(({ trusted }) => !trusted)) return unknown("signer_not_recognised");
  if (signatures.length !== 2) return not("not_two_signatures");
  if (signatures.some(({ provenTime }) => provenTime === null)) return unknown("time_not_proven");
  return null;
}

function unlisted(
  [officer, agency]: readonly SignatureFacts[],
  authorities: readonly ListedAgency[],
): CertifiedCopyVerdict | null {
  const officers = authorities.filter((authority) => lists(authority, officer, "official"));
  // One certificate listed for both acts would let one person do both, DESIGN decision 9.
  const isOneHand = officer?.certificateSha256 === agency?.certificateSha256;
  const seals = authorities.filter((authority) => !isOneHand && lists(authority, agency, "agency_seal"));
  if (officers.length === 0) return not("officer_not_listed");
  if (seals.length === 0) return not("seal_not_listed");
  return seals.some((seal) => officers.includes(seal)) ? null : not("agencies_differ");
}

function lists(
  authority: ListedAgency,
  signature: SignatureFacts | undefined,
  role: ListedCertificate["role"],
): boolean {
  const time = signature?.provenTime ?? null;
  if (signature === undefined || time === null) return false;
  return authority.certificates.some(
    (listed) =>
      listed.sha256 === signature.certificateSha256 &&
      listed.role === role &&
      listed.from <= time &&
      (listed.to === null || time < listed.to),
  );
}

function recorded(
  copy: CopyFacts,
  signatures: readonly SignatureFacts[],
  authorities: readonly ListedAgency[],
  record: MatchingRecord | null,
): CertifiedCopyVerdict {
  if (copy.foreignFrom !== null || !isOnlySealed(signatures)) return not("changed_after_sealing");
  if (signatures.some(({ status }) => status !== "PASSED")) return unknown("signature_not_passed");
  if (copy.identity === null) return unknown("identity_missing");
  if (record === null) return unknown("record_missing");
  const isSame =
    record.identity.digest === copy.identity.digest && record.identity.lengthBytes === copy.identity.lengthBytes;
  if (!isSame) return not("record_of_another_copy");
  const [officer, seal] = signatures;
  const agency = authorities.find(({ agencyId }) => agencyId === record.agencyId);
  const isTheirs = agency !== undefined && lists(agency, officer, "official") && lists(agency, seal, "agency_seal");
  if (!isTheirs) return not("agencies_differ");
  return told(record);
}

function told(record: MatchingRecord): CertifiedCopyVerdict {
  const { agencyId, agencyName, number, sealedAt } = record;
  if (record.status === "unknown") return unknown("status_unknown");
  const status = record.status === "issued" ? (record.isOurs ? "issued_here" : "issued_by") : record.status;
  return { status, reason: null, agencyId, agencyName, number, sealedAt };
}

/** After the officer only the agency's signature, after the agency only evidence and what declares it. */
function isOnlySealed([officer, agency]: readonly SignatureFacts[]): boolean {
  const isEvidence = (change: { kind: string; class: string }) =>
    change.class === "evidence" || change.kind === "extensions_changed";
  const afterOfficer = (officer?.laterChanges ?? []).filter((change) => !isEvidence(change));
  const [only, ...others] = afterOfficer;
  return only?.kind === "signature_added" && others.length === 0 && (agency?.laterChanges ?? []).every(isEvidence);
}
