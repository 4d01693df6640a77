import type { ProvenRecord } from "../../core/record-proof.ts";
import { numberText } from "../../core/register.ts";
import type { StandingOnDay } from "../../core/status/annulment.ts";
import type { StandingRecord } from "../../core/status/standing.ts";
import { groupedCode, type VerificationCode } from "../../core/verification-code.ts";
import type { Gaps } from "../design/skeleton.ts";
import { dayText, timeText } from "../design/time.ts";
import type { Language } from "../language.ts";
import type { DayAnswer } from "./status-lines.tsx";
import { successorFills } from "./successor-fills.ts";

/** What decides which lines a record's page has; few values each, so that a page has few shapes. */
export type RecordShape = {
  readonly language: Language;
  /** Whether the page's address asks for something, as for a day. */
  readonly asks: boolean;
  readonly development: boolean;
  readonly status: StandingRecord["status"];
  readonly isDecided: boolean;
  /** Whether the decision names the copy in its place. */
  readonly isReplaced: boolean;
  /** Whether that could not be read now. */
  readonly isSuccessorUnread: boolean;
  readonly hasPaperNumber: boolean;
  readonly issued: "unknown" | "by" | "on";
  readonly isTimed: boolean;
  readonly day: StandingOnDay | "fault" | null;
  readonly isCosigned: boolean;
  readonly awaitsWitnesses: boolean;
  readonly hasWitnesses: boolean;
};

/** What stands in those lines: the record's own words. */
export const recordGapNames = [
  ...(["path", "query", "code", "codeText", "agency", "asOf"] as const),
  ...(["decisionNumber", "decisionDate", "decidedBy", "decisionReason"] as const),
  ...(["newNumber", "newBook", "newDate"] as const),
  ...(["kind", "paperNumber", "issuedBy", "issuedOn", "holder", "signer", "time", "number", "numberText"] as const),
  ...(["book", "pages", "dayAsked", "dayText"] as const),
  ...(["logIndex", "logSize", "logTime", "cosignedCount", "cosignedNames", "awaitedCount"] as const),
] as const;

export type RecordGaps = Gaps<(typeof recordGapNames)[number]>;

export type ShownRecord = {
  readonly language: Language;
  /** see `Frame.address` */
  readonly address: string;
  readonly development: boolean;
  readonly code: VerificationCode;
  readonly record: StandingRecord;
  readonly proven: ProvenRecord;
  readonly day: DayAnswer;
};

export function recordShape({ language, address, development, record, proven, day }: ShownRecord): RecordShape {
  const { cosigned, quorum } = proven.witnessed;
  return {
    language,
    asks: address.includes("?"),
    development: development || record.development,
    status: record.status,
    isDecided: record.decision !== null,
    isReplaced: record.successor !== undefined,
    isSuccessorUnread: record.isSuccessorUnread === true,
    hasPaperNumber: record.paper.numberMasked !== "",
    issued: issuedShape(record),
    isTimed: record.asOf !== null,
    day: day === null ? null : day.day === null ? "fault" : day.standing,
    isCosigned: cosigned.length > 0,
    awaitsWitnesses: cosigned.length < quorum,
    hasWitnesses: quorum > 0,
  };
}

function issuedShape({ paper }: StandingRecord): RecordShape["issued"] {
  if (paper.issuedOn !== null) return "on";
  return paper.issuedBy === "" ? "unknown" : "by";
}

/** One plain literal: put together from parts it would take ten times as long, and every page asks for it. */
export function recordGaps({ language, address, code, record, proven, day }: ShownRecord): RecordGaps {
  const { paper, decision } = record;
  const { cosigned, quorum } = proven.witnessed;
  const border = address.includes("?") ? address.indexOf("?") : address.length;
  const dayAsked = day?.day ?? null;
  const { newNumber, newBook, newDate } = successorFills(record.successor);
  return {
    path: address.slice(0, border),
    query: address.slice(border + 1),
    code,
    codeText: groupedCode(code),
    agency: record.agency.name,
    asOf: record.asOf === null ? "" : timeText(record.asOf, language),
    decisionNumber: decision?.number ?? "",
    decisionDate: decision === null ? "" : dayText(decision.date),
    decidedBy: decision?.by ?? "",
    decisionReason: decision?.reason ?? "",
    newNumber,
    newBook,
    newDate,
    kind: paper.kind,
    paperNumber: paper.numberMasked,
    issuedBy: paper.issuedBy,
    issuedOn: paper.issuedOn === null ? "" : dayText(paper.issuedOn),
    holder: record.holderInitials,
    signer: signerText(record),
    time: timeText(record.sealedAt, language),
    number: String(record.number),
    numberText: numberText(record.number),
    book: record.book.text,
    pages: String(record.pageCount),
    dayAsked: dayAsked ?? "",
    dayText: dayAsked === null ? "" : dayText(dayAsked),
    logIndex: String(proven.leafIndex + 1), // people count from 1
    logSize: String(proven.treeSize),
    logTime: timeText(proven.loggedAt, language),
    cosignedCount: String(cosigned.length),
    cosignedNames: cosigned.join(", "),
    awaitedCount: String(Math.max(0, quorum - cosigned.length)),
  };
}

const signerText = ({ signer: { name, title } }: StandingRecord): string => [name, title].filter(Boolean).join(", ");

/** Tells shapes apart. */
export const shapeKey = (shape: RecordShape): string => {
  const { language, status, issued, day, asks, development, isDecided, hasPaperNumber, isTimed, isReplaced } = shape;
  const lines = `${asks} ${development} ${isDecided} ${isReplaced} ${shape.isSuccessorUnread} ${hasPaperNumber} ${isTimed}`;
  return `${language} ${status} ${issued} ${day} ${lines} ${shape.isCosigned} ${shape.awaitsWitnesses} ${shape.hasWitnesses}`;
};
