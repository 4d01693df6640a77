import type { NamedDate } from "./dates.ts";

/**
 * Whether a 12-digit personal number fits sex and year of birth: century and sex in the fourth digit, the year in the fifth
 * and sixth. NĐ 137/2015 Art. 13; what is not known is not held against it.
 */
export function fitsPerson(number: string, born: NamedDate | null, sex: "male" | "female" | null): boolean {
  if (!/^\d{12}$/.test(number)) return false;
  const code = Number(number[3]);
  if (sex !== null && code % 2 !== (sex === "male" ? 0 : 1)) return false;
  if (born === null) return true;
  return Math.floor(code / 2) === Math.floor(born.year / 100) - 19 && Number(number.slice(4, 6)) === born.year % 100;
}

/** The check digit of a 10-digit enterprise code, a branch number of three digits behind it or not. */
export function isTaxCode(code: string): boolean {
  if (!/^\d{10}(-\d{3})?$/.test(code)) return false;
  const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  return 10 - (sum % 11) === Number(code[9]);
}

/** ICAO 9303-3 §4.9: weights 7, 3, 1; letters from A = 10; `<` counts nothing. */
export function mrzDigit(text: string): number {
  const value = (character: string) => (character === "<" ? 0 : Number.parseInt(character, 36));
  return [...text].reduce((sum, character, i) => sum + value(character) * ([7, 3, 1][i % 3] ?? 0), 0) % 10;
}

export type Mrz = { readonly number: string; readonly name: string; readonly born: string; readonly fits: boolean };

/** The machine-readable lines of an identity card (three of 30) or a passport (two of 44); null where there are none. */
export function readMrz(lines: readonly string[]): Mrz | null {
  const found = lines.map(tidyMrz).filter((line) => /^[A-Z0-9<]{28,46}$/.test(line) && line.includes("<"));
  const first = found.findIndex((line) => /^(I[D<A-Z]|P[<A-Z])/.test(line));
  if (first < 0) return null;
  const [one = "", two = "", three = ""] = found.slice(first);
  return one.startsWith("P") ? passport(one, two) : card(one, two, three);
}

// Vietnamese models know no `<` of this typeface and read it as quotation marks.
const tidyMrz = (line: string): string => line.replace(/[\s.]/gu, "").replace(/[«≪]/gu, "<<").replace(/[‹＜]/gu, "<");

const isDigit = (text: string, digit: string | undefined): boolean =>
  /^[A-Z0-9<]+$/.test(text) && String(mrzDigit(text)) === digit;

function card(one: string, two: string, three: string): Mrz {
  const fits =
    isDigit(one.slice(5, 14), one[14]) && isDigit(two.slice(0, 6), two[6]) && isDigit(two.slice(8, 14), two[14]);
  // Vietnam writes the twelve digits of the person into the optional part.
  const number = /\d{12}/.exec(one.slice(15))?.[0] ?? one.slice(5, 14);
  return { number, name: nameOf(three), born: two.slice(0, 6), fits };
}

function passport(one: string, two: string): Mrz {
  const fits =
    isDigit(two.slice(0, 9), two[9]) && isDigit(two.slice(13, 19), two[19]) && isDigit(two.slice(21, 27), two[27]);
  return { number: two.slice(0, 9).replace(/</g, ""), name: nameOf(one.slice(5)), born: two.slice(13, 19), fits };
}

const nameOf = (line: string): string => line.replace(/</g, " ").replace(/\s+/g, " ").trim();
