import type { Bytes } from "../../../src/core/kernel.ts";
import type { PdfBudget } from "./limits.ts";

/**
 * A place in bytes. `located` says that offsets are offsets in the file (not in a decoded object stream); what is parsed
 * into values is paid from `budget`.
 */
export type Cursor = {
  readonly bytes: Bytes;
  at: number;
  readonly end: number;
  readonly located: boolean;
  readonly budget: PdfBudget | null;
};

export const cursorAt = (bytes: Bytes, at: number, end = bytes.length, budget: PdfBudget | null = null): Cursor => ({
  bytes,
  at,
  end,
  located: true,
  budget,
});

const classOf = new Uint8Array(256); // ISO 32000-2 §7.2.3: 1 white space, 2 delimiter, 0 regular
for (const byte of [0, 9, 10, 12, 13, 32]) classOf[byte] = 1;
for (const byte of [0x28, 0x29, 0x3c, 0x3e, 0x5b, 0x5d, 0x7b, 0x7d, 0x2f, 0x25]) classOf[byte] = 2;

export const isWhiteSpace = (byte: number | undefined): boolean => byte !== undefined && classOf[byte] === 1;
export const isRegular = (byte: number | undefined): boolean => byte !== undefined && classOf[byte] === 0;
export const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Of one hexadecimal digit; -1 for anything else. */
export const hexValue = (byte: number | undefined): number => hexValues[byte ?? 0] ?? -1;

// Signatures are hexadecimal, tens of thousands of digits each.
const hexValues = Int8Array.from({ length: 256 }, (_, byte) => {
  const text = String.fromCharCode(byte);
  return /[0-9a-f]/i.test(text) ? Number.parseInt(text, 16) : -1;
});

export const peek = (cursor: Cursor, ahead = 0): number | undefined =>
  cursor.at + ahead < cursor.end ? cursor.bytes[cursor.at + ahead] : undefined;

/** White space and comments. */
export function skipSpace(cursor: Cursor): void {
  for (;;) {
    const byte = peek(cursor);
    if (byte === 0x25) skipLine(cursor);
    else if (isWhiteSpace(byte)) cursor.at++;
    else return;
  }
}

function skipLine(cursor: Cursor): void {
  while (cursor.at < cursor.end && peek(cursor) !== 10 && peek(cursor) !== 13) cursor.at++;
}

/** Whether these ASCII characters stand here; nothing is taken. */
export function looksAt(cursor: Cursor, text: string): boolean {
  if (cursor.at + text.length > cursor.end) return false;
  for (let i = 0; i < text.length; i++) if (cursor.bytes[cursor.at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Takes a whole keyword, after white space; stays where it was if it is not there. */
export function takeKeyword(cursor: Cursor, keyword: string): boolean {
  const start = cursor.at;
  skipSpace(cursor);
  if (looksAt(cursor, keyword) && !isRegular(peek(cursor, keyword.length))) {
    cursor.at += keyword.length;
    return true;
  }
  cursor.at = start;
  return false;
}

/** Takes an unsigned integer of at most 15 digits, after white space; stays where it was if there is none. */
export function takeInteger(cursor: Cursor): number | null {
  const start = cursor.at;
  skipSpace(cursor);
  const first = cursor.at;
  let value = 0;
  for (let byte = peek(cursor); byte !== undefined && isDigit(byte); byte = peek(cursor)) {
    value = value * 10 + byte - 0x30;
    cursor.at++;
  }
  const digits = cursor.at - first;
  if (digits > 0 && digits <= 15 && !isRegular(peek(cursor))) return value;
  cursor.at = start;
  return null;
}

/** Offset of ASCII `text` at or after `from`, before `end`; -1 when there is none. */
export function indexOfText(bytes: Uint8Array, text: string, from: number, end = bytes.length): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0 && at + text.length <= end; at = bytes.indexOf(first, at + 1)) {
    if (standsAt(bytes, text, at)) return at;
  }
  return -1;
}

/** Offset of the last ASCII `text` that ends at or before `end` and starts at or after `from`; -1 when there is none. */
export function lastIndexOfText(bytes: Uint8Array, text: string, end: number, from = 0): number {
  for (let at = end - text.length; at >= from; at--) if (standsAt(bytes, text, at)) return at;
  return -1;
}

function standsAt(bytes: Uint8Array, text: string, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
