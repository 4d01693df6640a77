import { fold } from "./fold.ts";

/** A day of the calendar as a paper names it; the day and month are 0 where it names a year alone. */
export type NamedDate = { readonly day: number; readonly month: number; readonly year: number };

/** `06/08/1994`, `6-8-1994`, `ngày 06 tháng 8 năm 1994` or a year alone; null for anything else. */
export function dateInFigures(text: string): NamedDate | null {
  const spoken = /(\d{1,2})\s*th\S{1,3}g\s*(\d{1,2})\s*n\S{1,2}\s*(\d{4})/iu.exec(text);
  const written = /(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})/u.exec(text);
  const [, day, month, year] = written ?? spoken ?? [];
  if (year !== undefined) return { day: Number(day), month: Number(month), year: Number(year) };
  const [alone] = /^\D*((?:1[89]|20)\d{2})\D*$/u.exec(text) ?? [];
  return alone === undefined ? null : { day: 0, month: 0, year: Number(alone.replace(/\D/gu, "")) };
}

/**
 * A date whose strokes were read as letters or ones: `14I05l2015`, `2511111977`. There is one way only to read two digits,
 * a stroke, two digits, a stroke and a year; that it was needed is told by a failed check.
 */
export function dateWithStrokes(text: string): NamedDate | null {
  const [, day, month, year] =
    /^(\d{2})[/1Il|!.]{1,2}(\d{2})[/1Il|!.]{1,2}((?:1[89]|20)\d{2})$/u.exec(text.replace(/\s/gu, "")) ?? [];
  return year === undefined ? null : { day: Number(day), month: Number(month), year: Number(year) };
}

/** Whether the calendar has this day. */
export function exists({ day, month, year }: NamedDate): boolean {
  if (day === 0 && month === 0) return true;
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}

/** `dd/MM/yyyy`, or the year alone: LAW 9, no day or month is made up. */
export function dateText({ day, month, year }: NamedDate): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return day === 0 ? String(year) : `${two(day)}/${two(month)}/${year}`;
}

/** `Ngày sáu, tháng tám, năm một nghìn chín trăm chín mươi tư`; null where a part is not a number in words. */
export function dateInWords(text: string): NamedDate | null {
  const words = text.split(/[\s,.;]+/u).map(fold);
  const month = words.indexOf("thang");
  const year = words.indexOf("nam", month + 2); // `tháng năm` is May
  if (month < 1 || year < month) return null;
  const day = words.slice(words[0] === "ngay" ? 1 : 0, month);
  const numbers = [day, words.slice(month + 1, year), words.slice(year + 1)].map(numberInWords);
  const [d, m, y] = numbers;
  return d == null || m == null || y == null ? null : { day: d, month: m, year: y };
}

const digits: Readonly<Record<string, number>> = {
  khong: 0,
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  tu: 4,
  nam: 5,
  lam: 5,
  nham: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
};
const filler = new Set(["mong", "mung", "le", "linh"]);

/** Up to thousands: each of hundred and thousand takes the digits before it; tens stand on `muoi`, with or without a digit. */
function numberInWords(words: readonly string[]): number | null {
  const spoken = words.filter((word) => word !== "" && !filler.has(word));
  if (spoken.length === 0) return null;
  const thousand = spoken.findIndex((word) => word === "nghin" || word === "ngan");
  const hundred = spoken.indexOf("tram");
  const thousands = thousand < 0 ? 0 : belowHundred(spoken.slice(0, thousand));
  const hundreds = hundred < 0 ? 0 : belowHundred(spoken.slice(thousand + 1, hundred));
  const rest = belowHundred(spoken.slice(Math.max(thousand, hundred) + 1));
  if (thousands === null || hundreds === null || rest === null) return null;
  return thousands * 1000 + hundreds * 100 + rest;
}

/** Fold has made `mười` and `mươi` one: alone it is ten, behind a digit it is tens. No words are nought. */
function belowHundred(words: readonly string[]): number | null {
  const ten = words.indexOf("muoi");
  const [before, after] = ten < 0 ? [[], words] : [words.slice(0, ten), words.slice(ten + 1)];
  if (before.length > 1 || after.length > 1) return null;
  const tens = ten < 0 ? 0 : digitOf(before[0], 1);
  const ones = digitOf(after[0], 0);
  return tens === null || ones === null ? null : tens * 10 + ones;
}

const digitOf = (word: string | undefined, absent: number): number | null =>
  word === undefined ? absent : (digits[word] ?? null);
