import { type Bytes, fail, ok, type Result } from "../../../src/core/kernel.ts";
import type { Primitives } from "../primitives.ts";
import { decodeStream } from "./decode.ts";
import { readIndirect } from "./indirect.ts";
import { type Cursor, cursorAt, isDigit, peek, skipSpace, takeInteger, takeKeyword } from "./lexer.ts";
import type { PdfBudget, PdfLimits } from "./limits.ts";
import { entryOf, integerOf, itemsOf, nameOf, type PdfDictionary, type PdfObject, type PdfStream } from "./object.ts";
import { parseObject } from "./parser.ts";

/** Where an object number stands, ISO 32000-2 §7.5.4 and §7.5.8.3. Offsets are offsets in the file. */
export type XrefEntry =
  | { readonly kind: "free" }
  | { readonly kind: "offset"; readonly offset: number; readonly generation: number }
  | { readonly kind: "compressed"; readonly stream: number; readonly index: number };

/** One cross-reference section with what its hybrid stream (/XRefStm) adds. `end` is after its trailer or `endobj`. */
export type XrefSection = {
  readonly form: "table" | "stream" | "hybrid";
  readonly start: number;
  readonly end: number;
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDictionary;
  readonly hybridStream: { readonly start: number; readonly end: number } | null;
};

export type XrefFailure = { readonly code: "xref_broken" | "xref_loop" | "xref_too_long" };

export type XrefContext = {
  readonly bytes: Bytes;
  readonly end: number;
  /** Added to every offset that the file names: where `%PDF-` stands. */
  readonly base: number;
  readonly limits: PdfLimits;
  readonly budget: PdfBudget;
  readonly primitives: Primitives;
};

/** Follows /Prev from the newest section. Newest first; every section is visited once. */
export function readXrefChain(start: number, context: XrefContext): Result<readonly XrefSection[], XrefFailure> {
  const sections: XrefSection[] = [];
  const visited = new Set<number>();
  const room = { entries: context.limits.xrefEntries };
  for (let next: number | null = start; next !== null; ) {
    if (visited.has(next)) return fail({ code: "xref_loop" });
    if (visited.size >= context.limits.sections) return fail({ code: "xref_too_long" });
    visited.add(next);
    const section = readSection(next, context, room);
    if (section === null) return fail({ code: room.entries < 0 ? "xref_too_long" : "xref_broken" });
    sections.push(section);
    next = previousOf(section, context.base);
  }
  return ok(sections);
}

/** A /Prev that is no number leads to offset -1, where no section is. */
function previousOf({ trailer }: XrefSection, base: number): number | null {
  const previous = trailer.entries.get("Prev");
  return previous === undefined ? null : (integerOf(previous) ?? -1 - base) + base;
}

type Room = { entries: number };

function readSection(offset: number, context: XrefContext, room: Room): XrefSection | null {
  if (offset < 0 || offset >= context.end) return null;
  const cursor = cursorAt(context.bytes, offset, context.end);
  if (takeKeyword(cursor, "xref")) return readTable(cursor, offset, context, room);
  return readXrefStream(offset, context, room);
}

function readTable(cursor: Cursor, start: number, context: XrefContext, room: Room): XrefSection | null {
  const entries = new Map<number, XrefEntry>();
  while (!takeKeyword(cursor, "trailer")) {
    const first = takeInteger(cursor);
    const count = takeInteger(cursor);
    if (first === null || count === null || !takeRoom(room, count)) return null;
    if (!takeEntries(cursor, first, count, context.base, entries)) return null;
  }
  const trailer = parseObject(cursor, context.limits.nesting);
  if (trailer?.kind !== "dictionary") return null;
  const section: XrefSection = { form: "table", start, end: cursor.at, entries, trailer, hybridStream: null };
  return trailer.entries.has("XRefStm") ? withHybrid(section, context, room) : section;
}

function takeEntries(
  cursor: Cursor,
  first: number,
  count: number,
  base: number,
  into: Map<number, XrefEntry>,
): boolean {
  for (let i = 0; i < count; i++) {
    const entry = takeEntry(cursor, base);
    if (entry === null) return false;
    if (!into.has(first + i)) into.set(first + i, entry);
  }
  return true;
}

