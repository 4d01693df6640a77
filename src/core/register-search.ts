import type { PersonId } from "./ids.ts";
import type { LocalDate } from "./kernel.ts";
import type { RegisterLine } from "./lists.ts";

/** What an official looks for in a book of the own agency. */
export type RegisterAsked = {
  /** Names, words of the paper, numbers, in any order, with or without tones; empty for every line. */
  readonly text: string;
  readonly from: LocalDate | null;
  /** The last day, whole. */
  readonly to: LocalDate | null;
  readonly officerId: PersonId | null;
  /** Only lines that follow this one in the order of the answer; null for the first page. */
  readonly after: SearchPlace | null;
};

/** Where a line stands in the order of answers: the newest day first, on it the highest number. */
export type SearchPlace = { readonly printedOn: LocalDate; readonly number: number };

export type RegisterFound = {
  readonly lines: readonly RegisterLine[];
  /** Place of the last one where more follow. */
  readonly next: SearchPlace | null;
};

export const searchBounds = { text: 200, words: 12, page: 50 } as const;

/** At most so many words are asked for: each costs a look into the index. */
export const fewWords = (text: string): string =>
  text.normalize("NFC").trim().split(/\s+/u).slice(0, searchBounds.words).join(" ");
