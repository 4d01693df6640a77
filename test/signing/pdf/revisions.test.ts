import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type PdfFile, readPdf } from "../../../signing/format/pdf/file.ts";
import { type PdfLimits, usualLimits } from "../../../signing/format/pdf/limits.ts";
import { integerOf, type PdfObject } from "../../../signing/format/pdf/object.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { appended, fileOf, rowText, type UpdateParts } from "../examine/appended.ts";

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));
const join = (...parts: readonly (Bytes | string)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === "string" ? latin1(part) : part))));
const reading = (bytes: Bytes, limits: Partial<PdfLimits> = {}) =>
  readPdf(bytes, nodePrimitives, { ...usualLimits, ...limits });
function read(bytes: Bytes): PdfFile {
  const file = reading(bytes);
  if (!file.ok) throw new Error(file.failure.code);
  return file.value;
}
const code = (bytes: Bytes, limits: Partial<PdfLimits> = {}) => {
  const file = reading(bytes, limits);
  return file.ok ? "read" : file.failure.code;
};
const catalog = "<</Type/Catalog>>";
const value = (file: PdfFile, number: number, revision: number) => integerOf(file.object(number, revision));
const reference = (number: number, generation = 0): PdfObject => ({ kind: "reference", number, generation });

describe("ISO 32000-2 §7.5.2, §7.5.5: where reading begins", () => {
  const file = fileOf([catalog, "7"]);

  test("offsets count from %PDF- or from the first byte, whichever leads to a section", () => {
    expect(read(file).base).toBe(0);
    const junk = read(join("junk\n", file));
    expect([junk.base, value(junk, 2, 0)]).toEqual([5, 7]);
    const text = Buffer.from(file).toString("latin1");
    const counted = text.replace(/\d{10}(?= 00000 n)/g, (offset) => String(Number(offset) + 5).padStart(10, "0"));
    const moved = read(
      latin1(`junk\n${counted.replace(/startxref\n(\d+)/, (_, at) => `startxref\n${Number(at) + 5}`)}`),
    );
    expect([moved.base, value(moved, 2, 0)]).toEqual([0, 7]);
  });

  test("%PDF- is looked for in the first 1024 bytes; without it the first byte counts", () => {
    expect(read(join(" ".repeat(1024), file)).base).toBe(1024);
    expect(code(join(" ".repeat(1025), file))).not.toBe("read");
    expect(code(latin1("nothing"))).toBe("not_a_pdf");
    expect(code(latin1("%PDF-1.7\nnothing"))).toBe("startxref_missing");
    expect(code(latin1("%PDF-1.7\nstartxref\nx"))).toBe("startxref_missing");
    expect(code(latin1("%PDF-1.7\nstartxrefs 5"))).toBe("startxref_missing");
    expect(code(latin1("%PDF-1.7\nstartxref 5"))).toBe("xref_broken");
  });

  test("a file beyond the limit is not looked at", () => {
    expect(code(file, { fileBytes: file.length })).toBe("read");
    expect(reading(file, { fileBytes: file.length - 1 })).toEqual({
      ok: false,
      failure: { code: "file_too_large", limitBytes: file.length - 1 },
    });
  });
});

