import type { Context } from "hono";
import type { CertifiedCopyVerdict } from "../../core/certified-copy.ts";
import type { Bytes, Instant, Result, Sha256 } from "../../core/kernel.ts";
import type { Language } from "../language.ts";
import type { WebEnv } from "../route.ts";

/** `examine --json`, version 1, as a report for a clerk's files carries it. */
export type FiledReport = {
  readonly version: 1;
  readonly documentSha256: Sha256;
  readonly code: string;
  readonly document: {
    readonly status: "PASSED" | "INDETERMINATE" | "FAILED" | null;
    readonly subIndication: string | null;
    readonly reason: string | null;
  };
  readonly certifiedCopy: CertifiedCopyVerdict;
  readonly policy: string;
  readonly trustListSequence: number | null;
  readonly checkedAt: Instant;
  readonly signatures: readonly FiledSignature[];
};

export type FiledSignature = {
  readonly signer: {
    readonly name: string;
    readonly subject: string;
    readonly issuer: string;
    readonly certificateSha256: Sha256;
  } | null;
  readonly role: "official" | "agency_seal" | "timestamp" | "public" | null;
  readonly claimedTime: Instant | null;
  readonly provenTime: Instant | null;
  readonly level: string | null;
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly revocation: { readonly status: string; readonly source: string | null; readonly thisUpdate: Instant | null };
  readonly revision: { readonly from: number; readonly to: number } | null;
  readonly laterChanges: readonly {
    readonly kind: string;
    readonly class: string;
    readonly at: string | number | null;
  }[];
};

/** A report with the length of the file it speaks of. */
export type ReportOfFile = { readonly report: FiledReport; readonly lengthBytes: number };

/**
 * `malformed`: no envelope of ours. `not_ours`: changed, or signed by another key. `too_old`: more than a day.
 * `unavailable`: the key has expired, or no timestamp is to be had now. `throttled`: one visitor asked for very many.
 */
export type ReportFailure =
  | { readonly code: "malformed" | "not_ours" | "too_old" | "busy" | "unavailable" }
  | { readonly code: "throttled"; readonly retryAfterSeconds: number };

/** The desk that signs reports. Nothing is stored: what it will be asked for travels with the visitor, signed. */
export type ReportDesk = {
  /** The envelope, RFC 7515 compact; null when the key cannot sign now. */
  readonly seal: (filed: ReportOfFile) => Promise<string | null>;
  /** Believes only what its own key signed within a day. */
  readonly open: (envelope: string) => Promise<Result<ReportOfFile, ReportFailure>>;
  /** The envelope as a file of JSON, RFC 7515 §7.2.2. */
  readonly json: (envelope: string) => string;
  /** Signed, PAdES B-T; bounded and counted against who asks. */
  readonly pdf: (c: Context<WebEnv>, filed: ReportOfFile, language: Language) => Promise<Result<Bytes, ReportFailure>>;
};
