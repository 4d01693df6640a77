import type { Instant } from "../../core/kernel.ts";
import { base64Of } from "../../core/log/base64.ts";
import { statusFileOf } from "../../core/status/status-list.ts";
import type { Fills } from "../design/speech.ts";
import type { VerificationWord } from "../words/verification.vi.ts";
import type { CheckedAgainst, FiledFile, FiledReport, NotExamined, ReportOfFiles } from "./filed-report.ts";
import type { StandingProof } from "./find-record.ts";
import { speechIn } from "./speech.ts";

/** A file of the answer, as the page and its report tell it. */
export type FileToTell = Pick<FiledFile, "name" | "sha256" | "lengthBytes"> & {
  readonly sentence: VerificationWord;
  readonly fills: Fills;
  readonly found: StandingProof | null;
  readonly notExamined: NotExamined | null;
  /** Null where it was not examined, or where more was found than a report of one file holds. */
  readonly filed: FiledReport | null;
};

/** A report travels in a form field: together its files are at most this long. */
const mostLetters = 256 * 1024;

/** What travels with the visitor, unsigned yet; null where it would say nothing of any file. */
export function reportOfFiles(files: readonly FileToTell[], checkedAt: Instant): ReportOfFiles | null {
  let letters = 0;
  const filed = files.map((file) => {
    const whole = filedFile(file, file.filed);
    letters += JSON.stringify(whole).length;
    // Whole or not at all: one that left changes out would say more good of the file than there is.
    return letters > mostLetters ? filedFile(file, null) : whole;
  });
  if (filed.every(({ report }) => report === null)) return null;
  return { version: 2, checkedAt, checkedBy: null, duty: inBoth("duty"), files: filed };
}

function filedFile({ name, sha256, lengthBytes, ...file }: FileToTell, report: FiledReport | null): FiledFile {
  const notExamined = file.notExamined ?? (report === null ? "too_long" : null);
  const says = report === null && file.notExamined === null ? inBoth("fileTooLong") : inBoth(file.sentence, file.fills);
  const against = file.found === null || report === null ? null : againstOf(file.found);
  return { name, sha256, lengthBytes, notExamined, says, against, report };
}

const inBoth = (word: VerificationWord, fills?: Fills) => ({
  vi: speechIn("vi").say(word, fills),
  en: speechIn("en").say(word, fills),
});

const againstOf = ({ record: { statusIndex, asOf }, proven }: StandingProof): CheckedAgainst => ({
  log: {
    origin: proven.checkpoint.origin,
    treeSize: proven.treeSize,
    rootHash: base64Of(proven.checkpoint.root),
    leafIndex: proven.leafIndex,
  },
  status: { list: `status/${statusFileOf(statusIndex)}`, index: statusIndex, asOf },
});
