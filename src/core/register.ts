import type { LocalDate } from "./kernel.ts";

/**
 * The register of certified copies. NĐ 23/2015 Art. 13: numbers run 1, 2, 3 ... without gap through the year,
 * over all books of the year, and begin again from 1 on 1 January. One number per paper (TT 01/2020 Art. 4(1)).
 */
export type Book = {
  readonly id: string;
  readonly agencyId: string;
  readonly year: number;
  /** 1 for the first book of the year. */
  readonly ordinal: number;
  /** Kind of book as printed, such as `SCTĐT/BS`: no law names a separate electronic book, so it is configuration. */
  readonly suffix: string;
};

/** `01/2026-SCTĐT/BS`. NĐ 23/2015, note (1) of the attestation form. */
export const bookText = (book: Pick<Book, "year" | "ordinal" | "suffix">): string =>
  `${String(book.ordinal).padStart(2, "0")}/${book.year}-${book.suffix}`;

/** Number as printed: `01` to `09`, then `10`, as officials write them ("từ số 01"). */
export const numberText = (number: number): string => String(number).padStart(2, "0");

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/**
 * DATE-1, DESIGN decision 8: a copy is good for its printed local date only, since a later signature under an
 * earlier date would be back-dated. The same year keeps the number; a new year cannot, its numbers begin from 1.
 */
export function standingOf(printed: LocalDate, today: LocalDate): "good" | "compose_again" | "void" {
  if (printed === today) return "good";
  return yearOf(printed) === yearOf(today) ? "compose_again" : "void";
}

/** Place before the date, from the agency's name: `Ủy ban nhân dân phường X` -> `Phường X`. NĐ 30/2020 Appendix I. */
export function placeOf(agencyName: string): string {
  const place = agencyName.replace(/^(ủy|uỷ) ban nhân dân\s+/iu, "");
  return place.charAt(0).toLocaleUpperCase("vi") + place.slice(1);
}