describe("ISO 32000-2 §7.5.6: revisions", () => {
  const first = fileOf([catalog, "7"]);

  test("each ends after its %%EOF and one end of line, whichever it is", () => {
    const ended = (line: string) => read(join(first.slice(0, -1), line)).revisions.map(({ eof, end }) => [eof, end]);
    const eof = first.length - 1;
    expect(ended("")).toEqual([[eof, eof]]);
    expect(ended("\n")).toEqual([[eof, eof + 1]]);
    expect(ended("\r\n")).toEqual([[eof, eof + 2]]);
    expect(ended("\r")).toEqual([[eof, eof + 1]]);
    expect(ended("\n\n")).toEqual([[eof, eof + 1]]);
  });

  test("one without %%EOF is not closed, one without startxref tells none", () => {
    const text = Buffer.from(first).toString("latin1");
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(read(latin1(text.replace("%%EOF\n", ""))).revisions).toMatchObject([{ startXref: start, eof: null }]);
    const two = appended(latin1(text.replace(/startxref\n\d+\n%%EOF\n/, "")), [[2, "8"]], {
      trailer: { Prev: `${start}` },
    });
    expect(read(two).revisions).toMatchObject([{ startXref: null, eof: null }, { startXref: expect.any(Number) }]);
  });

  test("objects are those of the revision that is asked about, freed and new ones too", () => {
    const two = appended(first, [
      [2, "8"],
      [5, "9"],
    ]);
    const three = appended(two, [], { rows: () => `2 1\n${rowText(0, 1, "f")}` });
    const file = read(three);
    expect([0, 1, 2].map((revision) => value(file, 2, revision))).toEqual([7, 8, null]);
    expect([0, 1, 2].map((revision) => value(file, 5, revision))).toEqual([null, 9, 9]);
    expect(file.entry(5, 0)).toBeNull();
    expect(file.entry(2, 2)).toEqual({ kind: "free" });
    expect(file.revisions.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  test("sections that stand in another order than their chain are refused", () => {
    const two = appended(first, [[2, "8"]]);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(Buffer.from(two).toString("latin1"))?.[1]);
    const back = appended(two, [[2, "9"]], { trailer: { Prev: String(start) } });
    expect(code(back)).toBe("read");
    const early = Buffer.from(back)
      .toString("latin1")
      .replace(/startxref\n\d+\n%%EOF\n$/, `startxref\n${start}\n%%EOF\n`);
    expect(read(latin1(early)).revisions).toHaveLength(2);
  });
});

describe("ISO 32000-2 §7.3.10: looking an object up", () => {
  const base = fileOf([catalog, "7", "2 0 R", "3 0 R", "6 0 R", "5 0 R"]);

  test("references are followed, in rings and to nothing they end", () => {
    const file = read(base);
    expect(integerOf(file.resolve(reference(4), 0))).toBe(7);
    expect(integerOf(file.resolve({ kind: "number", value: 3 }, 0))).toBe(3);
    expect(file.resolve(reference(5), 0)).toEqual({ kind: "null" });
    expect(file.resolve(reference(99), 0)).toEqual({ kind: "null" });
    const long = (count: number) =>
      read(fileOf([...Array.from({ length: count }, (_, i) => `${i + 2} 0 R`), "7"])).resolve(reference(1), 0).kind;
    expect(long(31)).toBe("number");
    expect(long(32)).toBe("null");
  });

  test("another generation, another number at the place and no object there lead to nothing", () => {
    const file = read(base);
    expect(file.resolve(reference(2, 1), 0)).toEqual({ kind: "null" });
    const update = (rows: UpdateParts["rows"] & object) =>
      read(
        appended(
          base,
          [
            [2, "8"],
            [7, "9"],
          ],
          { rows },
        ),
      );
    expect(
      value(
        update(([at = 0]) => `2 1\n${rowText(at)}`),
        2,
        1,
      ),
    ).toBe(8);
    expect(
      value(
        update(([, at = 0]) => `2 1\n${rowText(at)}`),
        2,
        1,
      ),
    ).toBeNull();
    expect(
      value(
        update(([at = 0]) => `2 1\n${rowText(at, 3)}`),
        2,
        1,
      ),
    ).toBeNull();
    expect(
      value(
        update(([at = 0]) => `2 1\n${rowText(at + 1)}`),
        2,
        1,
      ),
    ).toBeNull();
  });

  test("what a reader of a revision did not have does not speak for it", () => {
    const behind = appended(base, [[9, "8"]]);
    const at = Buffer.from(behind).toString("latin1").indexOf("9 0 obj");
    const early = Buffer.from(base).toString("latin1").replace(rowOf(base, 2), rowText(at).replace("\r\n", " \n"));
    const file = read(join(latin1(early), behind.subarray(base.length)));
    expect(value(file, 2, 0)).toBeNull();
  });

  test("§7.5.7: object streams are read by number and place, in revisions of their own", () => {
    const packed = (numbers: string, objects: string, entries = "") => {
      const data = deflateSync(`${numbers} ${objects}`).toString("latin1");
      return `<</Type/ObjStm/N 2/First ${numbers.length + 1}/Filter/FlateDecode/Length ${data.length}${entries}>>\nstream\n${data}\nendstream`;
    };
    const withStream = (container: string, row: readonly number[]) => {
      const body = `%PDF-1.7\n1 0 obj\n${catalog}\nendobj\n`;
      const second = `${body}4 0 obj\n${container}\nendobj\n`;
      const rows = [[1, 9, 0], [1, body.length, 0], [1, second.length, 0], row];
      const data = rows.map(([type = 0, a = 0, b = 0]) => String.fromCharCode(type, a >> 8, a & 255, b)).join("");
      const xref = `5 0 obj\n<</Type/XRef/W[1 2 1]/Index[1 1 4 2 7 1]/Size 8/Root 1 0 R/Length ${data.length}>>\nstream\n${data}\nendstream\nendobj\n`;
      return read(latin1(`${second}${xref}startxref\n${second.length}\n%%EOF\n`));
    };
    expect(value(withStream(packed("6 0 7 3", "11 22"), [2, 4, 1]), 7, 0)).toBe(22);
    expect(value(withStream(packed("6 0 7 3", "11 22"), [2, 4, 0]), 7, 0)).toBeNull();
    expect(value(withStream(packed("6 0 7 99", "11 22"), [2, 4, 1]), 7, 0)).toBeNull();
    expect(value(withStream(packed("7 0", "11"), [2, 4, 0]), 7, 0)).toBe(11);
    expect(value(withStream(packed("7 x", "11"), [2, 4, 0]), 7, 0)).toBeNull();
    expect(value(withStream("5", [2, 4, 0]), 7, 0)).toBeNull();
    expect(value(withStream(packed("7 0", "11"), [2, 7, 0]), 7, 0)).toBeNull();
    expect(value(withStream(packed("7 0", "11", "/N 0"), [2, 4, 0]), 7, 0)).toBeNull();
  });
});

function rowOf(bytes: Bytes, number: number): string {
  const text = Buffer.from(bytes).toString("latin1");
  const offset = text.indexOf(`\n${number} 0 obj`) + 1;
  return `${String(offset).padStart(10, "0")} 00000 n \n`;
}
