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

/** What was checked: a file, what it was called, and what was found, or why nothing was. Nothing sent is left out. */
export type FiledFile = {
  /** As whoever sent it called it; not checked, and free of signs that would mislead. */
  readonly name: string;
  /** Null where the file was not read. */
  readonly sha256: Sha256 | null;
  readonly lengthBytes: number | null;
  readonly notExamined: NotExamined | null;
  /** The sentence of the page, in both languages. */
  readonly says: { readonly vi: string; readonly en: string };
  /** What the copy was held against; null where no record of it was known. */
  readonly against: CheckedAgainst | null;
  /** `examine --json`, version 1, whole; null where `notExamined` says why. */
  readonly report: FiledReport | null;
};

/**
 * Why nothing is said of a file. `too_long`: more was found than a report holds. `record_unproven`: its record cannot be
 * believed now. `out_of_time`: those before it took all the time that one request gets.
 */
export type NotExamined =
  | "empty"
  | "too_large"
  | "too_many"
  | "out_of_time"
  | "busy"
  | "stopped"
  | "record_unproven"
  | "too_long";

/** The checkpoint under which the copy's leaf was proven, and the status at that time. */
export type CheckedAgainst = {
  readonly log: {
    readonly origin: string;
    readonly treeSize: number;
    /** Base 64, as the checkpoint writes it. */
    readonly rootHash: string;
    readonly leafIndex: number;
  };
  readonly status: { readonly list: string; readonly index: number; readonly asOf: Instant | null };
};

/** A report of one or several files, version 2. The order of the keys is part of the format. */
export type ReportOfFiles = {
  readonly version: 2;
  readonly checkedAt: Instant;
  /** As whoever asked for the report typed it: not checked, and kept nowhere else. */
  readonly checkedBy: string | null;
  /** The duty of who receives copies, NĐ 23/2015 Art. 6(2). */
  readonly duty: { readonly vi: string; readonly en: string };
  readonly files: readonly FiledFile[];
};

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
  readonly seal: (filed: ReportOfFiles) => Promise<string | null>;
  /** Believes only what its own key signed within a day. */
  readonly open: (envelope: string) => Promise<Result<ReportOfFiles, ReportFailure>>;
  /** The envelope as a file of JSON, RFC 7515 §7.2.2. */
  readonly json: (envelope: string) => string;
  /** Signed, PAdES B-T; bounded and counted against who asks. */
  readonly pdf: (c: Context<WebEnv>, filed: ReportOfFiles, language: Language) => Promise<Result<Bytes, ReportFailure>>;
};
