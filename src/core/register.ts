import type { Instant, LocalDate } from "./kernel.ts";

export const bookKinds = ["electronic", "paper"] as const;

/** Of electronic copies, or of copies on paper. */
export type BookKind = (typeof bookKinds)[number];

/** What an agency's books of one year are called. Both the same: one book and one series for both kinds (REG-5, ADR 0075). */
export type BookNames = Readonly<Record<BookKind, string>>;

/** Where an agency chose none: SCT/BS is the form of NĐ 23/2015, SCTĐT/BS practice beside it (LAW 2.4, O3). */
export const usualBookNames: BookNames = { electronic: "SCTĐT/BS", paper: "SCT/BS" };

/** 2 to 12 signs: it stands in the strip of each page, in the signed code (at most 200 bytes) and in the leaf. */
export const bookNameShape = /^[A-ZĐ0-9][A-ZĐ0-9/.,-]{1,11}$/u;

export const isSharedSeries = ({ electronic, paper }: BookNames): boolean => electronic === paper;

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
 * Years whose books may be opened: the running one, and in December the next one too, so that the first number of January
 * finds its book open whoever is at the desk. REG-2.
 */
export const yearsToOpen = (today: LocalDate): readonly number[] =>
  today.slice(5, 7) === "12" ? [yearOf(today), yearOf(today) + 1] : [yearOf(today)];

type KnownBook = Pick<Book, "suffix" | "year"> & { readonly closedAt: Instant | null };

/**
 * Books that are not open yet and may be; of the next year those whose kind is in use.
 *
 * @param namesOf what the books of a year are called
 */
export function booksToOpen(
  books: readonly KnownBook[],
  namesOf: (year: number) => BookNames,
  today: LocalDate,
  kinds: readonly BookKind[] = bookKinds,
): Pick<Book, "suffix" | "year">[] {
  const isOpen = (suffix: string, year: number) =>
    books.some((book) => book.suffix === suffix && book.year === year && book.closedAt === null);
  const isInUse = (kind: BookKind, year: number) =>
    books.some((book) => book.suffix === namesOf(year)[kind] && book.year === year);
  return yearsToOpen(today).flatMap((year) => {
    const wanted = kinds.filter((kind) => year === yearOf(today) || isInUse(kind, year - 1));
    const suffixes = new Set(wanted.map((kind) => namesOf(year)[kind]));
    return [...suffixes].filter((suffix) => !isOpen(suffix, year)).map((suffix) => ({ suffix, year }));
  });
}

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
