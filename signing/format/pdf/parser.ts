import type { Bytes } from "../../../src/core/kernel.ts";
import type { Cursor } from "./lexer.ts";
import {
  hexValue,
  isDigit,
  isRegular,
  isWhiteSpace,
  looksAt,
  peek,
  skipSpace,
  takeInteger,
  takeKeyword,
} from "./lexer.ts";
import { spend } from "./limits.ts";
import type { PdfDictionary, PdfName, PdfObject, PdfString } from "./object.ts";
import { isClosed, pdfNull } from "./object.ts";

/**
 * One object, ISO 32000-2 §7.3, after white space. A stream's dictionary only: its data belong to the indirect object.
 *
 * @param nesting how many arrays and dictionaries may still be opened
 * @returns null where no object can be read; the cursor is then anywhere
 */
export function parseObject(cursor: Cursor, nesting: number): PdfObject | null {
  if (cursor.budget !== null && !spend(cursor.budget, "values", 1)) return null;
  skipSpace(cursor);
  return parseValue(cursor, nesting);
}

function parseValue(cursor: Cursor, nesting: number): PdfObject | null {
  const byte = peek(cursor);
  if (byte === 0x2f) return parseName(cursor);
  if (byte === 0x28) return parseLiteralString(cursor);
  if (byte === 0x5b) return nesting > 0 ? parseArray(cursor, nesting - 1) : null;
  if (byte === 0x3c) {
    if (peek(cursor, 1) !== 0x3c) return parseHexString(cursor);
    return nesting > 0 ? parseDictionary(cursor, nesting - 1) : null;
  }
  if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return parseNumberOrReference(cursor);
  return parseConstant(cursor);
}

function parseConstant(cursor: Cursor): PdfObject | null {
  if (takeKeyword(cursor, "null")) return pdfNull;
  if (takeKeyword(cursor, "true")) return { kind: "boolean", value: true };
  return takeKeyword(cursor, "false") ? { kind: "boolean", value: false } : null;
}

function parseArray(cursor: Cursor, nesting: number): PdfObject | null {
  cursor.at++;
  const items: PdfObject[] = [];
  let closed = true;
  for (;;) {
    skipSpace(cursor);
    if (peek(cursor) === 0x5d) {
      cursor.at++;
      return { kind: "array", items, isClosed: closed };
    }
    const item = parseObject(cursor, nesting);
    if (item === null) return null;
    items.push(item);
    closed &&= isClosed(item);
  }
}

function parseDictionary(cursor: Cursor, nesting: number): PdfDictionary | null {
  cursor.at += 2;
  const entries = new Map<string, PdfObject>();
  const doubled: string[] = [];
  let closed = true;
  for (;;) {
    skipSpace(cursor);
    if (looksAt(cursor, ">>")) {
      cursor.at += 2;
      return { kind: "dictionary", entries, doubled, isClosed: closed };
    }
    if (peek(cursor) !== 0x2f) return null;
    const key = parseName(cursor).value;
    const value = parseObject(cursor, nesting);
    if (value === null) return null;
    if (entries.has(key)) doubled.push(key);
    entries.set(key, value);
    closed &&= isClosed(value);
  }
}

function parseName(cursor: Cursor): PdfName {
  cursor.at++;
  let value = "";
  for (let byte = peek(cursor); byte !== undefined && isRegular(byte); byte = peek(cursor)) {
    const high = byte === 0x23 ? hexValue(peek(cursor, 1)) : -1;
    const low = high >= 0 ? hexValue(peek(cursor, 2)) : -1;
    value += String.fromCharCode(low >= 0 ? high * 16 + low : byte);
    cursor.at += low >= 0 ? 3 : 1;
  }
  return { kind: "name", value };
}

function parseNumberOrReference(cursor: Cursor): PdfObject | null {
  const start = cursor.at;
  const number = takeInteger(cursor);
  if (number === null) return parseReal(cursor);
  const afterNumber = cursor.at;
  const generation = isWhiteSpace(peek(cursor)) ? takeInteger(cursor) : null;
  if (generation !== null && takeKeyword(cursor, "R")) return { kind: "reference", number, generation };
  cursor.at = afterNumber;
  return start === afterNumber ? null : { kind: "number", value: number };
}

function parseReal(cursor: Cursor): PdfObject | null {
  let text = "";
  for (let byte = peek(cursor); byte !== undefined && isRegular(byte); byte = peek(cursor)) {
    text += String.fromCharCode(byte);
    cursor.at++;
    if (text.length > 64) return null;
  }
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? { kind: "number", value: Number(text) } : null;
}

function parseHexString(cursor: Cursor): PdfString | null {
  const start = cursor.at++;
  const close = cursor.bytes.indexOf(0x3e, cursor.at);
  if (close < 0 || close >= cursor.end) return null;
  const digits = hexDigits(cursor.bytes.subarray(cursor.at, close));
  if (digits === null) return null;
  cursor.at = close + 1;
  const bytes = new Uint8Array((digits.length + 1) >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = ((digits[2 * i] ?? 0) << 4) | (digits[2 * i + 1] ?? 0);
  return stringOf(cursor, bytes, true, start);
}

/** Their values, white space left out; null where anything else stands. §7.3.4.3. */
function hexDigits(text: Uint8Array): Uint8Array | null {
  const digits = new Uint8Array(text.length);
  let count = 0;
  for (const byte of text) {
    const digit = hexValue(byte);
    if (digit >= 0) digits[count++] = digit;
    else if (!isWhiteSpace(byte)) return null;
  }
  return digits.subarray(0, count);
}

const escapes = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
]);

function parseLiteralString(cursor: Cursor): PdfString | null {
  const start = cursor.at++;
  const out: Grown = { bytes: new Uint8Array(64), length: 0 };
  for (let depth = 1; ; cursor.at++) {
    const byte = peek(cursor);
    if (byte === undefined) return null;
    if (byte === 0x28) depth++;
    if (byte === 0x29 && --depth === 0) break;
    if (byte === 0x5c) takeEscape(cursor, out);
    else push(out, byte);
  }
  cursor.at++;
  return stringOf(cursor, out.bytes.slice(0, out.length), false, start);
}

type Grown = { bytes: Bytes; length: number };

function push(out: Grown, byte: number): void {
  if (out.length === out.bytes.length) {
    const larger = new Uint8Array(2 * out.length);
    larger.set(out.bytes);
    out.bytes = larger;
  }
  out.bytes[out.length++] = byte;
}

/** §7.3.4.2 table 3; the cursor is left on the last byte of the escape. */
function takeEscape(cursor: Cursor, out: Grown): void {
  const byte = peek(cursor, 1);
  if (byte === undefined) return;
  cursor.at++;
  if (byte === 13) {
    if (peek(cursor, 1) === 10) cursor.at++;
  } else if (byte >= 0x30 && byte <= 0x37) push(out, takeOctal(cursor));
  else if (byte !== 10) push(out, escapes.get(byte) ?? byte);
}

function takeOctal(cursor: Cursor): number {
  let value = (peek(cursor) ?? 0x30) - 0x30;
  for (let i = 0; i < 2; i++) {
    const next = peek(cursor, 1);
    if (next === undefined || next < 0x30 || next > 0x37) break;
    value = value * 8 + next - 0x30;
    cursor.at++;
  }
  return value & 0xff;
}

function stringOf(cursor: Cursor, bytes: Bytes, hex: boolean, start: number): PdfString {
  return cursor.located
    ? { kind: "string", bytes, hex, start, end: cursor.at }
    : { kind: "string", bytes, hex, start: -1, end: -1 };
}
