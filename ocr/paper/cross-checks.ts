import type { CardCode } from "./card-code.ts";
import { dateInFigures, dateInWords, dateText, type NamedDate } from "./dates.ts";
import { fold, isSameText } from "./fold.ts";
import { fitsPerson, type Mrz, readMrz } from "./numbers.ts";
import type { Field } from "./paper.ts";
import type { Check } from "./values.ts";

/** What a machine reads beside the print. */
export type Witnesses = { readonly lines: readonly string[]; readonly code: CardCode | null };

/** Holds fields against one another: number against birth and sex, words against figures, print against the machine-readable lines and the card's code. */
export function crossChecks(fields: readonly Field[], { lines, code }: Witnesses): readonly Field[] {
  const textOf = (name: string) => fields.find((field) => field.name === name)?.normalised ?? null;
  const checks: Readonly<Record<string, readonly Check[]>> = {
    so_dinh_danh: personChecks(textOf("so_dinh_danh"), textOf),
    ...cardChecks(fields, lines, textOf),
    ngay_chet: orderChecks(textOf("ngay_sinh"), textOf("ngay_chet")),
    gia_tri_den: orderChecks(textOf("ngay_cap"), textOf("gia_tri_den")),
    ngay_sinh_chu: wordChecks(textOf("ngay_sinh_chu"), textOf("ngay_sinh")),
  };
  return fields.map((field) => {
    const checked = [...field.checks, ...(checks[field.name] ?? [])];
    return { ...field, checks: code === null ? checked : [...checked, ...codeChecks(field, code)] };
  });
}

/** The residence is left out: cards and their codes write one place in two ways. */
function codeChecks({ name, normalised }: Field, code: CardCode): readonly Check[] {
  const said: Readonly<Record<string, string | null>> = {
    so: code.number,
    ho_ten: code.name,
    ngay_sinh: code.born,
    gioi_tinh: code.sex,
    ngay_cap: code.issued,
  };
  const wanted = said[name] ?? null;
  return wanted === null ? [] : [{ check: "code_equals", passed: isSameText(normalised, wanted) }];
}

type TextOf = (name: string) => string | null;

function personChecks(number: string | null, textOf: TextOf): readonly Check[] {
  if (number === null || !/^\d{12}$/.test(number)) return [];
  const [born, sex] = [textOf("ngay_sinh"), textOf("gioi_tinh")];
  const asSex = sex === "Nam" ? "male" : sex === "Nữ" ? "female" : null;
  return [
    { check: "number_fits_person", passed: fitsPerson(number, born === null ? null : dateInFigures(born), asSex) },
  ];
}

/** What comes later in life is printed with a later day. */
function orderChecks(before: string | null, after: string | null): readonly Check[] {
  const [first, second] = [before, after].map((text) => (text === null ? null : dateInFigures(text)));
  if (first == null || second == null) return [];
  const days = ({ year, month, day }: NamedDate) => 10_000 * year + 100 * month + day;
  return [{ check: "dates_in_order", passed: days(first) <= days(second) }];
}

function wordChecks(words: string | null, figures: string | null): readonly Check[] {
  const date = words === null ? null : dateInWords(words);
  if (date === null || figures === null) return [];
  return [{ check: "words_equal_figures", passed: dateText(date) === figures }];
}

function cardChecks(
  fields: readonly Field[],
  lines: readonly string[],
  textOf: TextOf,
): Readonly<Record<string, readonly Check[]>> {
  const number = textOf("so");
  const isPersonal = fields.some(
    ({ name, checks }) => name === "so" && checks.some(({ check }) => check === "twelve_digits"),
  );
  const person = isPersonal ? personChecks(number, textOf) : [];
  const mrz = readMrz(lines);
  if (mrz === null) return { so: person };
  const name = textOf("ho_ten");
  return {
    so: [...person, { check: "mrz_digits", passed: mrz.fits }, { check: "mrz_equals", passed: mrz.number === number }],
    ho_ten: name === null ? [] : [{ check: "mrz_equals", passed: fold(mrz.name) === fold(name) }],
    ngay_sinh: bornChecks(textOf("ngay_sinh"), mrz),
  };
}

/** ICAO 9303-3 §4.8: yyMMdd; only where its own digit holds. */
function bornChecks(printed: string | null, { born, fits }: Mrz): readonly Check[] {
  const date = printed === null ? null : dateInFigures(printed);
  if (date === null || date.day === 0 || !fits) return [];
  const two = (value: number) => String(value % 100).padStart(2, "0");
  return [{ check: "mrz_equals", passed: born === two(date.year) + two(date.month) + two(date.day) }];
}
