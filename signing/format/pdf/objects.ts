import type { Bytes } from "../../../src/core/kernel.ts";
import { decodeStream } from "./decode.ts";
import { type IndirectObject, readIndirect } from "./indirect.ts";
import { cursorAt, takeInteger } from "./lexer.ts";
import { entryOf, integerOf, type PdfObject, type PdfReference, pdfNull } from "./object.ts";
import { parseObject } from "./parser.ts";
import type { PdfRevision } from "./revisions.ts";
import type { XrefContext, XrefEntry } from "./xref.ts";

export type ObjectReader = {
  readonly entry: (number: number, revision: number) => XrefEntry | null;
  readonly object: (number: number, revision: number) => PdfObject;
  readonly resolve: (object: PdfObject, revision: number) => PdfObject;
};

/** Opened object stream, ISO 32000-2 §7.5.7. */
type Opened = {
  readonly data: Bytes;
  readonly places: readonly { readonly number: number; readonly offset: number }[];
};

const maxReferenceSteps = 32;

/** Lazy, cached lookup of objects in every revision. The same bytes give the same object, in whichever revision. */
export function objectReader(revisions: readonly PdfRevision[], context: XrefContext): ObjectReader {
  const byOffset = new Map<number, IndirectObject | null>();
  const byRevision = new Map<string, PdfObject>();
  const opened = new Map<PdfObject, Opened | null>();
  const inside = new Map<Opened, Map<number, PdfObject>>();

  function entry(number: number, revision: number): XrefEntry | null {
    for (let i = Math.min(revision, revisions.length - 1); i >= 0; i--) {
      const found = revisions[i]?.entries.get(number);
      if (found !== undefined) return found;
    }
    return null;
  }

  function object(number: number, revision: number): PdfObject {
    const place = entry(number, revision);
    if (place === null || place.kind === "free") return pdfNull;
    // What a reader of this revision did not have must not speak for it.
    if (place.kind === "offset" && place.offset >= (revisions[revision]?.end ?? context.end)) return pdfNull;
    return place.kind === "offset"
      ? atOffset(number, place.offset, revision)
      : inStream(number, place.stream, place.index, revision);
  }

  function atOffset(number: number, offset: number, revision: number): PdfObject {
    const key = `${revision} ${offset}`;
    const known = byOffset.get(offset);
    if (known !== undefined && !known?.lengthIsIndirect) return known?.number === number ? known.object : pdfNull;
    const knownHere = byRevision.get(key);
    if (knownHere !== undefined) return knownHere;
    byRevision.set(key, pdfNull); // a length that leads back here is answered with null
    const lengthOf = (reference: PdfReference) => integerOf(object(reference.number, revision));
    const read = readIndirect(context.bytes, offset, context.end, { ...context, lengthOf });
    byOffset.set(offset, read);
    const value = read?.number === number ? read.object : pdfNull;
    byRevision.set(key, value);
    return value;
  }

  function inStream(number: number, stream: number, index: number, revision: number): PdfObject {
    const place = entry(stream, revision);
    if (place?.kind !== "offset") return pdfNull; // §7.5.7: an object stream is never itself in one
    const container = object(stream, revision);
    if (!opened.has(container)) opened.set(container, open(container, revision));
    const content = opened.get(container) ?? null;
    if (content === null) return pdfNull;
    const objects = inside.get(content) ?? new Map<number, PdfObject>();
    inside.set(content, objects);
    const known = objects.get(index);
    const value = known ?? objectInside(content, number, index, context);
    objects.set(index, value);
    return content.places[index]?.number === number ? value : pdfNull;
  }

  function open(container: PdfObject, revision: number): Opened | null {
    if (container.kind !== "stream") return null;
    const data = decodeStream(container, { ...context, resolve: (value) => resolve(value, revision) });
    const count = integerOf(resolve(entryOf(container, "N"), revision)) ?? 0;
    const first = integerOf(resolve(entryOf(container, "First"), revision)) ?? 0;
    if (!data.ok || count > context.limits.xrefEntries) return null;
    return { data: data.value, places: placesOf(data.value, count, first) };
  }

  function resolve(value: PdfObject, revision: number): PdfObject {
    let at = value;
    for (let i = 0; i < maxReferenceSteps && at.kind === "reference"; i++) at = object(at.number, revision);
    return at.kind === "reference" ? pdfNull : at;
  }

  return { entry, object, resolve };
}

function placesOf(data: Bytes, count: number, first: number): { number: number; offset: number }[] {
  const cursor = cursorAt(data, 0, Math.min(first, data.length));
  const places: { number: number; offset: number }[] = [];
  for (let i = 0; i < count; i++) {
    const number = takeInteger(cursor);
    const offset = takeInteger(cursor);
    if (number === null || offset === null) break;
    places.push({ number, offset: first + offset });
  }
  return places;
}

function objectInside(content: Opened, number: number, index: number, context: XrefContext): PdfObject {
  const place = content.places[index];
  if (place === undefined || place.number !== number || place.offset >= content.data.length) return pdfNull;
  const cursor = { ...cursorAt(content.data, place.offset), located: false };
  return parseObject(cursor, context.limits.nesting) ?? pdfNull;
}
