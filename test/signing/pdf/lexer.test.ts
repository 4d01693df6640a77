import { describe, expect, test } from "vitest";
import {
  cursorAt,
  hexValue,
  indexOfText,
  isDigit,
  isRegular,
  isWhiteSpace,
  lastIndexOfText,
  looksAt,
  peek,
  skipSpace,
  takeInteger,
  takeKeyword,
} from "../../../signing/format/pdf/lexer.ts";
import type { Bytes } from "../../../src/core/kernel.ts";

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));
const every = Array.from({ length: 256 }, (_, byte) => byte);
const those = (holds: (byte: number) => boolean) => String.fromCharCode(...every.filter(holds));

describe("ISO 32000-2 §7.2.3: characters", () => {
  test("six are white space, ten are delimiters, all others are regular; nothing is none of them", () => {
    expect(those(isWhiteSpace)).toBe("\0\t\n\f\r ");
    expect(those((byte) => !isWhiteSpace(byte) && !isRegular(byte))).toBe("%()/<>[]{}");
    expect(isWhiteSpace(undefined)).toBe(false);
    expect(isRegular(undefined)).toBe(false);
  });

  test("digits are 0 to 9, hexadecimal digits have their value in both cases, nothing else has one", () => {
    expect(those(isDigit)).toBe("0123456789");
    expect(isDigit(undefined)).toBe(false);
    expect(those((byte) => hexValue(byte) >= 0)).toBe("0123456789ABCDEFabcdef");
    expect([..."09afAF"].map((digit) => hexValue(digit.charCodeAt(0)))).toEqual([0, 9, 10, 15, 10, 15]);
    expect(hexValue(undefined)).toBe(-1);
  });
});

describe("ISO 32000-2 §7.2: a cursor stays within its end", () => {
  test("what stands at the end, or behind it, is not seen", () => {
    const cursor = cursorAt(latin1("abcd"), 1, 3);
    expect([peek(cursor), peek(cursor, 1), peek(cursor, 2)]).toEqual([0x62, 0x63, undefined]);
    expect(looksAt(cursor, "bc")).toBe(true);
    expect(looksAt(cursor, "bcd")).toBe(false);
    expect(looksAt(cursor, "bd")).toBe(false);
  });

  test.each([
    [" \t\r\n\f\0x", 6],
    ["%note\nx", 6],
    ["%note\rx", 6],
    ["% a % b\n % c\n x", 14],
    ["%to the end", 11],
    ["x", 0],
    ["", 0],
  ])("white space and comments of %j are passed over", (text, at) => {
    const cursor = cursorAt(latin1(text), 0);
    skipSpace(cursor);
    expect(cursor.at).toBe(at);
  });

  test("a comment is not read past the cursor's end", () => {
    const cursor = cursorAt(latin1("%note\nx"), 0, 3);
    skipSpace(cursor);
    expect(cursor.at).toBe(3);
  });
});

describe("ISO 32000-2 §7.3: keywords and integers are taken whole or not at all", () => {
  test.each([
    ["obj", true, 3],
    [" %x\n obj<<", true, 8],
    ["obj/", true, 3],
    ["obj\n", true, 3],
    ["objx", false, 0],
    [" obj1", false, 0],
    ["ob", false, 0],
    ["xobj", false, 0],
  ])("the keyword obj in %j: %j", (text, isThere, at) => {
    const cursor = cursorAt(latin1(text), 0);
    expect(takeKeyword(cursor, "obj")).toBe(isThere);
    expect(cursor.at).toBe(at);
  });

  test.each([
    ["12", 12, 2],
    ["  007 ", 7, 5],
    ["9/", 9, 1],
    ["0", 0, 1],
    ["123456789012345", 123456789012345, 15],
    ["1234567890123456", null, 0],
    [" 12a", null, 0],
    [" 1.5", null, 0],
    [" -1", null, 0],
    ["", null, 0],
    [" ", null, 0],
  ])("the integer in %j is %j", (text, value, at) => {
    const cursor = cursorAt(latin1(text), 0);
    expect(takeInteger(cursor)).toBe(value);
    expect(cursor.at).toBe(at);
  });
});

describe("text is found where it stands, and nowhere else", () => {
  const bytes = latin1("abc abd abc ab");

  test("the first at or after a place, wholly before an end", () => {
    expect(indexOfText(bytes, "abc", 0)).toBe(0);
    expect(indexOfText(bytes, "abc", 1)).toBe(8);
    expect(indexOfText(bytes, "abc", 8)).toBe(8);
    expect(indexOfText(bytes, "abc", 9)).toBe(-1);
    expect(indexOfText(bytes, "abc", 1, 11)).toBe(8);
    expect(indexOfText(bytes, "abc", 1, 10)).toBe(-1);
    expect(indexOfText(bytes, "abd", 0)).toBe(4);
    expect(indexOfText(bytes, "x", 0)).toBe(-1);
  });

  test("the last wholly before an end, at or after a place", () => {
    expect(lastIndexOfText(bytes, "abc", bytes.length)).toBe(8);
    expect(lastIndexOfText(bytes, "abc", 11)).toBe(8);
    expect(lastIndexOfText(bytes, "abc", 10)).toBe(0);
    expect(lastIndexOfText(bytes, "abc", 10, 1)).toBe(-1);
    expect(lastIndexOfText(bytes, "abc", 3)).toBe(0);
    expect(lastIndexOfText(bytes, "abc", 2)).toBe(-1);
    expect(lastIndexOfText(bytes, "ab", bytes.length)).toBe(12);
    expect(lastIndexOfText(bytes, "abd", bytes.length, 4)).toBe(4);
    expect(lastIndexOfText(bytes, "abd", bytes.length, 5)).toBe(-1);
  });
});
