import type { Instant, LocalDate } from "../../src/core/kernel.ts";

/** A column of the printed table. Widths of all columns together: `tableWidthMm`. */
export type RegisterColumn = { readonly head: string; readonly widthMm: number; readonly align: "left" | "right" };

/** A line of the table: as many texts as there are columns. A struck line stays legible under its stroke, LAW 3.4. */
export type RegisterRow = {
  readonly texts: readonly string[];
  readonly struck: boolean;
  /** What stood in a column before it was corrected, the oldest first: struck, above the text. */
  readonly was?: readonly (readonly string[])[];
};

/**
 * All that a printed part of the register shows: a month with every column of form SCT/BS, or the closing of a year
 * with its total. NĐ 23/2015 Art. 13. The same input and fonts give the same bytes.
 */
export type RegisterToCompose = {
  readonly agency: string;
  /** Place name before the date. NĐ 30/2020 Appendix I. */
  readonly place: string;
  /** The day of signing. */
  readonly date: LocalDate;
  readonly title: string;
  /** Below the title: book, period, when the book was opened and closed. */
  readonly about: readonly string[];
  readonly columns: readonly RegisterColumn[];
  readonly rows: readonly RegisterRow[];
  readonly totals: RegisterRow;
  /** After the table: what the signature confirms. */
  readonly closing: readonly string[];
  readonly signer: { readonly name: string; readonly titleLines: readonly string[] };
  /** The file's own dates, nothing else. */
  readonly composedAt: Instant;
  readonly development: boolean;
};

/** A4 across, 30 mm on the left for the binding, 15 mm on the right: NĐ 30/2020 Appendix I. */
export const registerSheet = { widthMm: 297, heightMm: 210, leftMm: 30, rightMm: 15, topMm: 20, bottomMm: 20 } as const;
export const tableWidthMm = registerSheet.widthMm - registerSheet.leftMm - registerSheet.rightMm;

/** Name of its one signature field; no field of a copy or notice is called so. */
export const registerField = "register";
