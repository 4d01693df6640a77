import type { Bytes } from "../../../src/core/kernel.ts";
import { decodeStream } from "./decode.ts";
import { type IndirectObject, readIndirect } from "./indirect.ts";
import { cursorAt, takeInteger } from "./lexer.ts";
import { spend } from "./limits.ts";
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
  readonly objects: Map<number, PdfObject>;
};

const maxReferenceSteps = 32;

// A /Length may be a reference, to an object that is in a stream whose /Length is a reference...
const deepestLookup = 16;

/**
 * Lazy, cached lookup of objects in every revision. The same bytes give the same object, in whichever revision. A
 * reference with another generation than the object has leads to nothing (§7.3.10).
 */
export function objectReader(revisions: readonly PdfRevision[], context: XrefContext): ObjectReader {
  const found = new Map<string, IndirectObject | null>();
  const byOffset = new Map<number, IndirectObject | null>();
  const readOpened = openedStreams(context, (value, revision) => resolve(value, revision));
  const listed = listedIn(revisions);
  let depth = 0;

  function entry(number: number, revision: number): XrefEntry | null {
    for (let one = listed.get(number); one !== undefined; one = one.older) {
      if (!spend(context.budget, "steps", 1)) return null;
      if (one.revision <= revision) return one.place;
    }
    return null;
  }

  function object(number: number, revision: number): PdfObject {
    const place = entry(number, revision);
    if (place === null || place.kind === "free") return pdfNull;
    if (place.kind === "compressed") return inStream(number, place, revision);
    const read = atOffset(place.offset, revision);
    if (read?.number !== number || read.generation !== place.generation) return pdfNull;
    // What a reader of this revision did not have must not speak for it.
    return read.end > endOf(revision) ? pdfNull : read.object;
  }

  function endOf(revision: number): number {
    return revision >= revisions.length - 1 ? context.end : (revisions[revision]?.end ?? context.end);
  }

  function atOffset(offset: number, revision: number): IndirectObject | null {
    const shared = byOffset.get(offset);
    if (shared !== undefined && !shared?.lengthIsIndirect) return shared;
    const key = `${revision} ${offset}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    if (depth >= deepestLookup) return null;
    depth++;
    const lengthOf = (reference: PdfReference) => integerOf(resolve(reference, revision));
    const read = readIndirect(context.bytes, offset, context.end, { ...context, lengthOf });
    depth--;
    byOffset.set(offset, read);
    found.set(key, read);
    return read;
  }

  function inStream(number: number, place: { stream: number; index: number }, revision: number): PdfObject {
    // ISO 32000-2 §7.5.7: an object stream is never itself in one.
    if (entry(place.stream, revision)?.kind !== "offset" || depth >= deepestLookup) return pdfNull;
    depth++;
    const value = readOpened(object(place.stream, revision), number, place.index, revision);
    depth--;
    return value;
  }

  function resolve(value: PdfObject, revision: number): PdfObject {
    let at = value;
    for (let i = 0; i < maxReferenceSteps && at.kind === "reference"; i++) at = referenced(at, revision);
    return at.kind === "reference" ? pdfNull : at;
  }

  function referenced({ number, generation }: PdfReference, revision: number): PdfObject {
    const place = entry(number, revision);
    const isMeant = place?.kind === "offset" ? place.generation === generation : generation === 0;
    return isMeant ? object(number, revision) : pdfNull;
  }

  return { entry, object, resolve };
}

/** A place of an object number, and the one before it. */
type Listed = { readonly revision: number; readonly place: XrefEntry; readonly older: Listed | undefined };

function listedIn(revisions: readonly PdfRevision[]): ReadonlyMap<number, Listed> {
  const listed = new Map<number, Listed>();
  for (const [revision, { entries }] of revisions.entries())
    for (const [number, place] of entries) listed.set(number, { revision, place, older: listed.get(number) });
  return listed;
}

/** Object streams are decoded once, their objects parsed once. */
function openedStreams(context: XrefContext, resolve: ObjectReader["resolve"]) {
  const opened = new Map<PdfObject, Opened | null>();

  function open(container: PdfObject, revision: number): Opened | null {
    if (container.kind !== "stream") return null;
    const data = decodeStream(container, { ...context, resolve: (value) => resolve(value, revision) });
    const count = integerOf(resolve(entryOf(container, "N"), revision)) ?? 0;
    const first = integerOf(resolve(entryOf(container, "First"), revision)) ?? 0;
    if (!data.ok || count > context.limits.xrefEntries) return null;
    return { data: data.value, places: placesOf(data.value, count, first), objects: new Map() };
  }

  return (container: PdfObject, number: number, index: number, revision: number): PdfObject => {
    const known = opened.get(container);
    const content = known === undefined ? open(container, revision) : known; // a broken one is not opened again
    opened.set(container, content);
    if (content?.places[index]?.number !== number) return pdfNull;
    const value = content.objects.get(index) ?? objectInside(content, index, context);
    content.objects.set(index, value);
    return value;
  };
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

function objectInside(content: Opened, index: number, context: XrefContext): PdfObject {
  const offset = content.places[index]?.offset ?? content.data.length;
  if (offset >= content.data.length) return pdfNull;
  const cursor = { ...cursorAt(content.data, offset, content.data.length, context.budget), located: false };
  const value = parseObject(cursor, context.limits.nesting);
  return spend(context.budget, "readBytes", cursor.at - offset) ? (value ?? pdfNull) : pdfNull;
}
