import type { VerificationWord } from "../words/verification.vi.ts";
import type { Tone } from "./layout.tsx";

/** The part of an examination report that the page reads. The page adds nothing to it and hides nothing of it. */
export type UploadReport = {
  /** outcome code of the document, such as TAMPERED */
  readonly code: string;
  readonly document: { readonly status: "PASSED" | "INDETERMINATE" | "FAILED" | null };
  readonly certifiedCopy: { readonly status: CertifiedCopyStatus };
  readonly signatures: readonly {
    readonly signer: string | null;
    readonly intact: boolean;
    readonly trusted: boolean;
    /** PAdES baseline level, ETSI EN 319 142-1: B-B, B-T, B-LT or B-LTA */
    readonly level: string;
  }[];
};

export type CertifiedCopyStatus =
  | "issued_here"
  | "issued_by"
  | "annulled"
  | "superseded"
  | "not_a_certified_copy"
  | "unknown";

/** Whether the file is the one that a record tells of, by the copy's identity (DESIGN decision 5). */
export type RecordMatch = "same_copy" | "another_copy" | "no_record";

/** The one sentence about an upload. */
export type UploadAnswer =
  | "good"
  | "annulled"
  | "superseded"
  | "altered"
  | "changed_after"
  | "unknown_issuer"
  | "not_certified"
  | "another_copy"
  | "needs_code"
  | "undecided"
  | "unsigned"
  | "unreadable";

const brokenCodes = ["TAMPERED", "BAD_STRUCTURE", "BROKEN_CMS"];
const unreadableCodes = ["PARSE_ONLY", "ENCRYPTED"];

/**
 * Damage first, then the register, then trust: a file that was changed is never called anything kinder, and a good
 * signature on something else is never called good (DESIGN decision 12).
 */
export function answerOf(report: UploadReport, match: RecordMatch): UploadAnswer {
  const damage = damageOf(report);
  if (damage !== null) return damage;
  if (report.certifiedCopy.status === "not_a_certified_copy") {
    return report.signatures.every((signature) => signature.trusted) ? "not_certified" : "unknown_issuer";
  }
  if (match === "another_copy") return "another_copy";
  return standingOf(report, match);
}

function damageOf({ code, document }: UploadReport): UploadAnswer | null {
  if (unreadableCodes.includes(code)) return "unreadable";
  if (code === "UNSIGNED") return "unsigned";
  if (code === "MODIFIED_AFTER") return "changed_after";
  return brokenCodes.includes(code) || document.status === "FAILED" ? "altered" : null;
}

function standingOf({ certifiedCopy, document, signatures }: UploadReport, match: RecordMatch): UploadAnswer {
  const { status } = certifiedCopy;
  if (status === "annulled" || status === "superseded") return status;
  if (signatures.some((signature) => !signature.trusted)) return "unknown_issuer";
  const isIssued = status === "issued_here" || status === "issued_by";
  if (isIssued) return document.status === "PASSED" ? "good" : "undecided";
  return match === "no_record" ? "needs_code" : "undecided";
}

type Telling = { readonly tone: Tone; readonly sentence: VerificationWord; readonly next: VerificationWord };

export const tellingOf: Readonly<Record<UploadAnswer, Telling>> = {
  good: { tone: "good", sentence: "answerGood", next: "answerGoodNext" },
  annulled: { tone: "bad", sentence: "answerAnnulled", next: "answerAnnulledNext" },
  superseded: { tone: "care", sentence: "answerSuperseded", next: "answerSupersededNext" },
  altered: { tone: "bad", sentence: "answerAltered", next: "answerAlteredNext" },
  changed_after: { tone: "bad", sentence: "answerChangedAfter", next: "answerChangedAfterNext" },
  unknown_issuer: { tone: "care", sentence: "answerUnknownIssuer", next: "answerUnknownIssuerNext" },
  not_certified: { tone: "neutral", sentence: "answerNotCertified", next: "answerNotCertifiedNext" },
  another_copy: { tone: "bad", sentence: "answerAnotherCopy", next: "answerAnotherCopyNext" },
  needs_code: { tone: "neutral", sentence: "answerNeedsCode", next: "answerNeedsCodeNext" },
  undecided: { tone: "care", sentence: "answerUndecided", next: "answerUndecidedNext" },
  unsigned: { tone: "care", sentence: "answerUnsigned", next: "answerUnsignedNext" },
  unreadable: { tone: "care", sentence: "answerUnreadable", next: "answerUnreadableNext" },
};
