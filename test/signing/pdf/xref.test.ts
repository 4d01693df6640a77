import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { budgetFor, type PdfLimits, usualLimits } from "../../../signing/format/pdf/limits.ts";
import { readXrefChain, sectionBeginsAt, type XrefEntry } from "../../../signing/format/pdf/xref.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));
const row = (offset: number, generation = 0, use = "n") =>
  `${String(offset).padStart(10, "0")} ${String(generation).padStart(5, "0")} ${use}\r\n`;

function chain(
  text: string,
  { at = 0, base = 0, ...limits }: Partial<PdfLimits> & { at?: number; base?: number } = {},
) {
  const bounds = { ...usualLimits, ...limits };
  const bytes = latin1(text);
  const budget = budgetFor(bounds, bytes.length);
  return readXrefChain(at, { bytes, end: bytes.length, base, limits: bounds, budget, primitives: nodePrimitives });
}

/** The newest section; the code of the failure where there is none. */
function section(text: string, options: Parameters<typeof chain>[1] = {}) {
  const read = chain(text, options);
  if (!read.ok) return read.failure.code;
  const [first] = read.value;
  if (first === undefined) throw new Error("empty chain");
  return first;
}

const entriesOf = (text: string, options: Parameters<typeof chain>[1] = {}): unknown => {
  const found = section(text, options);
  return typeof found === "string" ? found : Object.fromEntries(found.entries);
};

const at = (offset: number, generation = 0): XrefEntry => ({ kind: "offset", offset, generation });
const free: XrefEntry = { kind: "free" };

describe("ISO 32000-2 §7.5.4: tables", () => {
  test("subsections list numbers from their first on, in use or free", () => {
    const text = `xref\n0 2\n${row(0, 65535, "f")}${row(17, 2)}7 1\n${row(99)}trailer\n<</Size 8>>`;
    expect(entriesOf(text)).toEqual({ 0: free, 1: at(17, 2), 7: at(99) });
    expect(section(text)).toMatchObject({
      form: "table",
      start: 0,
      end: text.length,
      isPlain: true,
      isAmbiguous: false,
    });
    expect(entriesOf(text, { base: 5 })).toEqual({ 0: free, 1: at(22, 2), 7: at(104) });
  });

  test.each([
    ["a count missing", `xref\n0\ntrailer<<>>`],
    ["a row missing", `xref\n0 2\n${row(17)}trailer<<>>`],
    ["another letter", `xref\n0 1\n${row(17, 0, "x")}trailer<<>>`],
    ["no generation", "xref\n0 1\n0000000017 n\r\ntrailer<<>>"],
    ["no trailer", `xref\n0 1\n${row(17)}`],
    ["a trailer that is no dictionary", `xref\n0 1\n${row(17)}trailer[]`],
    ["no section at all", "nothing"],
    ["an object that is none", "1 0 obj<</Type/Other>>stream\n\nendstream endobj"],
  ])("%s: broken", (_, text) => {
    expect(section(text)).toBe("xref_broken");
  });

  test("a section is looked for only inside the file", () => {
    const text = `xref\n0 0\ntrailer<<>>`;
    expect(section(text, { at: -1 })).toBe("xref_broken");
    expect(section(text, { at: text.length })).toBe("xref_broken");
    expect(section(` ${text}`, { at: 1 })).toMatchObject({ start: 1 });
  });

  test("a number that stands twice with two places is ambiguous and counts with the first; twice the same is not", () => {
    const twice = (...rows: string[]) => `xref\n${rows.map((one) => `3 1\n${one}`).join("")}trailer\n<<>>`;
    expect(entriesOf(twice(row(17), row(18)))).toEqual({ 3: at(17) });
    expect(section(twice(row(17), row(18)))).toMatchObject({ isAmbiguous: true });
    expect(section(twice(row(17), row(17, 1)))).toMatchObject({ isAmbiguous: true });
    expect(section(twice(row(17), row(17, 0, "f")))).toMatchObject({ isAmbiguous: true });
    expect(section(twice(row(0, 0, "f"), row(17)))).toMatchObject({ isAmbiguous: true });
    expect(section(twice(row(17), row(17)))).toMatchObject({ isAmbiguous: false });
    expect(section(twice(row(1, 0, "f"), row(2, 0, "f")))).toMatchObject({ isAmbiguous: false });
  });

  test.each([
    ["rows of twenty bytes", `xref\n0 2\n${row(1)}${row(2)}trailer<<>>`, true],
    ["blanks behind the head of a subsection", `xref\n0 2  \r\n${row(1)}${row(2)}trailer<<>>`, true],
    ["rows of twenty bytes with a blank and a line feed", `xref\n0 1\n0000000001 00000 n \ntrailer<<>>`, true],
    ["rows of nineteen bytes", `xref\n0 2\n${row(1).replace("\r\n", "\n")}${row(2)}trailer<<>>`, false],
    ["a first row that is further on", `xref\n0 1\n\n${row(1)}trailer<<>>`, false],
    ["a comment between rows", `xref\n0 2\n${row(1)}%x\n${row(2)}trailer<<>>`, false],
  ])("%s: readers that count bytes agree: %j", (_, text, isPlain) => {
    expect(section(text)).toMatchObject({ isPlain });
  });
});

