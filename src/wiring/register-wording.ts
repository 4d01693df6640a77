import type { RegisterColumn, RegisterRow, RegisterToCompose } from "../../signing/compose/register-to-compose.ts";
import type { LocalDate } from "../core/kernel.ts";
import type { RegisterLine } from "../core/lists.ts";
import { numberText } from "../core/register.ts";
import { type CorrectedPart, type Correction, textNow } from "../core/register-correction.ts";
import { isYear, type Period, type PeriodTotals } from "../core/register-print.ts";
import { dayText, shortTimeText } from "../web/design/time.ts";
import { grouped, noteText, shownAs, signerText, supplementText } from "../web/pages/register/line-texts.ts";
import { registerVi } from "../web/words/register.vi.ts";

export const printTitle = "SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH";

type PrintTable = Pick<RegisterToCompose, "columns" | "rows" | "totals">;
type Book = { readonly text: string; readonly openedOn: LocalDate; readonly closedOn: LocalDate | null };

const column = (head: string, widthMm: number, align: RegisterColumn["align"] = "left") => ({ head, widthMm, align });

/** The columns of form SCT/BS in its order. LAW 3.3. The note has room for reasons. */
const monthColumns = [
  column(registerVi.columnNumber, 16, "right"),
  column(registerVi.columnDate, 23),
  column(registerVi.columnApplicant, 41),
  column(registerVi.columnPaper, 55),
  column(registerVi.columnSigner, 42),
  column(registerVi.columnCopies, 18, "right"),
  column(registerVi.columnFee, 19, "right"),
  column(registerVi.columnNote, 38),
];

/** @param supplement lines of months that were signed before, corrected in this one: they follow the month's own */
export const monthTable = (
  lines: readonly RegisterLine[],
  supplement: readonly RegisterLine[],
  totals: PeriodTotals,
): PrintTable => ({
  columns: monthColumns,
  rows: [
    ...lines.map((line) => monthRow(line, totals.period)),
    ...(supplement.length === 0 ? [] : [supplementHead]),
    ...supplement.map((line) => monthRow(line, totals.period)),
  ],
  totals: {
    texts: ["", "Cộng", "", countsText(totals), "", String(totals.copies), grouped(totals.feeDong), ""],
    struck: false,
  },
});

const supplementHead: RegisterRow = {
  texts: ["", "", "", "SỬA DÒNG CỦA THÁNG ĐÃ KÝ BẢN IN", "", "", "", ""],
  struck: false,
};

function monthRow(line: RegisterLine, period: Period): RegisterRow {
  const shown = line.corrections.filter(({ countedIn }) => countedIn === period);
  const asShown = { ...line, corrections: line.corrections.filter(({ countedIn }) => countedIn <= period) };
  const was = (...parts: readonly CorrectedPart[]) =>
    shown.flatMap((one) => (parts.includes(one.part) ? [shownAs(one.part, one.was)] : []));
  return {
    texts: [
      numberText(line.number),
      dayText(line.printedOn),
      textNow(asShown, "applicant"),
      paperText(textNow(asShown, "title"), textNow(asShown, "documentNumber")),
      signerText(line),
      amountText(asShown, "copies"),
      amountText(asShown, "fee"),
      rowNote(line, shown, period),
    ],
    struck: line.status === "voided",
    was: [[], [], was("applicant"), was("title", "documentNumber"), [], was("copies"), was("fee"), []],
  };
}

const paperText = (title: string, number: string): string => (number === "" ? title : `${title}, số ${number}`);

const amountText = (line: RegisterLine, part: "copies" | "fee"): string =>
  line.status === "voided" ? "0" : shownAs(part, textNow(line, part));

/** Column 8: what became of the line, and who corrected what, when and why; the old text stands struck in its column. */
const rowNote = (line: RegisterLine, shown: readonly Correction[], period: Period): string =>
  [
    line.printedOn.startsWith(period) ? noteText(line) : supplementText(line),
    ...shown.map((one) => correctionNote(one)),
  ]
    .filter((text) => text !== "")
    .join("; ");

const correctionNote = ({ ordinal, part, reason, by, at }: Correction): string =>
  `Sửa lần ${ordinal}, ${registerVi[`part_${part}`]}: ${reason} (${by}, ${shortTimeText(at, "vi")})`;

const yearColumns = [
  column("Tháng", 30),
  column("Từ số", 30, "right"),
  column("Đến số", 30, "right"),
  column("Số đã chứng thực", 34, "right"),
  column("Số đã bỏ", 32, "right"),
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
  const { corrections } = totals;
  return [
    `${whole}: ${countsText(totals)}${numbers}; ${copies} bản sao; phí chứng thực ${grouped(feeDong)} đồng.`,
    ...(corrections === 0
      ? []
      : [
          `Có ${corrections} lần sửa dòng; số bản sao và phí đã cộng phần chênh lệch, kể cả của dòng thuộc tháng đã ký.`,
        ]),
    "Số liệu được in từ sổ chứng thực điện tử; mỗi số giữ nguyên trong sổ, kể cả số đã bỏ và bản sao bị hủy giá trị.",
  ];
}

/** Of a draft also what is still in progress; of what is signed there is none. */
const countsText = ({ issued, voided, inProgress }: PeriodTotals): string =>
  `${issued + voided + inProgress} số, ${issued} số đã chứng thực, ${voided} số đã bỏ${inProgress === 0 ? "" : `, ${inProgress} số đang làm`}`;

const monthText = (month: Period): string => month.split("-").reverse().join("/");
