import { type Bytes, concatBytes, fail, ok, type Result, utf8 } from "../kernel.ts";

/** The part of CBOR that our formats use: no floats, no indefinite lengths, integers within ±(2^53 - 1). */
export type CborValue =
  | number
  | string
  | boolean
  | null
  | Bytes
  | readonly CborValue[]
  | CborMap
  | { readonly tag: number; readonly content: CborValue };

export type CborMap = ReadonlyMap<number | string, CborValue>;

export type CborFailure = { readonly code: "malformed_cbor"; readonly offset: number };

const maximumDepth = 16; // an attacker's nesting must not exhaust the stack

/** Deterministic encoding, RFC 8949 §4.2.1: shortest heads, map keys in bytewise order of their encodings. */
export function encodeCbor(value: CborValue): Bytes {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return textString(value);
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === "boolean") return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (value instanceof Uint8Array) return concatBytes(head(2, value.length), value);
  if (value instanceof Map) return encodeMap(value);
  if ("tag" in value) return concatBytes(head(6, value.tag), encodeCbor(value.content));
  const items = [...(value as readonly CborValue[])];
  return concatBytes(head(4, items.length), ...items.map(encodeCbor));
}

/**
 * Strict reading of the deterministic encoding: a longer head, an unsorted or doubled key, text that is not UTF-8, a
 * float or a byte left over is refused, so that one value has one encoding and no digest can be met twice.
 */
export function decodeCbor(bytes: Uint8Array): Result<CborValue, CborFailure> {
  const cursor = { bytes, at: 0 };
  try {
    const value = readValue(cursor, 0);
    return cursor.at === bytes.length ? ok(value) : fail({ code: "malformed_cbor", offset: cursor.at });
  } catch (thrown) {
    if (thrown instanceof Malformed) return fail({ code: "malformed_cbor", offset: cursor.at });
    throw thrown;
  }
}

class Malformed extends Error {}

type Cursor = { readonly bytes: Uint8Array; at: number };

function textString(text: string): Bytes {
  const encoded = utf8(text);
  return concatBytes(head(3, encoded.length), encoded);
}

function encodeMap(map: CborMap): Bytes {
  const pairs = [...map].map(([key, value]) => ({ key: encodeCbor(key), value: encodeCbor(value) }));
  pairs.sort((a, b) => compareBytes(a.key, b.key));
  return concatBytes(head(5, pairs.length), ...pairs.flatMap(({ key, value }) => [key, value]));
}

function head(major: number, argument: number): Bytes {
  if (!Number.isSafeInteger(argument) || argument < 0) throw new RangeError("not an integer that CBOR carries for us");
  const type = major << 5;
  if (argument < 24) return Uint8Array.of(type | argument);
  const [information, width] = widthOf(argument);
  const written = new Uint8Array(1 + width);
  written[0] = type | information;
  for (let i = width, rest = argument; i > 0; i--, rest = Math.floor(rest / 256)) written[i] = rest % 256;
  return written;
}

function widthOf(argument: number): readonly [information: number, width: number] {
  if (argument < 0x100) return [24, 1];
  if (argument < 0x1_0000) return [25, 2];
  return argument < 0x1_0000_0000 ? [26, 4] : [27, 8];
}

function readValue(cursor: Cursor, depth: number): CborValue {
  if (depth > maximumDepth) throw new Malformed();
  const initial = byteAt(cursor);
  const major = initial >> 5;
  if (major === 7) return readSimple(initial);
  const argument = readArgument(cursor, initial & 31);
  if (major === 0) return argument;
  if (major === 1) return -1 - argument;
  if (major === 2) return take(cursor, argument);
  if (major === 3) return readText(cursor, argument);
  if (major === 6) return { tag: argument, content: readValue(cursor, depth + 1) };
  return major === 4 ? readArray(cursor, argument, depth) : readMap(cursor, argument, depth);
}

function readSimple(initial: number): CborValue {
  if (initial === 0xf4 || initial === 0xf5) return initial === 0xf5;
  if (initial === 0xf6) return null;
  throw new Malformed();
}

function readArgument(cursor: Cursor, information: number): number {
  if (information < 24) return information;
  const width = [1, 2, 4, 8][information - 24];
  if (width === undefined) throw new Malformed();
  let argument = 0;
  for (let i = 0; i < width; i++) argument = argument * 256 + byteAt(cursor);
  const shortest = argument >= 24 && Number.isSafeInteger(argument) && widthOf(argument)[1] === width;
  if (!shortest) throw new Malformed();
  return argument;
}

function readArray(cursor: Cursor, length: number, depth: number): CborValue {
  const items: CborValue[] = [];
  for (let i = 0; i < length; i++) items.push(readValue(cursor, depth + 1)); // bounded by the input: each item takes a byte
  return items;
}

function readMap(cursor: Cursor, length: number, depth: number): CborValue {
  const map = new Map<number | string, CborValue>();
  let before: Span | null = null;
  for (let i = 0; i < length; i++) {
    const from = cursor.at;
    const key = readValue(cursor, depth + 1);
    const span: Span = { from, to: cursor.at };
    const known = typeof key === "number" || typeof key === "string";
    if (!known || (before !== null && compareSpans(cursor.bytes, before, span) >= 0)) throw new Malformed();
    before = span;
    map.set(key, readValue(cursor, depth + 1));
  }
  return map;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const mostWordLength = 40;

function readText(cursor: Cursor, length: number): string {
  const from = cursor.at;
  skip(cursor, length);
  const word = length <= mostWordLength ? plainWord(cursor.bytes, from, cursor.at) : null;
  if (word !== null) return word;
  try {
    return decoder.decode(cursor.bytes.subarray(from, cursor.at));
  } catch {
    throw new Malformed();
  }
}

/** Names and numbers are short and ASCII: asking a decoder costs more than reading them. Null for anything else. */
function plainWord(bytes: Uint8Array, from: number, to: number): string | null {
  let word = "";
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0x80;
    if (byte >= 0x80) return null;
    word += String.fromCharCode(byte);
  }
  return word;
}

const fewBytes = 64; // as long as a hash or a signature: copied without a view that would be thrown away

function take(cursor: Cursor, length: number): Bytes {
  const from = cursor.at;
  skip(cursor, length);
  if (length > fewBytes) return new Uint8Array(cursor.bytes.subarray(from, cursor.at));
  const taken = new Uint8Array(length);
  for (let i = 0; i < length; i++) taken[i] = cursor.bytes[from + i] ?? 0;
  return taken;
}

function skip(cursor: Cursor, length: number): void {
  if (length > cursor.bytes.length - cursor.at) throw new Malformed();
  cursor.at += length;
}

function byteAt(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at];
  if (byte === undefined) throw new Malformed();
  cursor.at += 1;
  return byte;
}

type Span = { readonly from: number; readonly to: number };

/** As `compareBytes`, of two parts of the same bytes. */
function compareSpans(bytes: Uint8Array, a: Span, b: Span): number {
  const [aLength, bLength] = [a.to - a.from, b.to - b.from];
  for (let i = 0; i < Math.min(aLength, bLength); i++) {
    const difference = (bytes[a.from + i] ?? 0) - (bytes[b.from + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
