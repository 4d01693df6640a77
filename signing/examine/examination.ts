import type { Instant, Sha256 } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import type { AnchorPurpose, ChainFinding } from "../format/chain.ts";
import type { RevocationGap } from "../format/revocation.ts";
import type { Change } from "./change.ts";
import type { OutcomeCode } from "./codes.ts";
import type { IntegrityFinding, Weakness } from "./integrity.ts";
import type { OpenFailure } from "./open.ts";
import type { StructureFault } from "./signatures.ts";
import type { TimestampFinding } from "./timestamp.ts";

/** EN 319 102-1 §5.1.3; FAILED is its TOTAL-FAILED. Null for a file without any trace of a signature. */
export type Indication = "PASSED" | "INDETERMINATE" | "FAILED";

/** EN 319 102-1 §5.1.3 table 5, those that are given here. */
export type SubIndication =
  | "FORMAT_FAILURE"
  | "HASH_FAILURE"
  | "SIG_CRYPTO_FAILURE"
  | "REVOKED"
  | "REVOKED_CA_NO_POE"
  | "NO_POE"
  | "SIG_CONSTRAINTS_FAILURE"
  | "CHAIN_CONSTRAINTS_FAILURE"
  | "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
  | "NO_SIGNING_CERTIFICATE_FOUND"
  | "NO_CERTIFICATE_CHAIN_FOUND"
  | "NOT_YET_VALID"
  | "OUT_OF_BOUNDS_NO_POE"
  | "REVOKED_NO_POE"
  | "SIGNED_DATA_NOT_FOUND"
  | "TRY_LATER"
  | "GENERIC";

/** `reason` is a stable word for machines; words for people live elsewhere. */
export type Status = {
  readonly status: Indication | null;
  readonly subIndication: SubIndication | null;
  readonly reason: string | null;
};

/**
 * The standing of one certificate at the time in question.
 *
 * @property source who was asked, by address; or where the answer was found: `dss` the document security store, `cms` the
 *   signature itself, `given` what the caller brought; null where there was none
 */
export type RevocationAnswer = {
  readonly status: "good" | "revoked" | "unknown";
  readonly source: string | null;
  readonly thisUpdate: Instant | null;
  readonly revokedAt: Instant | null;
  /** CRLReason, RFC 5280 §5.3.1. */
  readonly reason?: number | null;
  /** When the key is believed to have been lost, RFC 5280 §5.3.2. */
  readonly invalidityDate?: Instant | null;
  /** Why what was there led to no answer. */
  readonly gap?: RevocationGap;
};

export const revocationUnknown: RevocationAnswer = {
  status: "unknown",
  source: null,
  thisUpdate: null,
  revokedAt: null,
};

/** EN 319 142-1 §6.1; `CMS` is a sound signature that is not of a PAdES form; `TS` a document timestamp. */
export type Level = "CMS" | "B-B" | "B-T" | "B-LT" | "B-LTA" | "TS";

/** Everything that is known of one signature or document timestamp. */
export type ExaminedSignature = {
  readonly kind: "signature" | "document_timestamp";
  readonly fieldName: string;
  readonly subFilter: string | null;
  readonly signer: { readonly certificate: Certificate; readonly sha256: Sha256 } | null;
  /** Null where the chain ends nowhere, or in an anchor with more than one purpose: then an authority list may tell. */
  readonly role: AnchorPurpose | null;
  readonly claimedTime: Instant | null;
  /** Time of a timestamp whose authority is trusted. */
  readonly provenTime: Instant | null;
  readonly level: Level | null;
  /** Structure, digest and signature value hold for the signed revision. */
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly chain: ChainFinding | null;
  readonly revocation: RevocationAnswer;
  readonly faults: readonly StructureFault[];
  readonly finding: IntegrityFinding | null;
  readonly weaknesses: readonly Weakness[];
  readonly timestamps: readonly TimestampFinding[];
  readonly code: OutcomeCode;
  readonly verdict: Status;
  /** Bytes of the file: where the revision that this signature closes begins and ends. */
  readonly revision: { readonly from: number; readonly to: number } | null;
  readonly laterChanges: readonly Change[];
};

/** The document verdict of DESIGN decision 12 and all that led to it. */
export type Examination = {
  readonly documentSha256: Sha256;
  readonly lengthBytes: number;
  readonly code: OutcomeCode;
  readonly document: Status;
  /** Name of the rules that were applied. */
  readonly policy: string;
  readonly checkedAt: Instant;
  /** In the order in which they cover the file. */
  readonly signatures: readonly ExaminedSignature[];
  /**
   * Offset of the first byte after the last signature's revision that is neither evidence nor what carries it, comments
   * and idle updates counted; null where there is none. Harmless to a document, but DESIGN decision 5 lets only evidence
   * follow the agency's signature.
   */
  readonly foreignFrom: number | null;
  /** Why the file could not be read; null where it was. */
  readonly unreadable: OpenFailure["code"] | "too_complex" | null;
};
