import type { RegisterLine } from "../../../core/lists.ts";
import { dayText } from "../../design/time.ts";
import { registerVi } from "../../words/register.vi.ts";

/** `200.000`, as sums are written in Vietnam. */
export const grouped = (dong: number): string => String(dong).replace(/\B(?=(\d{3})+$)/g, ".");

/** Column 8 of form SCT/BS as it is printed and exported: the register is kept in Vietnamese. LAW 3.3. */
export function noteText({ annulment, status, voidReason }: RegisterLine): string {
  if (annulment !== null) {
    const decision = registerVi.noteDecision.replace("{number}", annulment.number);
    const head = annulment.kind === "annulled" ? registerVi.noteAnnulled : registerVi.noteSuperseded;
    return `${head}: ${decision.replace("{day}", dayText(annulment.date))}`;
  }
  if (status === "in_progress") return registerVi.noteAwaitsSignature;
  if (status !== "voided") return "";
  return `${registerVi.noteVoided}: ${voidReason === "year_changed" ? registerVi.noteYearChanged : (voidReason ?? "")}`;
}

/** Heads and lines as a table of texts and numbers, for spreadsheets. */
export const exportTable = (lines: readonly RegisterLine[]): (string | number)[][] => [
  [
    registerVi.columnNumber,
    "Quyển số",
    registerVi.columnDate,
    registerVi.columnApplicant,
    registerVi.columnPaper,
    "Số của giấy tờ",
    registerVi.columnSigner,
    registerVi.columnCopies,
    registerVi.columnFee,
    registerVi.columnNote,
  ],
  ...lines.map((line) => [
    line.number,
    line.bookText,
    dayText(line.printedOn),
    line.applicantName,
    line.title,
    line.documentNumber ?? "",
    [line.signerName, ...line.signerTitle].join(", "),
    line.status === "voided" ? 0 : line.copies,
    line.status === "voided" ? 0 : line.feeDong,
    noteText(line),
  ]),
];