function takeRoom(room: Room, count: number): boolean {
  room.entries -= count;
  return room.entries >= 0;
}

function takeEntry(cursor: Cursor, base: number): XrefEntry | null {
  const offset = takeInteger(cursor);
  const generation = takeInteger(cursor);
  if (offset === null || generation === null) return null;
  if (takeKeyword(cursor, "f")) return { kind: "free" };
  return takeKeyword(cursor, "n") ? { kind: "offset", offset: offset + base, generation } : null;
}

/** §7.5.8.4: the table hides objects as free; the stream, looked at second, shows them. */
function withHybrid(table: XrefSection, context: XrefContext, room: Room): XrefSection | null {
  const offset = integerOf(entryOf(table.trailer, "XRefStm"));
  const hidden = offset === null ? null : readXrefStream(offset + context.base, context, room);
  if (hidden === null) return null;
  const entries = new Map(hidden.entries);
  for (const [number, entry] of table.entries)
    if (entry.kind !== "free" || !entries.has(number)) entries.set(number, entry);
  return { ...table, form: "hybrid", entries, hybridStream: { start: hidden.start, end: hidden.end } };
}

function readXrefStream(offset: number, context: XrefContext, room: Room): XrefSection | null {
  const indirect = readIndirect(context.bytes, offset, context.end, { ...context, lengthOf: () => null });
  const stream = indirect?.object;
  if (indirect == null || stream?.kind !== "stream" || nameOf(entryOf(stream, "Type")) !== "XRef") return null;
  const data = decodeStream(stream, { ...context, resolve: (object: PdfObject) => object });
  const entries = data.ok ? readRows(data.value, stream, context.base, room) : null;
  if (entries === null) return null;
  const { start, end } = indirect;
  return { form: "stream", start, end, entries, trailer: stream.dictionary, hybridStream: null };
}

function readRows(data: Uint8Array, stream: PdfStream, base: number, room: Room): Map<number, XrefEntry> | null {
  const widths = itemsOf(entryOf(stream, "W")).map((item) => integerOf(item) ?? -1);
  if (widths.length < 3 || widths.some((width) => width < 0 || width > 8)) return null;
  const rowBytes = widths.reduce((sum, width) => sum + width, 0);
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  for (const [first, count] of subsections(stream)) {
    if (!takeRoom(room, count) || rowBytes === 0 || at + count * rowBytes > data.length) return null;
    for (let i = 0; i < count; i++, at += rowBytes) {
      if (!entries.has(first + i)) entries.set(first + i, rowAt(data, at, widths, base));
    }
  }
  return entries;
}

function rowAt(data: Uint8Array, at: number, [typeWidth = 0, second = 0, third = 0]: readonly number[], base: number) {
  const type = typeWidth === 0 ? 1 : bigEndian(data, at, typeWidth);
  const secondAt = at + typeWidth;
  return entryOfRow(type, bigEndian(data, secondAt, second), bigEndian(data, secondAt + second, third), base);
}

function bigEndian(data: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (data[at + i] ?? 0);
  return value;
}

function subsections(stream: PdfStream): [number, number][] {
  const index = itemsOf(entryOf(stream, "Index")).map((item) => integerOf(item) ?? 0);
  if (index.length === 0) return [[0, integerOf(entryOf(stream, "Size")) ?? 0]];
  return Array.from({ length: index.length >> 1 }, (_, i) => [index[2 * i] ?? 0, index[2 * i + 1] ?? 0]);
}

function entryOfRow(type: number, second: number, third: number, base: number): XrefEntry {
  if (type === 1) return { kind: "offset", offset: second + base, generation: third };
  return type === 2 ? { kind: "compressed", stream: second, index: third } : { kind: "free" };
}

/** Whether a section, table or stream, seems to begin at `offset`. */
export function sectionBeginsAt(bytes: Bytes, offset: number): boolean {
  const cursor = cursorAt(bytes, offset);
  if (offset < 0 || offset >= bytes.length) return false;
  if (takeKeyword(cursor, "xref")) return true;
  skipSpace(cursor);
  return (
    isDigit(peek(cursor)) && takeInteger(cursor) !== null && takeInteger(cursor) !== null && takeKeyword(cursor, "obj")
  );
}