describe("ISO 32000-2 §7.5.6: the chain of sections", () => {
  const older = "xref\n0 0\ntrailer<<>>";
  const newer = (previous: string) => `${older}\nxref\n0 0\ntrailer<</Prev ${previous}>>`;
  const start = older.length + 1;

  test("/Prev is followed, newest first, with the offset of %PDF- added", () => {
    const read = chain(newer("0"), { at: start });
    expect(read.ok && read.value.map((one) => one.start)).toEqual([start, 0]);
    const shifted = chain(`junk${newer("0")}`, { at: start + 4, base: 4 });
    expect(shifted.ok && shifted.value.map((one) => one.start)).toEqual([start + 4, 4]);
  });

  test.each(["(0)", "-1", "1.5", "9999", "5 0 R", "-4"])("/Prev %s leads nowhere: broken", (previous) => {
    expect(section(newer(previous), { at: start })).toBe("xref_broken");
    expect(section(`junk${newer(previous)}`, { at: start + 4, base: 4 })).toBe("xref_broken");
  });

  test("a chain that comes back to itself is a loop", () => {
    expect(section(newer(String(start)), { at: start })).toBe("xref_loop");
  });

  test("no more sections, and no more entries in all of them, than the limits allow", () => {
    expect(section(newer("0"), { at: start, sections: 2 })).toMatchObject({ start });
    expect(section(newer("0"), { at: start, sections: 1 })).toBe("xref_too_long");
    const rows = `xref\n0 2\n${row(1)}${row(2)}trailer<<>>`;
    expect(section(rows, { xrefEntries: 2 })).toMatchObject({ form: "table" });
    expect(section(rows, { xrefEntries: 1 })).toBe("xref_too_long");
    const both = `${rows}\nxref\n0 1\n${row(3)}trailer<</Prev 0>>`;
    expect(section(both, { at: rows.length + 1, xrefEntries: 3 })).toMatchObject({ form: "table" });
    expect(section(both, { at: rows.length + 1, xrefEntries: 2 })).toBe("xref_too_long");
  });
});

const streamOf = (entries: string, data: readonly number[], filter = "") =>
  `9 0 obj<</Type/XRef${entries}${filter}/Length ${data.length}>>stream\n${Buffer.from(data).toString("latin1")}\nendstream endobj`;

