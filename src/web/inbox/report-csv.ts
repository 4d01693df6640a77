import { withoutFormula } from "../spreadsheet/csv.ts";
import type { FiledFile, ReportOfFiles } from "../verification/filed-report.ts";

const columns = [
  "name",
  "sha256",
  "length_bytes",
  "code",
  "document_status",
  "certified_copy_status",
  "agency",
  "number",
  "says_vi",
  "says_en",
  "not_examined",
  "checked_at",
  "checked_by",
] as const;

/** RFC 4180 with a byte order mark, by which spreadsheets know that it is UTF-8. One row a file, in the report's order. */
export function reportCsv({ files, checkedAt, checkedBy }: ReportOfFiles): string {
  const rows = files.map((file) => [...factsOf(file), checkedAt, checkedBy ?? ""]);
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function factsOf({ name, sha256, lengthBytes, report, says, notExamined }: FiledFile): readonly string[] {
  const copy = report?.certifiedCopy;
  const known = copy !== undefined && copy.reason === null ? copy : null;
  return [
    name,
    sha256 ?? "",
    lengthBytes === null ? "" : String(lengthBytes),
    report?.code ?? "",
    report?.document.status ?? "",
    copy?.status ?? "",
    known?.agencyName ?? "",
    known === null ? "" : String(known.number),
    says.vi,
    says.en,
    notExamined ?? "",
  ];
}

/** A file's name is a stranger's text: begun like a formula, a spreadsheet would run it. */
function cell(text: string): string {
  return `"${withoutFormula(text).replaceAll('"', '""')}"`;
}
