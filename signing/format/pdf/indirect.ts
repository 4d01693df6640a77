import type { Bytes } from "../../../src/core/kernel.ts";
import { type Cursor, cursorAt, indexOfText, isWhiteSpace, peek, takeInteger, takeKeyword } from "./lexer.ts";
import { type PdfBudget, type PdfLimits, spend } from "./limits.ts";
import { integerOf, type PdfDictionary, type PdfObject, type PdfReference, type PdfStream, pdfNull } from "./object.ts";
import { parseObject } from "./parser.ts";

/** `n g obj … endobj`, ISO 32000-2 §7.3.10. `end` is the offset after it; `closed` whether `endobj` stood there. */
export type IndirectObject = {
  readonly number: number;
  readonly generation: number;
  readonly object: PdfObject;
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  /** The stream's /Length is a reference: what the object is depends on the revision it is read in. */
  readonly lengthIsIndirect: boolean;
};

/** How to learn the value of an indirect /Length; null when it cannot be known yet. */
export type LengthOf = (reference: PdfReference) => number | null;

/**
 * Reads the indirect object that starts at `offset`, within `end`.
 *
 * A wrong /Length is survived as viewers do, by searching `endstream`: what they show is what must be judged.
 */
export function readIndirect(
  bytes: Bytes,
  offset: number,
  end: number,
  context: { readonly limits: PdfLimits; readonly budget: PdfBudget; readonly lengthOf: LengthOf },
): IndirectObject | null {
  if (offset < 0 || offset >= end || context.budget.exhausted) return null;
  const cursor = cursorAt(bytes, offset, end, context.budget);
  const number = takeInteger(cursor);
  const generation = takeInteger(cursor);
  if (number === null || generation === null || !takeKeyword(cursor, "obj")) return null;
  const object = parseObject(cursor, context.limits.nesting);
  if (!spend(context.budget, "readBytes", cursor.at - offset) || object === null) return null;
  const head = { number, generation, start: offset };
  if (object.kind !== "dictionary" || !takeKeyword(cursor, "stream"))
    return { ...head, object, ...closing(cursor), lengthIsIndirect: false };
  const stream = readStream(cursor, object, context);
  if (stream === null) return null;
  return {
    ...head,
    object: stream,
    ...closing(cursor),
    lengthIsIndirect: object.entries.get("Length")?.kind === "reference",
  };
}

function closing(cursor: Cursor): { end: number; closed: boolean } {
  const closed = takeKeyword(cursor, "endobj");
  return { end: cursor.at, closed };
}

function readStream(
  cursor: Cursor,
  dictionary: PdfDictionary,
  context: { readonly budget: PdfBudget; readonly lengthOf: LengthOf },
): PdfStream | null {
  if (peek(cursor) === 13) cursor.at++;
  if (peek(cursor) === 10) cursor.at++;
  const start = cursor.at;
  const said = lengthIn(dictionary, context.lengthOf);
  if (said >= 0 && start + said <= cursor.end) {
    cursor.at = start + said;
    if (takeKeyword(cursor, "endstream")) return streamOf(cursor, dictionary, [start, start + said], said);
  }
  const found = indexOfText(cursor.bytes, "endstream", start, cursor.end);
  if (!spend(context.budget, "readBytes", (found < 0 ? cursor.end : found) - start) || found < 0) return null;
  cursor.at = found + "endstream".length;
  return streamOf(cursor, dictionary, [start, withoutLineEnd(cursor.bytes, start, found)], said);
}

/** @returns -1 where the dictionary does not say */
function lengthIn(dictionary: PdfDictionary, lengthOf: LengthOf): number {
  const length = dictionary.entries.get("Length") ?? pdfNull;
  return (length.kind === "reference" ? lengthOf(length) : integerOf(length)) ?? -1;
}

function withoutLineEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end > start && bytes[end - 1] === 10) end--;
  return end > start && bytes[end - 1] === 13 ? end - 1 : end;
}

const streamOf = (
  cursor: Cursor,
  dictionary: PdfDictionary,
  [start, end]: readonly [number, number],
  saidLength: number,
): PdfStream => ({ kind: "stream", dictionary, raw: cursor.bytes.subarray(start, end), saidLength });

/** Whether only white space stands from `start` to `end`. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isWhiteSpace(bytes[at])) return false;
  return true;
}