describe("ISO 32000-2 §7.5.8: streams", () => {
  const data = [0, 0, 0, 9, 1, 1, 2, 3, 2, 0, 5, 6];

  test("rows hold a type, two numbers and the widths that are said", () => {
    const text = streamOf("/W[1 2 1]/Size 3", data);
    expect(entriesOf(text)).toEqual({ 0: free, 1: at(258, 3), 2: { kind: "compressed", stream: 5, index: 6 } });
    expect(section(text)).toMatchObject({ form: "stream", start: 0, end: text.length, isPlain: true });
    expect(entriesOf(text, { base: 0 })).toEqual(entriesOf(text));
    expect(entriesOf(`junk${text}`, { at: 4, base: 4 })).toMatchObject({ 1: at(262, 3) });
  });

  test("/Index names the numbers, /Size where it is absent; types above 2 are free; without a type width all are in use", () => {
    expect(entriesOf(streamOf("/W[1 1 1]/Index[4 1 7 1]", [1, 8, 0, 3, 9, 0]))).toEqual({ 4: at(8), 7: free });
    expect(entriesOf(streamOf("/W[0 1 0]/Size 2", [8, 9]))).toEqual({ 0: at(8), 1: at(9) });
    expect(entriesOf(streamOf("/W[1 1 1]", []))).toEqual({});
    expect(entriesOf(streamOf("/W[1 1 1]/Index[4]/Size 9", []))).toEqual({});
  });

  test("a stream is decoded as any other", () => {
    const packed = [...deflateSync(Uint8Array.from(data))];
    expect(entriesOf(streamOf("/W[1 2 1]/Size 3", packed, "/Filter/FlateDecode"))).toMatchObject({ 1: at(258, 3) });
  });

  test.each([
    ["two widths", streamOf("/W[1 2]/Size 1", [1, 0, 0])],
    ["no widths", streamOf("/Size 1", [1, 0, 0])],
    ["a negative width", streamOf("/W[1 -1 1]/Size 1", [1, 0, 0])],
    ["a width above eight", streamOf("/W[1 9 1]/Size 1", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ["rows without a byte", streamOf("/W[0 0 0]/Size 1", [])],
    ["rows that are missing", streamOf("/W[1 2 1]/Size 4", data)],
    ["a negative count", streamOf("/W[1 2 1]/Index[0 -1]", data)],
    ["a negative first number", streamOf("/W[1 2 1]/Index[-1 1]", data)],
    ["another type", streamOf("/W[1 2 1]/Size 3", data).replace("/XRef", "/XReg")],
    ["data that cannot be decoded", streamOf("/W[1 2 1]/Size 3", data, "/Filter/LZWDecode")],
    ["widths that a reference tells", streamOf("/W 5 0 R/Size 3", data)],
    ["a width that a reference tells", streamOf("/W[1 5 0 R 1]/Size 3", data)],
    ["a size that a reference tells", streamOf("/W[1 2 1]/Size 5 0 R", data)],
    ["an index that a reference tells", streamOf("/W[1 2 1]/Size 3/Index 5 0 R", data)],
    ["a filter's entry that a reference tells", streamOf("/W[1 2 1]/Size 3/DecodeParms<</Columns 5 0 R>>", data)],
    ["entries nested beyond what is looked at", streamOf("/W[1 2 1]/Size 3/DecodeParms[[[[1]]]]", data)],
  ])("%s: broken", (_, text) => {
    expect(section(text)).toBe("xref_broken");
  });

  test("widths of eight bytes are read", () => {
    expect(entriesOf(streamOf("/W[1 8 1]/Size 1", [1, 0, 0, 0, 0, 0, 0, 1, 0, 7]))).toEqual({ 0: at(256, 7) });
    expect(section(streamOf("/W[1 2 1]/Size 3/DecodeParms[[1]]", data))).toMatchObject({ form: "stream" });
  });

  test("rows are counted against the limit", () => {
    expect(section(streamOf("/W[1 2 1]/Size 3", data), { xrefEntries: 3 })).toMatchObject({ form: "stream" });
    expect(section(streamOf("/W[1 2 1]/Size 3", data), { xrefEntries: 2 })).toBe("xref_too_long");
  });

  test("two places of one number are ambiguous, compressed ones too", () => {
    const twice = (second: readonly number[]) => section(streamOf("/W[1 1 1]/Index[4 1 4 1]", [2, 5, 6, ...second]));
    expect(twice([2, 5, 6])).toMatchObject({ isAmbiguous: false });
    expect(twice([2, 5, 7])).toMatchObject({ isAmbiguous: true });
    expect(twice([2, 6, 6])).toMatchObject({ isAmbiguous: true });
    expect(twice([1, 5, 6])).toMatchObject({ isAmbiguous: true });
  });
});

describe("ISO 32000-2 §7.5.8.4: hybrid sections", () => {
  const hidden = streamOf("/W[1 1 1]/Index[2 3]", [1, 8, 0, 1, 9, 0, 0, 0, 0]);
  const table = (entry: string) =>
    `${hidden}\nxref\n2 2\n${row(0, 0, "f")}${row(70)}6 1\n${row(0, 1, "f")}trailer<</XRefStm ${entry}>>`;
  const start = hidden.length + 1;

  test("the stream shows what the table hides as free, and nothing else; readers may disagree", () => {
    const text = table("0");
    expect(entriesOf(text, { at: start })).toEqual({ 2: at(8), 3: at(70), 4: free, 6: free });
    const hybridStream = { start: 0, end: hidden.length };
    expect(section(text, { at: start })).toMatchObject({ form: "hybrid", isAmbiguous: true, hybridStream });
    expect(entriesOf(`junk${text}`, { at: start + 4, base: 4 })).toMatchObject({ 2: at(12), 3: at(74) });
  });

  test.each(["(0)", "5", "5 0 R", "-1"])("/XRefStm %s leads to no stream: broken", (entry) => {
    expect(section(table(entry), { at: start })).toBe("xref_broken");
  });
});

test.each([
  ["xref\n0 1", 0, true],
  [" xref", 1, true],
  ["%x\nxref", 0, true],
  ["12 0 obj", 0, true],
  [" 12 0 obj", 0, true],
  ["12 0 R", 0, false],
  ["12 obj", 0, false],
  ["x12 0 obj", 0, false],
  ["xreF", 0, false],
  ["xref", -1, false],
  ["xref", 4, false],
])("ISO 32000-2 §7.5.5: a section seems to begin in %j at %d: %j", (text, offset, begins) => {
  expect(sectionBeginsAt(latin1(text), offset)).toBe(begins);
});
