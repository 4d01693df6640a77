import { describe, expect, test } from "vitest";
import { isBlank, readIndirect } from "../../../signing/format/pdf/indirect.ts";
import { budgetFor, usualLimits } from "../../../signing/format/pdf/limits.ts";
import type { Bytes } from "../../../src/core/kernel.ts";

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));

function reading(text: string, { at = 0, end = text.length, length = null as number | null, spare = 1000 } = {}) {
  const budget = { ...budgetFor(usualLimits, text.length), readBytes: spare };
  const read = readIndirect(latin1(text), at, end, { limits: usualLimits, budget, lengthOf: () => length });
  return { read, budget };
}

/** Data, said length, place of the end and whether it was closed; null where nothing can be read. */
function stream(text: string, options: Parameters<typeof reading>[1] = {}) {
  const { read } = reading(text, options);
  if (read?.object.kind !== "stream") return null;
  const { raw, saidLength } = read.object;
  return [Buffer.from(raw).toString("latin1"), saidLength, read.end, read.closed];
}

describe("ISO 32000-2 §7.3.10: indirect objects", () => {
  test("number, generation, value and place are told, and whether it is closed", () => {
    const { read } = reading("%x\n12 3 obj\n(a)\nendobj\n", { at: 3 });
    expect(read).toMatchObject({ number: 12, generation: 3, start: 3, end: 22, closed: true, lengthIsIndirect: false });
    expect(read?.object).toMatchObject({ kind: "string" });
    expect(reading("1 0 obj 5 ").read).toMatchObject({ end: 9, closed: false });
    expect(reading("1 0 obj 5 endobjx").read).toMatchObject({ end: 9, closed: false });
  });

  test.each(["1 0 ob 5", "1 obj 5", "x 0 obj 5", "1 0 obj", "1 0 obj x", "", "1 0 objx"])("%j is none", (text) => {
    expect(reading(text).read).toBeNull();
  });

  test("nothing outside the given bytes is read", () => {
    const text = "1 0 obj 5 endobj";
    expect(reading(text, { at: -1 }).read).toBeNull();
    expect(reading(text, { at: text.length }).read).toBeNull();
    expect(reading(text, { at: 0, end: 8 }).read).toBeNull();
    expect(reading(text, { at: 0, end: 9 }).read).toMatchObject({ closed: false });
  });

  test("what is read is paid for: past the budget nothing is read, and nothing after that", () => {
    const { read, budget } = reading("1 0 obj 5 endobj", { spare: 9 });
    expect(read).not.toBeNull();
    expect(budget.readBytes).toBe(0);
    expect(reading("1 0 obj 5 endobj", { spare: 8 }).read).toBeNull();
    const spent = { ...budgetFor(usualLimits, 0), exhausted: true };
    const context = { limits: usualLimits, budget: spent, lengthOf: () => null };
    expect(readIndirect(latin1("1 0 obj 5 endobj"), 0, 16, context)).toBeNull();
  });
});

describe("ISO 32000-2 §7.3.8: streams", () => {
  test.each([
    ["\n"],
    ["\r\n"],
    ["\r"],
  ])("the data begin after one end of line, %j, and are as long as is said", (line) => {
    const text = `1 0 obj<</Length 3>>stream${line}abc\nendstream\nendobj`;
    expect(stream(text)).toEqual(["abc", 3, text.length, true]);
  });

  test("only one end of line is left out before the data", () => {
    expect(stream("1 0 obj<</Length 4>>stream\n\nabc\nendstream endobj")?.[0]).toBe("\nabc");
  });

  test("a length that a reference tells is asked for, and makes the object depend on its revision", () => {
    const text = "1 0 obj<</Length 5 0 R>>stream\nabc endstream x\nendstream endobj";
    expect(stream(text, { length: 15 })?.slice(0, 2)).toEqual(["abc endstream x", 15]);
    expect(stream(text)?.slice(0, 2)).toEqual(["abc ", -1]);
    expect(reading(text).read?.lengthIsIndirect).toBe(true);
    expect(reading("1 0 obj<</Length 3>>stream\nabc\nendstream").read?.lengthIsIndirect).toBe(false);
    expect(reading("1 0 obj<</Other 5 0 R>>stream\nabc\nendstream").read?.lengthIsIndirect).toBe(false);
  });

  test.each([
    ["no length", "", "abc\n", "abc", -1],
    ["a length that is no integer", "/Length(3)", "abc\n", "abc", -1],
    ["a length too short", "/Length 2", "abc\n", "abc", 2],
    ["a length too long", "/Length 9", "abc\n", "abc", 9],
    ["a length past the end", "/Length 99", "abc\n", "abc", 99],
    ["a negative length", "/Length -1", "abc\n", "abc", -1],
    ["another end of line", "", "abc\r\n", "abc", -1],
    ["a carriage return alone", "", "abc\r", "abc", -1],
    ["only one end of line taken away", "", "abc\n\n", "abc\n", -1],
    ["no end of line", "", "abc", "abc", -1],
    ["nothing", "", "", "", -1],
    ["nothing but an end of line", "", "\r\n", "", -1],
  ])("with %s the data reach to the next endstream, as viewers show them", (_, entry, data, shown, said) => {
    const text = `1 0 obj<<${entry}>>stream\n${data}endstream endobj`;
    const kept = data === "\r\n" || data === "" ? "" : shown;
    expect(stream(text)).toEqual([kept, said, text.length, true]);
  });

  test("without endstream there is no stream; the search for it is paid for", () => {
    const text = `1 0 obj<<>>stream\n${"a".repeat(500)}`;
    expect(reading(text).read).toBeNull();
    expect(reading(text, { spare: 400 }).budget.exhausted).toBe(true);
    const closed = `${text} endstream`;
    expect(stream(closed)?.[0]).toBe(`${"a".repeat(500)} `);
    expect(stream(closed, { spare: 400 })).toBeNull();
    expect(stream(closed, { end: closed.length - 1 })).toBeNull();
  });

  test("a stream that fits exactly before the end is read by its length", () => {
    const text = "1 0 obj<</Length 3>>stream\nabc";
    expect(stream(`${text} endstream`)?.[0]).toBe("abc");
    expect(stream(text)).toBeNull();
  });
});

test("only white space is blank, and nothing is", () => {
  const bytes = latin1("a \r\n\t\f\0b");
  expect(isBlank(bytes, 1, 7)).toBe(true);
  expect(isBlank(bytes, 0, 7)).toBe(false);
  expect(isBlank(bytes, 1, 8)).toBe(false);
  expect(isBlank(bytes, 3, 3)).toBe(true);
});
