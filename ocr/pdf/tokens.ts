import { limits } from "../limits.ts";
import { Refusal } from "../reason-codes.ts";
import type { PdfValue } from "./values.ts";

const whitespace = new Set([0, 9, 10, 12, 13, 32]);
const delimiters = new Set([..."()<>[]{}/%"].map((char) => char.charCodeAt(0)));
const isRegular = (byte: number | undefined) => byte !== undefined && !whitespace.has(byte) && !delimiters.has(byte);

/** A place in the bytes, moved on by each read. Reading is linear; nesting is bounded by `limits.pdfDepth`. */
export type Reader = { readonly bytes: Uint8Array; at: number };

export function skipSpace(reader: Reader): void {
  const { bytes } = reader;
  for (;;) {
    const byte = bytes[reader.at];
    if (byte === 0x25) while (reader.at < bytes.length && !isLineEnd(bytes[reader.at])) reader.at += 1;
    else if (byte !== undefined && whitespace.has(byte)) reader.at += 1;
    else return;
  }
}

const isLineEnd = (byte: number | undefined) => byte === 10 || byte === 13;

/** Next object, or keyword where none stands (`endobj`, `Do`, `]`). @returns undefined at the end of the bytes */
export function readValue(reader: Reader, depth = 0): PdfValue | undefined {
  if (depth > limits.pdfDepth) throw new Refusal("CORRUPT_PDF");
  skipSpace(reader);
  const { bytes, at } = reader;
  const byte = bytes[at];
  if (byte === undefined) return undefined;
  if (byte === 0x2f) return { kind: "name", name: readName(reader) };
  if (byte === 0x28) return readLiteralString(reader);
  if (byte === 0x5b) return readArray(reader, depth);
  if (byte === 0x3c) return bytes[at + 1] === 0x3c ? readDict(reader, depth) : readHexString(reader);
  return delimiters.has(byte) ? readDelimiter(reader) : readWord(reader);
}

function readDelimiter(reader: Reader): PdfValue {
  const { bytes, at } = reader;
  const length = bytes[at] === 0x3e && bytes[at + 1] === 0x3e ? 2 : 1;
  reader.at += length;
  return { kind: "keyword", word: latin1(bytes.subarray(at, at + length)) };
}

// Escapes hide names from plain searches (`/J#61vaScript`); they are undone once, ISO 32000-1 §7.3.5.
function readName(reader: Reader): string {
  const start = reader.at + 1;
  reader.at = start;
  while (isRegular(reader.bytes[reader.at])) reader.at += 1;
  const text = latin1(reader.bytes.subarray(start, reader.at));
  return text.includes("#")
    ? text.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

function readLiteralString(reader: Reader): PdfValue {
  const { bytes } = reader;
  let open = 0;
  while (reader.at < bytes.length) {
    const byte = bytes[reader.at];
    reader.at += byte === 0x5c ? 2 : 1;
    if (byte === 0x28) open += 1;
    if (byte === 0x29) open -= 1;
    if (open === 0) break;
  }
  return { kind: "string" };
}

function readHexString(reader: Reader): PdfValue {
  const end = reader.bytes.indexOf(0x3e, reader.at);
  reader.at = end === -1 ? reader.bytes.length : end + 1;
  return { kind: "string" };
}

function readArray(reader: Reader, depth: number): PdfValue {
  reader.at += 1;
  return { kind: "array", items: readUntil(reader, "]", depth + 1) };
}

function readDict(reader: Reader, depth: number): PdfValue {
  reader.at += 2;
  const items = readUntil(reader, ">>", depth + 1);
  const entries = new Map<string, PdfValue>();
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i];
    if (typeof key === "object" && key !== null && key.kind === "name") entries.set(key.name, items[i + 1] ?? null);
  }
  return { kind: "dict", entries };
}

const runaway = new Set(["endobj", "obj", "stream", "endstream"]);

function readUntil(reader: Reader, closing: string, depth: number): readonly PdfValue[] {
  const items: PdfValue[] = [];
  for (;;) {
    const value = readValue(reader, depth);
    if (value === undefined) return items;
    const word = wordOf(value);
    if (word === closing || (word !== null && runaway.has(word))) return items;
    if (word === null) items.push(value);
    else if (word === "R") makeRef(items);
  }
}

// `12 0 R` is three tokens: the reference takes the place of the two numbers before it.
function makeRef(items: PdfValue[]): void {
  const number = items.at(-2);
  if (typeof number === "number" && typeof items.at(-1) === "number") items.splice(-2, 2, { kind: "ref", number });
}

const wordOf = (value: PdfValue) =>
  typeof value === "object" && value !== null && value.kind === "keyword" ? value.word : null;

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readWord(reader: Reader): PdfValue {
  const start = reader.at;
  while (isRegular(reader.bytes[reader.at])) reader.at += 1;
  const word = latin1(reader.bytes.subarray(start, reader.at));
  const number = Number(word);
  if (/^[+-]?[\d.]/.test(word) && !Number.isNaN(number)) return number;
  return Object.hasOwn(words, word) ? (words[word] ?? null) : { kind: "keyword", word };
}

/** Bytes as text, one character a byte. */
export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
