import { limits } from "../limits.ts";
import { Refusal } from "../reason-codes.ts";
import { filtersOf, undoPredictor, unpack } from "./streams.ts";
import { type Reader, readValue, skipSpace } from "./tokens.ts";
import { isDict, isRef, kindOf, nameOf, type PdfDict, type PdfValue } from "./values.ts";

export type PdfObject = { readonly value: PdfValue; readonly stream: { start: number; end: number } | null };

export type PdfObjects = {
  readonly bytes: Uint8Array;
  /** Newest definition in file order. */
  readonly byNumber: ReadonlyMap<number, PdfObject>;
  /** Every definition met, older ones too: nothing hides behind a later revision. */
  readonly all: readonly PdfObject[];
  readonly trailers: readonly PdfDict[];
};

/**
 * Finds objects by looking at all bytes, not by following the cross-reference table: what any reader could be led to is
 * inspected. Object streams are opened. Bounded in objects, depth and unpacked bytes.
 */
export function scanObjects(bytes: Uint8Array): PdfObjects {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = { bytes, byNumber: new Map<number, PdfObject>(), all: [] as PdfObject[], trailers: [] as PdfDict[] };
  for (let at = buffer.indexOf("obj"); at !== -1; ) {
    const number = numberBefore(buffer, at);
    const next = number === null ? at + 3 : keepObject(found, buffer, number, at + 3);
    at = buffer.indexOf("obj", next);
  }
  found.trailers.push(...readTrailers(buffer));
  // Before anything packed is opened: in an encrypted file nothing unpacks.
  if (isEncrypted(found)) throw new Refusal("ENCRYPTED_PDF");
  openObjectStreams(found);
  return found;
}

type Found = { bytes: Uint8Array; byNumber: Map<number, PdfObject>; all: PdfObject[]; trailers: PdfDict[] };

// Named in a trailer or, where there is none, in a cross-reference stream (ISO 32000-1 §7.5.8); any revision counts.
function isEncrypted(found: Found): boolean {
  const streams = found.all.map((object) => object.value).filter(isDict);
  const heads = streams.filter((dict) => nameOf(dict.entries.get("Type")) === "XRef");
  return [...found.trailers, ...heads].some((dict) => dict.entries.has("Encrypt"));
}

function numberBefore(buffer: Buffer, at: number): number | null {
  const before = /(\d{1,10})\s+\d{1,5}\s*$/.exec(buffer.toString("latin1", Math.max(0, at - 24), at));
  return before === null ? null : Number(before[1]);
}

function keepObject(found: Found, buffer: Buffer, number: number, from: number): number {
  if (found.all.length >= limits.pdfObjects) throw new Refusal("CORRUPT_PDF");
  const reader: Reader = { bytes: buffer, at: from };
  const value = readBody(reader);
  const stream = isDict(value) ? streamAfter(buffer, reader, value) : null;
  const object = { value, stream };
  found.byNumber.set(number, object);
  found.all.push(object);
  return Math.max(stream?.end ?? reader.at, from);
}

// An object may be nothing but a reference to another.
function readBody(reader: Reader): PdfValue {
  const value = readValue(reader) ?? null;
  const after = { ...reader };
  if (typeof value !== "number" || typeof readValue(after) !== "number") return value;
  const word = readValue(after);
  const isReference = typeof word === "object" && word !== null && word.kind === "keyword" && word.word === "R";
  return isReference ? { kind: "ref", number: value } : value;
}

function streamAfter(buffer: Buffer, reader: Reader, dict: PdfDict): PdfObject["stream"] {
  skipSpace(reader);
  if (buffer.toString("latin1", reader.at, reader.at + 6) !== "stream") return null;
  let start = reader.at + 6;
  if (buffer[start] === 13) start += 1;
  if (buffer[start] === 10) start += 1;
  const length = dict.entries.get("Length");
  if (typeof length === "number" && length >= 0 && endsStream(buffer, start + length)) {
    return { start, end: start + length };
  }
  const end = buffer.indexOf("endstream", start);
  return { start, end: end === -1 ? buffer.length : end };
}

const endsStream = (buffer: Buffer, at: number) =>
  buffer
    .toString("latin1", at, at + 16)
    .trimStart()
    .startsWith("endstream");

function readTrailers(buffer: Buffer): readonly PdfDict[] {
  const trailers: PdfDict[] = [];
  for (let at = buffer.indexOf("trailer"); at !== -1; at = buffer.indexOf("trailer", at + 7)) {
    const value = readValue({ bytes: buffer, at: at + 7 });
    if (isDict(value)) trailers.push(value);
  }
  return trailers;
}

// An object of the file's own body comes before one of the same number packed in a stream; among streams the later wins.
function openObjectStreams(found: Found): void {
  let budget: number = limits.streamsBytes;
  const direct = new Set(found.byNumber.keys());
  for (const object of [...found.all]) {
    if (!isDict(object.value) || nameOf(object.value.entries.get("Type")) !== "ObjStm") continue;
    const data = streamData(found, object);
    if (data === null) throw new Refusal("CORRUPT_PDF");
    budget -= data.length;
    if (budget < 0) throw new Refusal("DECOMPRESSION_LIMIT");
    keepPacked(found, packedObjects(object.value, data), direct);
  }
}

function keepPacked(found: Found, packed: Iterable<[number, PdfValue]>, direct: ReadonlySet<number>): void {
  for (const [number, value] of packed) {
    if (found.all.length >= limits.pdfObjects) throw new Refusal("CORRUPT_PDF");
    const object = { value, stream: null };
    if (!direct.has(number)) found.byNumber.set(number, object);
    found.all.push(object);
  }
}

function* packedObjects(dict: PdfDict, data: Uint8Array): Generator<[number, PdfValue]> {
  const count = dict.entries.get("N");
  const first = dict.entries.get("First");
  if (typeof count !== "number" || typeof first !== "number") throw new Refusal("CORRUPT_PDF");
  const header: Reader = { bytes: data, at: 0 };
  for (let i = 0; i < count; i += 1) {
    const number = readValue(header);
    const offset = readValue(header);
    if (typeof number !== "number" || typeof offset !== "number") return;
    yield [number, readValue({ bytes: data, at: first + offset }) ?? null];
  }
}

/** The stream's bytes with all filters undone; null where a picture filter stands in the way or the data is broken. */
export function streamData(objects: Pick<PdfObjects, "bytes" | "byNumber">, object: PdfObject): Uint8Array | null {
  if (object.stream === null || !isDict(object.value)) return null;
  const entries = object.value.entries;
  const filters = filtersOf(resolve(objects, entries.get("Filter") ?? entries.get("F")));
  const data = unpack(objects.bytes.subarray(object.stream.start, object.stream.end), filters);
  const parameters = resolve(objects, entries.get("DecodeParms"));
  if (data === null || !isDict(parameters)) return data;
  const predictor = parameters.entries.get("Predictor");
  const columns = parameters.entries.get("Columns");
  const predicted = typeof predictor === "number" && predictor >= 10 && typeof columns === "number" && columns > 0;
  return predicted ? undoPredictor(data, columns) : data;
}

/** Follows references; a chain longer than ten is a loop. */
export function resolve(objects: Pick<PdfObjects, "byNumber">, value: PdfValue | undefined): PdfValue {
  let current: PdfValue = value ?? null;
  for (let steps = 0; isRef(current); steps += 1) {
    if (steps > 10) throw new Refusal("CORRUPT_PDF");
    current = objects.byNumber.get(current.number)?.value ?? null;
  }
  return kindOf(current) === "keyword" ? null : current;
}
