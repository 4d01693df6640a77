import type { Bytes } from "../../../src/core/kernel.ts";

/** ISO 32000-2 §7.3.2-7.3.10, as read: nothing resolved, nothing decoded. */
export type PdfObject =
  | PdfNull
  | { readonly kind: "boolean"; readonly value: boolean }
  | PdfNumber
  | PdfName
  | PdfString
  | PdfArray
  | PdfDictionary
  | PdfStream
  | PdfReference;

export type PdfNull = { readonly kind: "null" };
export type PdfNumber = { readonly kind: "number"; readonly value: number };
export type PdfName = { readonly kind: "name"; readonly value: string };
/** `isClosed`: no reference stands inside, so that it means the same in every revision. */
export type PdfArray = { readonly kind: "array"; readonly items: readonly PdfObject[]; readonly isClosed: boolean };
export type PdfReference = { readonly kind: "reference"; readonly number: number; readonly generation: number };

/**
 * `start` is the offset of `<` or `(` in the file and `end` the one after `>` or `)`; both are -1 for a string that
 * stands in an object stream, where it has no place in the file.
 */
export type PdfString = {
  readonly kind: "string";
  readonly bytes: Bytes;
  readonly hex: boolean;
  readonly start: number;
  readonly end: number;
};

/** `doubled` names the keys that came more than once: readers disagree which one counts, so attackers use them. */
export type PdfDictionary = {
  readonly kind: "dictionary";
  readonly entries: ReadonlyMap<string, PdfObject>;
  readonly doubled: readonly string[];
  /** As that of an array. */
  readonly isClosed: boolean;
};

/** `raw` is the data as it stands in the file, before any filter; `saidLength` what /Length says, -1 where it says nothing. */
export type PdfStream = {
  readonly kind: "stream";
  readonly dictionary: PdfDictionary;
  readonly raw: Bytes;
  readonly saidLength: number;
};

export const pdfNull: PdfNull = { kind: "null" };
export const emptyDictionary: PdfDictionary = { kind: "dictionary", entries: new Map(), doubled: [], isClosed: true };

/** Whether the object means the same in every revision. */
export function isClosed(object: PdfObject): boolean {
  if (object.kind === "array" || object.kind === "dictionary") return object.isClosed;
  return object.kind === "stream" ? object.dictionary.isClosed : object.kind !== "reference";
}

/** The entry as it stands, a reference unresolved; null object where there is none. */
export function entryOf(object: PdfObject, key: string): PdfObject {
  return dictionaryOf(object)?.entries.get(key) ?? pdfNull;
}

/** The dictionary itself, or that of a stream. */
export function dictionaryOf(object: PdfObject): PdfDictionary | null {
  if (object.kind === "dictionary") return object;
  return object.kind === "stream" ? object.dictionary : null;
}

export const nameOf = (object: PdfObject): string | null => (object.kind === "name" ? object.value : null);
export const integerOf = (object: PdfObject): number | null =>
  object.kind === "number" && Number.isSafeInteger(object.value) ? object.value : null;
export const itemsOf = (object: PdfObject): readonly PdfObject[] => (object.kind === "array" ? object.items : []);
