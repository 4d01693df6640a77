import { describe, expect, test } from "vitest";
import { cursorAt } from "../../../signing/format/pdf/lexer.ts";
import { budgetFor, usualLimits } from "../../../signing/format/pdf/limits.ts";
import type { PdfObject } from "../../../signing/format/pdf/object.ts";
import { parseObject } from "../../../signing/format/pdf/parser.ts";
import type { Bytes } from "../../../src/core/kernel.ts";

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));

/** The object as a value that is easy to read in a table. */
function plain(object: PdfObject | null): unknown {
  if (object === null) return "unreadable";
  switch (object.kind) {
    case "null":
      return null;
    case "boolean":
    case "number":
      return object.value;
    case "name":
      return `/${object.value}`;
    case "string":
      return { text: Buffer.from(object.bytes).toString("latin1") };
    case "array":
      return object.items.map(plain);
    case "reference":
      return `${object.number} ${object.generation} R`;
    case "dictionary":
      return new Map([...object.entries].map(([key, value]) => [key, plain(value)]));
    default:
      return "stream";
  }
}

const parsed = (text: string, nesting = 8) => plain(parseObject(cursorAt(latin1(text), 0), nesting));

describe("ISO 32000-2 §7.3.2, §7.3.3, §7.3.9, §7.3.10: constants, numbers and references", () => {
  test.each<[string, unknown]>([
    ["true", true],
    ["false", false],
    ["null", null],
    [" %c\n true", true],
    ["truex", "unreadable"],
    ["True", "unreadable"],
    ["17", 17],
    ["+17", 17],
    ["-98", -98],
    ["34.5", 34.5],
    ["-.002", -0.002],
    ["4.", 4],
    [".5", 0.5],
    ["-", "unreadable"],
    [".", "unreadable"],
    ["1e3", "unreadable"],
    ["1.2.3", "unreadable"],
    ["--1", "unreadable"],
    ["1x", "unreadable"],
    ["x1", "unreadable"],
    [`0.${"1".repeat(62)}`, Number(`0.${"1".repeat(62)}`)],
    [`0.${"1".repeat(63)}`, "unreadable"],
    ["12 0 R", "12 0 R"],
    ["12 3 R", "12 3 R"],
    ["12 3 Rx", 12],
    ["12 3 obj", 12],
    ["12/3 R", 12],
    ["12 -3 R", 12],
    ["", "unreadable"],
    [")", "unreadable"],
    ["}", "unreadable"],
  ])("%j is %j", (text, value) => {
    expect(parsed(text)).toEqual(value);
  });

  test("a number that is no reference leaves what follows it", () => {
    expect(parsed("[1 2 3 0 R 4 5]")).toEqual([1, 2, "3 0 R", 4, 5]);
    expect(parsed("[1 2]")).toEqual([1, 2]);
  });
});

describe("ISO 32000-2 §7.3.4: strings", () => {
  test.each<[string, string]>([
    ["(text)", "text"],
    ["()", ""],
    ["(a (nested (twice)) b)", "a (nested (twice)) b"],
    ["(\\n\\r\\t\\b\\f)", "\n\r\t\b\f"],
    ["(\\(\\)\\\\)", "()\\"],
    ["(\\x)", "x"],
    ["(a\\\nb)", "ab"],
    ["(a\\\rb)", "ab"],
    ["(a\\\r\nb)", "ab"],
    ["(a\nb)", "a\nb"],
    ["(\\101)", "A"],
    ["(\\1010)", "A0"],
    ["(\\53)", "+"],
    ["(\\0538)", "+8"],
    ["(\\58)", "\x058"],
    ["(\\777)", "\xff"],
    ["(\\8)", "8"],
    [`(${"long ".repeat(40)})`, "long ".repeat(40)],
    ["<48656C6c6f>", "Hello"],
    ["<48 65\n6C>", "Hel"],
    ["<487>", "Hp"],
    ["<>", ""],
  ])("%j is %j", (text, value) => {
    expect(parsed(text)).toEqual({ text: value });
  });

  test.each(["(open", "(open (one)", "(a\\", "(a\\)", "<48", "<4g>", "<48(>"])("%j is unreadable", (text) => {
    expect(parsed(text)).toBe("unreadable");
  });

  test("a string tells how and where it stands, one of an object stream has no place", () => {
    const bytes = latin1("[(ab) <4142>]");
    const located = parseObject(cursorAt(bytes, 0), 1);
    const inside = parseObject({ ...cursorAt(bytes, 0), located: false }, 1);
    expect(located).toMatchObject({
      items: [
        { hex: false, start: 1, end: 5 },
        { hex: true, start: 6, end: 12 },
      ],
    });
    expect(inside).toMatchObject({
      items: [
        { hex: false, start: -1, end: -1 },
        { hex: true, start: -1, end: -1 },
      ],
    });
  });

  test("a hexadecimal string does not reach past the end of what is read", () => {
    expect(parseObject(cursorAt(latin1("<4142>"), 0, 5), 1)).toBeNull();
    expect(plain(parseObject(cursorAt(latin1("<4142>"), 0, 6), 1))).toEqual({ text: "AB" });
  });
});

