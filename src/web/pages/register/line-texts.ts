import type { RegisterLine } from "../../../core/lists.ts";
import { type CorrectedPart, type Correction, differenceOf, textNow } from "../../../core/register-correction.ts";
import type { Period } from "../../../core/register-print.ts";
import { dayText, shortTimeText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import { registerEn } from "../../words/register.en.ts";
import { registerVi } from "../../words/register.vi.ts";

/** `200.000`, as sums are written in Vietnam. */
export const grouped = (dong: number): string => String(dong).replace(/\B(?=(\d{3})+$)/g, ".");

/** Column 5 of form SCT/BS: name, post, and the deed under which it was signed that day. LAW 3.3, AUTH-2. */
export const signerText = (line: RegisterLine): string =>
  [line.signerName, ...line.signerTitle, basisText(line.basis, registerVi)].filter((text) => text !== "").join(", ");

type BasisWords = Readonly<Record<"basis_authorisation" | "basis_assignment" | "basisDay", string>>;

/** `phân công số 01/QĐ-UBND ngày 01/11/2026`; nothing of an office. */
export function basisText(basis: RegisterLine["basis"], words: BasisWords): string {
  if (basis === null || basis.kind === "office" || basis.deed === null) return "";
  const { number, date } = basis.deed;
  const said = words[`basis_${basis.kind}`].replace("{number}", () => number);
  return date === null ? said : `${said}${words.basisDay.replace("{day}", dayText(date))}`;
}

/** Column 8 of form SCT/BS as it is printed and exported: the register is kept in Vietnamese. LAW 3.3. */
export const noteText = (line: RegisterLine): string =>
  [fateText(line), elsewhereText(line, "vi"), comparedText(line, registerVi)].filter((text) => text !== "").join("; ");

/** OFFSITE-1: place, hour and minute of what was certified elsewhere than at the office. */
export const elsewhereText = ({ elsewhere }: Pick<RegisterLine, "elsewhere">, language: Language): string =>
  elsewhere === null
    ? ""
    : { vi: registerVi, en: registerEn }[language].noteElsewhere
        .replace("{place}", () => elsewhere.place)
        .replace("{time}", shortTimeText(elsewhere.at, language));

/** AUTH-4: where who compared signed too, the rule by which that was so. */
export const comparedText = (
  { comparedBySigner }: Pick<RegisterLine, "comparedBySigner">,
  words: { readonly noteOwnComparison: string },
): string =>
  comparedBySigner === null
    ? ""
    : words.noteOwnComparison
        .replace("{number}", () => comparedBySigner.number)
        .replace("{day}", dayText(comparedBySigner.date));

function fateText({ form, annulment, status, voidReason }: RegisterLine): string {
  if (annulment !== null) {
    const decision = registerVi.noteDecision.replace("{number}", annulment.number);
    const head = annulment.kind === "annulled" ? registerVi.noteAnnulled : registerVi.noteSuperseded;
    return `${head}: ${decision.replace("{day}", dayText(annulment.date))}`;
  }
  if (status === "in_progress") return form === "paper" ? registerVi.noteAwaitsHand : registerVi.noteUnderWay;
  if (status !== "voided") return "";
  return `${registerVi.noteVoided}: ${voidReason === "year_changed" ? registerVi.noteYearChanged : (voidReason ?? "")}`;
}

/** Of an entry: which column, what it read before, why, who and when. LAW 3.4, REG-4. */
export const correctionText = (
  { ordinal, part, was, reads, reason, by, at }: Correction,
  words: CorrectionWords,
  language: "vi" | "en" = "vi",
): string => {
  const fills = {
    ordinal,
    column: words[`part_${part}`],
    was: shownAs(part, was),
    reads: shownAs(part, reads),
    reason,
  };
  return filled(words.noteCorrected, { ...fills, by, at: shortTimeText(at, language) });
};

type CorrectionWords = Readonly<Record<"noteCorrected" | `part_${CorrectedPart}`, string>>;

/** A sum as sums are written, an empty text as a dash. */
export const shownAs = (part: CorrectedPart, text: string): string =>
  text === "" ? "–" : part === "fee" ? grouped(Number(text)) : text;

const filled = (text: string, fills: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fills[name] ?? whole));

/**
 * What of a line counts in a period: its own month's as first written and as corrected until that month was signed; what
 * was corrected later counts, as a difference, where its entry is printed.
 */
export function amountIn(line: RegisterLine, part: "copies" | "fee", period: Period): number {
  const isOwn = line.printedOn.startsWith(period);
  if (line.status === "voided") return 0;
  const { copies, feeDong } = differenceOf(line.corrections.filter((one) => one.countedIn.startsWith(period)));
  const first = part === "copies" ? line.copies : line.feeDong;
  return (isOwn ? first : 0) + (part === "copies" ? copies : feeDong);
}

/** Heads and lines as a table of texts and numbers, for spreadsheets: names as they read today, every entry in the last column. */
export const exportTable = (
  period: Period,
  { lines, supplement }: { readonly lines: readonly RegisterLine[]; readonly supplement: readonly RegisterLine[] },
): (string | number)[][] => [
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
    registerVi.columnCorrections,
  ],
  ...[...lines, ...supplement].map((line) => [
    line.number,
    line.bookText,
    dayText(line.printedOn),
    textNow(line, "applicant"),
    textNow(line, "title"),
    textNow(line, "documentNumber"),
    signerText(line),
    amountIn(line, "copies", period),
    amountIn(line, "fee", period),
    line.printedOn.startsWith(period) ? noteText(line) : supplementText(line),
    line.corrections.map((one) => correctionText(one, registerVi)).join("; "),
  ]),
];

/** Of a line whose month was signed before it was corrected. */
export const supplementText = (line: RegisterLine): string =>
  filled(registerVi.noteSupplement, { month: line.printedOn.slice(0, 7).split("-").reverse().join("/") });
