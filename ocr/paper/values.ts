import { dateInFigures, dateInWords, dateText, dateWithStrokes, exists } from "./dates.ts";
import type { Form } from "./field-specs.ts";
import { fold } from "./fold.ts";
import { isTaxCode } from "./numbers.ts";

/** Names of what is looked at; a failed one means "look again" and refuses nothing. */
export type CheckName =
  | "date_exists"
  | "twelve_digits"
  | "number_fits_person"
  | "tax_code_digit"
  | "words_equal_figures"
  | "dates_in_order"
  | "mrz_digits"
  | "mrz_equals"
  | "code_equals"
  | "form"
  | "read_with_confidence";

export type Check = { readonly check: CheckName; readonly passed: boolean };

type Read = { readonly value: string; readonly normalised: string; readonly checks: readonly Check[] };

/** What was printed, its normal form by the field's form, and whether it can be so. Nothing that was read is changed in `value`. */
export function readValue(printed: string, form: Form): Read {
  const text = printed
    .replace(/^[\s:;.…_-]+/u, "")
    .replace(/(?<![\s;…_])[\s;…_]+$|(?<!\.)\.{2,}$/gu, "")
    .normalize("NFC");
  const plain =
    form === "place" || form === "text" || form === "name" ? text.replace(/(?<![\s,.;:])[\s,.;:]+$/u, "") : text;
  return { value: plain, ...normal(plain, form) };
}

function normal(text: string, form: Form): Omit<Read, "value"> {
  switch (form) {
    case "date":
      return dateOf(text);
    case "date_in_words": {
      const date = dateInWords(text);
      return { normalised: text, checks: [{ check: "form", passed: date !== null }] };
    }
    case "year":
      return formed(/(1[89]|20)\d{2}/u.exec(text)?.[0] ?? text, /^\d{4}$/);
    case "sex":
      return { normalised: sexOf(text) ?? text, checks: [{ check: "form", passed: sexOf(text) !== null }] };
    case "personal_number": {
      const number = digitsOf(text);
      return { normalised: number, checks: [{ check: "twelve_digits", passed: /^\d{12}$/.test(number) }] };
    }
    case "tax_code": {
      const code = /\d[\d\s]*(-\s*\d{3}\b)?/u.exec(text)?.[0].replace(/\s/gu, "") ?? "";
      return { normalised: code, checks: [{ check: "tax_code_digit", passed: isTaxCode(code) }] };
    }
    case "insurance_code":
      return formed(text.replace(/[\s.,-]+/gu, "").toUpperCase(), /^(\d{10}|[A-Z]{2}\d{13})$/);
    case "plate":
      return formed(text.replace(/[\s.]+/gu, "").toUpperCase(), /^\d{2}[A-ZĐ]{1,2}\d?-?\d{4,5}$/);
    case "score":
      return scoreOf(text);
    case "number":
      return numberOf(text);
    case "name":
      return formed(text.replace(/\s+/gu, " "), /^[\p{L}\s'.()-]+$/u);
    case "text":
    case "place":
      return textOf(text.replace(/\s+/gu, " ").replace(/,(?=\p{L})/gu, ", "));
  }
}

const formed = (normalised: string, pattern: RegExp) => ({
  normalised,
  checks: [{ check: "form", passed: pattern.test(normalised) }] as const,
});

// The small two of square metres is no sign of the model.
function textOf(text: string) {
  const normalised = text.replace(/(\d\s?)m[2²”“"'’*?°ỶỲÝỸŸz]$/u, "$1m²");
  const isPlain = normalised === text || /m2$/u.test(text);
  return { normalised, checks: [{ check: "form", passed: isPlain && /[\p{L}\p{N}]/u.test(text) }] as const };
}

// The first run of digits, spaces inside left out: what follows it belongs to the next column.
const digitsOf = (text: string): string => /\d[\d\s]*/u.exec(text)?.[0].replace(/\s/gu, "") ?? "";

function dateOf(text: string) {
  const plain = dateInFigures(text);
  const date = plain ?? dateWithStrokes(text);
  const checks: readonly Check[] = [
    { check: "date_exists", passed: date !== null && exists(date) },
    { check: "form", passed: plain !== null },
  ];
  return { normalised: date === null ? text : dateText(date), checks };
}

// `340I2015`: the stroke before a year of a register was read as a letter.
function numberOf(text: string) {
  const [own = text] = /^[^\s\d]*\d\S*(?=\s+\p{Lu}\p{Ll})/u.exec(text) ?? []; // what begins another line is not of it
  const number = own.replace(/\s+/gu, "").replace(/(?<![.,;:])[.,;:]+$/u, "");
  const mended = number.replace(/^(\d{1,5})[Il|!]((?:19|20)\d{2})$/u, "$1/$2");
  return { normalised: mended, checks: [{ check: "form", passed: mended === number && /\d/u.test(number) }] as const };
}

/** A mean of grades out of 4 or of 10; the comma of print stays. */
function scoreOf(text: string) {
  const score = /\d{1,2}[,.]\d{1,2}|\d{1,2}/u.exec(text)?.[0] ?? text;
  const value = Number(score.replace(",", "."));
  return { normalised: score, checks: [{ check: "form", passed: value >= 0 && value <= 10 }] as const };
}

function sexOf(text: string): "Nam" | "Nữ" | null {
  const first = fold(text.split(/[\s/,]/u).find((word) => fold(word) !== "") ?? "");
  if (first === "nam" || first === "male" || first === "m") return "Nam";
  return first === "nu" || first === "female" || first === "f" ? "Nữ" : null;
}
