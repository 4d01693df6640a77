import { type Bytes, fail, ok, type Result } from "../../../src/core/kernel.ts";
import { cursorAt, isWhiteSpace, looksAt, peek, takeInteger, takeKeyword } from "./lexer.ts";
import { emptyDictionary, type PdfDictionary } from "./object.ts";
import type { XrefEntry, XrefSection } from "./xref.ts";

/** One state of the file: what a reader saw who had the bytes up to `end`. ISO 32000-2 §7.5.6. */
export type PdfRevision = {
  readonly index: number;
  /** Its own cross-reference sections, newest first: one, or two where the file is linearised (Annex F). */
  readonly sections: readonly XrefSection[];
  /** What this revision itself defines or frees. */
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDictionary;
  /** Value after `startxref`, as an offset in the file; null where there is none. */
  readonly startXref: number | null;
  /** Offset after `%%EOF`; null where the revision is not closed. */
  readonly eof: number | null;
  /** Offset after `%%EOF` and one optional end of line; after the trailer where there is no `%%EOF`. */
  readonly end: number;
};

/**
 * Orders the sections of a chain into revisions, oldest first. Sections must stand in the file in the order of the
 * chain, linearisation apart: a /Prev that points forward would let appended bytes speak for a signed revision.
 *
 * @param chain newest first, not empty
 */
export function revisionsOf(
  bytes: Bytes,
  chain: readonly XrefSection[],
  base: number,
): Result<readonly PdfRevision[], { readonly code: "xref_broken" }> {
  const revisions: PdfRevision[] = [];
  let rest = [...chain].reverse();
  const [oldest, second] = rest;
  if (oldest !== undefined && second !== undefined && second.start < oldest.start) {
    revisions.push(revisionOf(bytes, 0, [second, oldest], base));
    rest = rest.slice(2);
  }
  for (const section of rest) {
    const before = revisions.at(-1);
    if (before !== undefined && section.start < before.end) return fail({ code: "xref_broken" });
    revisions.push(revisionOf(bytes, revisions.length, [section], base));
  }
  return ok(revisions);
}

function revisionOf(bytes: Bytes, index: number, sections: readonly XrefSection[], base: number): PdfRevision {
  const trailer = sections[0]?.trailer ?? emptyDictionary;
  const last = Math.max(...sections.map((section) => section.end));
  return { index, sections, entries: joined(sections), trailer, ...closingOf(bytes, last, base) };
}

function joined(sections: readonly XrefSection[]): ReadonlyMap<number, XrefEntry> {
  const [only, ...others] = sections;
  if (only !== undefined && others.length === 0) return only.entries;
  const entries = new Map<number, XrefEntry>();
  for (const section of [...sections].reverse())
    for (const [number, entry] of section.entries) entries.set(number, entry);
  return entries;
}

function closingOf(bytes: Bytes, from: number, base: number) {
  const cursor = cursorAt(bytes, from);
  if (!takeKeyword(cursor, "startxref")) return { startXref: null, eof: null, end: from };
  const said = takeInteger(cursor);
  const startXref = said === null ? null : said + base;
  while (isWhiteSpace(peek(cursor))) cursor.at++;
  if (!looksAt(cursor, "%%EOF")) return { startXref, eof: null, end: cursor.at };
  const eof = cursor.at + "%%EOF".length;
  cursor.at = eof;
  if (peek(cursor) === 13) cursor.at++;
  if (peek(cursor) === 10) cursor.at++;
  return { startXref, eof, end: cursor.at };
}
