import { type PdfFile, readPdf } from "../../../signing/format/pdf/file.ts";
import { readIndirect } from "../../../signing/format/pdf/indirect.ts";
import { budgetFor, usualLimits } from "../../../signing/format/pdf/limits.ts";
import {
  dictionaryOf,
  entryOf,
  integerOf,
  itemsOf,
  nameOf,
  type PdfObject,
  type PdfStream,
} from "../../../signing/format/pdf/object.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";

/** One indirect object as it stands in the file. */
export type Standing = {
  readonly number: number;
  readonly object: PdfObject;
  readonly start: number;
  readonly end: number;
};

/** A whole PDF, opened with the product's own reader for the rules of ISO 19005-2. */
export type OpenPdf = {
  readonly bytes: Bytes;
  /** One character a byte. */
  readonly text: string;
  readonly file: PdfFile;
  /** What every revision wrote, superseded objects too. */
  readonly standing: readonly Standing[];
  /** What a reader of the newest revision sees. */
  readonly objects: readonly Standing[];
  readonly catalog: PdfObject;
  readonly pages: readonly PdfObject[];
  readonly resolve: (object: PdfObject) => PdfObject;
  /** The entry, references followed. */
  readonly get: (object: PdfObject, ...keys: readonly string[]) => PdfObject;
  readonly list: (object: PdfObject, ...keys: readonly string[]) => readonly PdfObject[];
  readonly name: (object: PdfObject, ...keys: readonly string[]) => string | null;
  readonly number: (object: PdfObject, ...keys: readonly string[]) => number | null;
  readonly decode: (object: PdfObject) => Uint8Array;
};

export function openPdf(bytes: Bytes): OpenPdf {
  const read = readPdf(bytes, nodePrimitives);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  const file = read.value;
  const newest = file.revisions.length - 1;
  const resolve = (object: PdfObject) => file.resolve(object, newest);
  const get = (object: PdfObject, ...keys: readonly string[]) =>
    keys.reduce((at, key) => resolve(entryOf(at, key)), resolve(object));
  const standing = file.revisions.flatMap(({ index, entries }) =>
    [...entries].flatMap(([number, place]) => {
      if (place.kind !== "offset") return [];
      const lengthOf = (reference: PdfObject) => integerOf(file.resolve(reference, index));
      const context = { limits: usualLimits, budget: budgetFor(usualLimits, bytes.length), lengthOf };
      const found = readIndirect(bytes, place.offset, bytes.length, context);
      return found === null ? [] : [{ number, object: found.object, start: found.start, end: found.end }];
    }),
  );
  const catalog = get(file.revisions.at(-1)?.trailer ?? { kind: "null" }, "Root");
  return {
    bytes,
    text: Buffer.from(bytes).toString("latin1"),
    file,
    standing,
    objects: standing
      .filter(({ number, start }) => {
        const place = file.entry(number, newest);
        return place?.kind === "offset" && place.offset === start;
      })
      .map((one) => ({ ...one, object: file.object(one.number, newest) })),
    catalog,
    pages: leaves(get(catalog, "Pages"), resolve),
    resolve,
    get,
    list: (object, ...keys) => itemsOf(get(object, ...keys)).map(resolve),
    name: (object, ...keys) => nameOf(get(object, ...keys)),
    number: (object, ...keys) => numberIn(get(object, ...keys)),
    decode: (object) => decoded(file, resolve(object), newest),
  };
}

const numberIn = (object: PdfObject): number | null => (object.kind === "number" ? object.value : null);

function leaves(node: PdfObject, resolve: (object: PdfObject) => PdfObject): PdfObject[] {
  if (nameOf(resolve(entryOf(node, "Type"))) === "Page") return [node];
  return itemsOf(resolve(entryOf(node, "Kids"))).flatMap((kid) => leaves(resolve(kid), resolve));
}

function decoded(file: PdfFile, object: PdfObject, revision: number): Uint8Array {
  if (object.kind !== "stream") throw new Error("no stream");
  const data = file.decode(object, revision);
  if (!data.ok) throw new Error(data.failure.code);
  return data.value;
}

/** Everything inside an object, references not followed, itself first. */
export function* within(object: PdfObject): Generator<PdfObject> {
  yield object;
  if (object.kind === "array") for (const item of object.items) yield* within(item);
  for (const item of dictionaryOf(object)?.entries.values() ?? []) yield* within(item);
}

export const streamsOf = (pdf: OpenPdf): (Standing & { readonly object: PdfStream })[] =>
  pdf.standing.flatMap((one) => (one.object.kind === "stream" ? [{ ...one, object: one.object }] : []));

/** Dictionaries and dictionaries of streams that a reader sees, with those that stand inside others. */
export const dictionariesOf = (pdf: OpenPdf): PdfObject[] =>
  pdf.objects.flatMap(({ object }) => [...within(object)]).filter((object) => dictionaryOf(object) !== null);

export const ofType = (pdf: OpenPdf, type: string): PdfObject[] =>
  dictionariesOf(pdf).filter((object) => pdf.name(object, "Type") === type);

export const has = (object: PdfObject, key: string): boolean => dictionaryOf(object)?.entries.has(key) === true;

/** Text of a text string, ISO 32000-1 §7.9.2.2. */
export function textOf(object: PdfObject): string | null {
  if (object.kind !== "string") return null;
  const { bytes } = object;
  const isUtf16 = bytes[0] === 0xfe && bytes[1] === 0xff;
  return isUtf16 ? new TextDecoder("utf-16be").decode(bytes.subarray(2)) : Buffer.from(bytes).toString("latin1");
}
