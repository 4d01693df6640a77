import type { CertifiedCopyVerdict, NotReason, UnknownReason } from "../../core/certified-copy.ts";
import type { StandingRecord } from "../../core/status/standing.ts";
import type { Tone } from "../design/icons.tsx";
import type { Fills } from "../design/speech.ts";
import type { VerificationWord } from "../words/verification.vi.ts";
import type { NotExamined } from "./filed-report.ts";
import { successorFills } from "./successor-fills.ts";

/** The part of an examination report that the page reads. The page adds nothing to it and hides nothing of it. */
export type UploadReport = {
  /** outcome code of the document, such as TAMPERED */
  readonly code: string;
  readonly document: { readonly status: "PASSED" | "INDETERMINATE" | "FAILED" | null };
  readonly certifiedCopy: Pick<CertifiedCopyVerdict, "status" | "reason">;
  readonly signatures: readonly {
    readonly signer: { readonly name: string } | null;
    readonly intact: boolean;
    readonly trusted: boolean;
    /** PAdES baseline level, ETSI EN 319 142-1: B-B, B-T, B-LT or B-LTA; TS for a document timestamp */
    readonly level: string | null;
  }[];
};

export type CertifiedCopyStatus = CertifiedCopyVerdict["status"];

/** The one sentence about an upload. */
export type UploadAnswer =
  | "good"
  | "annulled"
  | "superseded"
  | "altered"
  | "damaged"
  | "changed_after"
  | "unknown_issuer"
  | "not_certified"
  | "another_copy"
  | "needs_code"
  | "needs_network"
  | "status_unknown"
  | "undecided"
  | "unsigned"
  | "unreadable";

const damageByCode: Readonly<Record<string, UploadAnswer>> = {
  PARSE_ONLY: "unreadable",
  ENCRYPTED: "unreadable",
  UNSIGNED: "unsigned",
  TAMPERED: "altered",
  BAD_STRUCTURE: "altered",
  BROKEN_CMS: "altered",
  MODIFIED_AFTER: "changed_after",
};

const answerByReason: Readonly<Record<NotReason | UnknownReason, UploadAnswer>> = {
  not_signed: "unsigned",
  signed_content_changed: "altered",
  changed_after_sealing: "changed_after",
  not_two_signatures: "not_certified",
  officer_not_listed: "not_certified",
  seal_not_listed: "not_certified",
  agencies_differ: "not_certified",
  record_of_another_copy: "another_copy",
  signer_not_recognised: "unknown_issuer",
  record_missing: "needs_code",
  status_unknown: "status_unknown",
  time_not_proven: "undecided",
  signature_not_passed: "undecided",
  identity_missing: "undecided",
};

/**
 * Damage first, then the second verdict's own reason: a file that was changed is never called anything kinder, and a
 * good signature on something else is never called good (DESIGN decision 12).
 */
export function answerOf({ code, document, certifiedCopy, signatures }: UploadReport): UploadAnswer {
  if (signatures.length === 0 && document.status === "FAILED") return "damaged";
  const damage = damageByCode[code];
  if (damage !== undefined) return damage;
  if (document.status === "FAILED") return "altered";
  if (certifiedCopy.reason !== null) return answerByReason[certifiedCopy.reason];
  if (certifiedCopy.status === "annulled" || certifiedCopy.status === "superseded") return certifiedCopy.status;
  return document.status === "PASSED" ? "good" : "undecided";
}

type Telling = { readonly tone: Tone; readonly sentence: VerificationWord; readonly next: VerificationWord };

export const tellingOf: Readonly<Record<UploadAnswer, Telling>> = {
  good: { tone: "good", sentence: "answerGood", next: "answerGoodNext" },
  annulled: { tone: "bad", sentence: "answerAnnulled", next: "answerAnnulledNext" },
  superseded: { tone: "care", sentence: "answerSuperseded", next: "answerSupersededNext" },
  damaged: { tone: "bad", sentence: "answerDamaged", next: "answerAlteredNext" },
  altered: { tone: "bad", sentence: "answerAltered", next: "answerAlteredNext" },
  changed_after: { tone: "bad", sentence: "answerChangedAfter", next: "answerChangedAfterNext" },
  unknown_issuer: { tone: "care", sentence: "answerUnknownIssuer", next: "answerUnknownIssuerNext" },
  not_certified: { tone: "neutral", sentence: "answerNotCertified", next: "answerNotCertifiedNext" },
  another_copy: { tone: "bad", sentence: "answerAnotherCopy", next: "answerAnotherCopyNext" },
  needs_code: { tone: "neutral", sentence: "answerNeedsCode", next: "answerNeedsCodeNext" },
  status_unknown: { tone: "care", sentence: "answerStatusUnknown", next: "answerStatusUnknownNext" },
  needs_network: { tone: "neutral", sentence: "answerNeedsNetwork", next: "answerNeedsNetworkNext" },
  undecided: { tone: "care", sentence: "answerUndecided", next: "answerUndecidedNext" },
  unsigned: { tone: "care", sentence: "answerUnsigned", next: "answerUnsignedNext" },
  unreadable: { tone: "care", sentence: "answerUnreadable", next: "answerUnreadableNext" },
};

/** The same with what fills it; a replaced copy's names the one in its place, where its decision does. */
export function toldOf(answer: UploadAnswer, record: StandingRecord | null): Telling & { readonly fills: Fills } {
  const { successor } = record ?? {};
  const fills = { agency: record?.agency.name ?? "", ...successorFills(successor) };
  const isNamed = answer === "superseded" && successor !== undefined;
  const words = isNamed ? ({ sentence: "answerReplaced", next: "answerReplacedNext" } as const) : {};
  return { ...tellingOf[answer], ...words, fills };
}

/** The sentence about signatures and content. */
export function documentWord({ document }: Pick<UploadReport, "document">): VerificationWord {
  if (document.status === null) return "documentNone";
  if (document.status === "PASSED") return "documentPassed";
  return document.status === "FAILED" ? "documentFailed" : "documentIndeterminate";
}

export const badgeOf = {
  good: "statusRight",
  bad: "statusRefuse",
  care: "statusCare",
  neutral: "statusNeutral",
} as const satisfies Record<Tone, VerificationWord>;

/** Why nothing is said of a file of several. */
export const notExaminedWord: Readonly<Record<NotExamined, VerificationWord>> = {
  empty: "fileEmpty",
  too_large: "fileTooLarge",
  too_many: "fileTooMany",
  out_of_time: "fileOutOfTime",
  busy: "fileBusy",
  stopped: "stoppedTitle",
  record_unproven: "fileUnproven",
  too_long: "fileTooLong",
};
