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
  /** A number stands in it twice with two places: readers disagree which one counts. */
  readonly isAmbiguous: boolean;
  /** Every row of its table is the twenty bytes of §7.5.4: readers that count bytes read what readers of words read. Nothing stands behind the rows of a stream. */
  readonly isPlain: boolean;
};

export type XrefFailure = { readonly code: "xref_broken" | "xref_loop" | "xref_too_long" };

export type XrefContext = {
  readonly bytes: Bytes;
  readonly end: number;
  /** Added to every offset that the file names: where `%PDF-` stands. */
  readonly base: number;
  readonly limits: PdfLimits;
  readonly budget: PdfBudget;
  readonly primitives: Pick<Primitives, "inflate">;
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
  const cursor = cursorAt(context.bytes, offset, context.end, context.budget);
  if (takeKeyword(cursor, "xref")) return readTable(cursor, offset, context, room);
  return readXrefStream(offset, context, room);
}

function readTable(cursor: Cursor, start: number, context: XrefContext, room: Room): XrefSection | null {
  const rows: Rows = { entries: new Map(), isAmbiguous: false, isPlain: true };
  while (!takeKeyword(cursor, "trailer")) {
    const first = takeInteger(cursor);
    const count = takeInteger(cursor);
    if (first === null || count === null || !takeRoom(room, count)) return null;
    if (!takeEntries(cursor, first, count, context.base, rows)) return null;
  }
  const trailer = parseObject(cursor, context.limits.nesting);
  if (trailer?.kind !== "dictionary") return null;
  const section: XrefSection = { form: "table", start, end: cursor.at, ...rows, trailer, hybridStream: null };
  return trailer.entries.has("XRefStm") ? withHybrid(section, context, room) : section;
}

type Rows = { readonly entries: Map<number, XrefEntry>; isAmbiguous: boolean; isPlain: boolean };

function takeEntries(cursor: Cursor, first: number, count: number, base: number, into: Rows): boolean {
  let expected = lineAfter(cursor);
  for (let i = 0; i < count; i++) {
    skipSpace(cursor);
    if (cursor.at !== expected) into.isPlain = false;
    expected = cursor.at + 20;
    const entry = takeEntry(cursor, base);
    if (entry === null) return false;
    put(into, first + i, entry);
  }
  return true;
}

/** Where the line after this one begins, trailing blanks allowed. */
function lineAfter(cursor: Cursor): number {
  let ahead = 0;
  while (peek(cursor, ahead) === 32) ahead++;
  if (peek(cursor, ahead) === 13) ahead++;
  if (peek(cursor, ahead) === 10) ahead++;
  return cursor.at + ahead;
}

/** The first place counts, §7.5.8.4. */
function put(into: Rows, number: number, entry: XrefEntry): void {
  const known = into.entries.get(number);
  if (known === undefined) into.entries.set(number, entry);
  else if (!isSamePlace(known, entry)) into.isAmbiguous = true;
}

function isSamePlace(a: XrefEntry, b: XrefEntry): boolean {
  if (a.kind === "offset" && b.kind === "offset") return a.offset === b.offset && a.generation === b.generation;
  if (a.kind === "compressed" && b.kind === "compressed") return a.stream === b.stream && a.index === b.index;
  return a.kind === b.kind;
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

/** §7.5.8.4: the table hides objects as free; the stream, looked at second, shows them to those who know of it. */
function withHybrid(table: XrefSection, context: XrefContext, room: Room): XrefSection | null {
  const offset = integerOf(entryOf(table.trailer, "XRefStm"));
  const hidden = offset === null ? null : readXrefStream(offset + context.base, context, room);
  if (hidden === null) return null;
  const entries = new Map(hidden.entries);
  for (const [number, entry] of table.entries)
    if (entry.kind !== "free" || !entries.has(number)) entries.set(number, entry);
  const hybridStream = { start: hidden.start, end: hidden.end };
  return { ...table, form: "hybrid", entries, hybridStream, isAmbiguous: true };
}

function readXrefStream(offset: number, context: XrefContext, room: Room): XrefSection | null {
  const indirect = readIndirect(context.bytes, offset, context.end, { ...context, lengthOf: () => null });
  const stream = indirect?.object;
  if (indirect == null || stream?.kind !== "stream" || nameOf(entryOf(stream, "Type")) !== "XRef") return null;
  // §7.5.8.2: before the sections are read no reference leads anywhere; readers that follow it later see other rows.
  if (describing.some((key) => holdsReference(entryOf(stream, key), 3))) return null;
  const data = decodeStream(stream, { ...context, resolve: (object: PdfObject) => object });
  const rows = data.ok ? readRows(data.value, stream, context.base, room) : null;
  if (rows === null) return null;
  const { start, end } = indirect;
  return { form: "stream", start, end, ...rows, trailer: stream.dictionary, hybridStream: null };
}

const describing = ["W", "Index", "Size", "Prev", "Filter", "DecodeParms"];

function holdsReference(object: PdfObject, depth: number): boolean {
  if (object.kind === "reference" || depth === 0) return true;
  const inside = object.kind === "dictionary" ? [...object.entries.values()] : itemsOf(object);
  return inside.some((item) => holdsReference(item, depth - 1));
}

function readRows(data: Uint8Array, stream: PdfStream, base: number, room: Room): Rows | null {
  const widths = itemsOf(entryOf(stream, "W")).map((item) => integerOf(item) ?? -1);
  if (widths.length < 3 || widths.some((width) => width < 0 || width > 8)) return null;
  const rowBytes = widths.reduce((sum, width) => sum + width, 0);
  const rows: Rows = { entries: new Map(), isAmbiguous: false, isPlain: true };
  let at = 0;
  for (const [first, count] of subsections(stream)) {
    if (first < 0 || count < 0 || !takeRoom(room, count) || rowBytes === 0 || at + count * rowBytes > data.length)
      return null;
    for (let i = 0; i < count; i++, at += rowBytes) put(rows, first + i, rowAt(data, at, widths, base));
  }
  rows.isPlain = at === data.length;
  return rows;
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