describe("ISO 32000-2 §7.3.5: names", () => {
  test.each([
    ["/Name1", "/Name1"],
    ["/", "/"],
    ["/A;B_C.d#20e", "/A;B_C.d e"],
    ["/#41#4a", "/AJ"],
    ["/A#4", "/A#4"],
    ["/A#g1", "/A#g1"],
    ["/A#4g", "/A#4g"],
    ["/A/B", "/A"],
    ["/A(x)", "/A"],
    ["/A B", "/A"],
  ])("%j is %j", (text, value) => {
    expect(parsed(text)).toBe(value);
  });
});

describe("ISO 32000-2 §7.3.6, §7.3.7: arrays and dictionaries", () => {
  test.each<[string, unknown]>([
    ["[]", []],
    ["[ ]", []],
    ["[1[2 3](4)/5]", [1, [2, 3], { text: "4" }, "/5"]],
    ["[1%]\n2]", [1, 2]],
    ["[1", "unreadable"],
    ["[1 x]", "unreadable"],
    ["<<>>", new Map()],
    [
      "<< /A 1 /B[2]/C<</D 3>>>>",
      new Map<string, unknown>([
        ["A", 1],
        ["B", [2]],
        ["C", new Map([["D", 3]])],
      ]),
    ],
    ["<</A 1", "unreadable"],
    ["<</A>>", "unreadable"],
    ["<<1 /A>>", "unreadable"],
    ["<</A 1>", "unreadable"],
  ])("%j is %j", (text, value) => {
    expect(parsed(text)).toEqual(value);
  });

  test("a key that comes twice counts with its last value, and is told", () => {
    const object = parseObject(cursorAt(latin1("<</A 1/B 2/A 3>>"), 0), 1);
    expect(object).toMatchObject({ kind: "dictionary", doubled: ["A"] });
    expect(plain(object)).toEqual(
      new Map([
        ["A", 3],
        ["B", 2],
      ]),
    );
    expect(parseObject(cursorAt(latin1("<</A 1/B 2>>"), 0), 1)).toMatchObject({ doubled: [] });
  });

  test.each([
    ["[1 (2)]", true],
    ["[1 2 0 R]", false],
    ["[1[2 0 R] 3]", false],
    ["[2 0 R 1]", false],
    ["<</A 1>>", true],
    ["<</A 1 0 R/B 1>>", false],
    ["<</A[<</B 1 0 R>>]/C 1>>", false],
  ])("%j means the same in every revision: %j", (text, isClosed) => {
    expect(parseObject(cursorAt(latin1(text), 0), 8)).toMatchObject({ isClosed });
  });

  test("as many may be opened inside one another as is said, and none more", () => {
    expect(parsed("[[1]]", 2)).toEqual([[1]]);
    expect(parsed("[[1]]", 1)).toBe("unreadable");
    expect(parsed("<</A<</B 1>>>>", 2)).toEqual(new Map([["A", new Map([["B", 1]])]]));
    expect(parsed("<</A<</B 1>>>>", 1)).toBe("unreadable");
    expect(parsed("1", 0)).toBe(1);
  });

  test("values are paid for: once they are spent nothing more is read", () => {
    const budget = budgetFor({ ...usualLimits, values: 3 }, 0);
    const cursor = (text: string) => cursorAt(latin1(text), 0, text.length, budget);
    expect(plain(parseObject(cursor("[1 2]"), 1))).toEqual([1, 2]);
    expect(budget.exhausted).toBe(false);
    expect(parseObject(cursor("1"), 1)).toBeNull();
    expect(budget.exhausted).toBe(true);
  });
});
