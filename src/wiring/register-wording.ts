import type { RegisterColumn, RegisterRow, RegisterToCompose } from "../../signing/compose/register-to-compose.ts";
import type { LocalDate } from "../core/kernel.ts";
import type { RegisterLine } from "../core/lists.ts";
import { numberText } from "../core/register.ts";
import { isYear, type Period, type PeriodTotals } from "../core/register-print.ts";
import { dayText } from "../web/design/time.ts";
import { grouped, noteText, signerText } from "../web/pages/register/line-texts.ts";
import { registerVi } from "../web/words/register.vi.ts";

export const printTitle = "SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH";

type PrintTable = Pick<RegisterToCompose, "columns" | "rows" | "totals">;
type Book = { readonly text: string; readonly openedOn: LocalDate; readonly closedOn: LocalDate | null };

const column = (head: string, widthMm: number, align: RegisterColumn["align"] = "left") => ({ head, widthMm, align });

/** The columns of form SCT/BS in its order. LAW 3.3. */
const monthColumns = [
  column(registerVi.columnNumber, 17, "right"),
  column(registerVi.columnDate, 24),
  column(registerVi.columnApplicant, 44),
  column(registerVi.columnPaper, 62),
  column(registerVi.columnSigner, 42),
  column(registerVi.columnCopies, 19, "right"),
  column(registerVi.columnFee, 19, "right"),
  column(registerVi.columnNote, 25),
];

export const monthTable = (lines: readonly RegisterLine[], totals: PeriodTotals): PrintTable => ({
  columns: monthColumns,
  rows: lines.map(monthRow),
  totals: {
    texts: ["", "Cộng", "", countsText(totals), "", String(totals.copies), grouped(totals.feeDong), ""],
    struck: false,
  },
});

function monthRow(line: RegisterLine): RegisterRow {
  const isVoided = line.status === "voided";
  const paper = line.documentNumber === null ? line.title : `${line.title}, số ${line.documentNumber}`;
  return {
    texts: [
      numberText(line.number),
      dayText(line.printedOn),
      line.applicantName,
      paper,
      signerText(line),
      isVoided ? "0" : String(line.copies),
      isVoided ? "0" : grouped(line.feeDong),
      noteText(line),
    ],
    struck: isVoided,
  };
}

const yearColumns = [
  column("Tháng", 30),
  column("Từ số", 30, "right"),
  column("Đến số", 30, "right"),
  column("Số đã chứng thực", 34, "right"),
  column("Số không dùng", 32, "right"),
  column("Bị hủy giá trị hoặc thay thế", 32, "right"),
  column("Số bản sao", 30, "right"),
  column("Phí chứng thực (đồng)", 34, "right"),
];

/** The year's closing: each month in a line, the total of the year below. NĐ 23/2015 Art. 13(1). */
export const yearTable = (months: readonly PeriodTotals[], totals: PeriodTotals): PrintTable => ({
  columns: yearColumns,
  rows: months.map((month) => yearRow(month, monthText(month.period))),
  totals: yearRow(totals, "Cả năm"),
});

const yearRow = (totals: PeriodTotals, head: string): RegisterRow => ({
  texts: [
    head,
    totals.firstNumber === null ? "–" : numberText(totals.firstNumber),
    totals.lastNumber === null ? "–" : numberText(totals.lastNumber),
    String(totals.issued),
    String(totals.voided),
    String(totals.annulled),
    String(totals.copies),
    grouped(totals.feeDong),
  ],
  struck: false,
});

/** Below the title: books, period, days of opening and closing. LAW 3.3, cover. */
export function aboutOf(period: Period, books: readonly Book[]): string[] {
  const opened = books.map(({ openedOn }) => dayText(openedOn)).join(", ");
  const closed = books.flatMap(({ closedOn }) => (closedOn === null ? [] : [dayText(closedOn)])).join(", ");
  return [
    ...(books.length === 0 ? [] : [`Quyển số: ${books.map(({ text }) => text).join(", ")}`]),
    isYear(period) ? `Khóa sổ năm ${period}` : `Bản in tháng ${monthText(period)}`,
    ...(opened === "" ? [] : [`Ngày mở sổ: ${opened}`]),
    ...(closed === "" ? [] : [`Ngày khóa sổ: ${closed}`]),
  ];
}

/** What the signature confirms. */
export function closingOf(totals: PeriodTotals): string[] {
  const { period, firstNumber, lastNumber, copies, feeDong } = totals;
  const whole = isYear(period) ? `Năm ${period}` : `Tháng ${monthText(period)}`;
  const numbers =
    firstNumber === null || lastNumber === null
      ? ""
      : `, từ số ${numberText(firstNumber)} đến số ${numberText(lastNumber)}`;
  return [
    `${whole}: ${countsText(totals)}${numbers}; ${copies} bản sao; phí chứng thực ${grouped(feeDong)} đồng.`,
    "Số liệu được in từ sổ chứng thực điện tử; mỗi số giữ nguyên trong sổ, kể cả số không dùng và bản sao bị hủy giá trị.",
  ];
}

const countsText = ({ issued, voided }: PeriodTotals): string =>
  `${issued + voided} số, ${issued} số đã chứng thực, ${voided} số không dùng`;

const monthText = (month: Period): string => month.split("-").reverse().join("/");
