import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeStream } from "../../../signing/format/pdf/decode.ts";
import { cursorAt } from "../../../signing/format/pdf/lexer.ts";
import { budgetFor, type PdfLimits, usualLimits } from "../../../signing/format/pdf/limits.ts";
import { parseObject } from "../../../signing/format/pdf/parser.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));

function decoding(entries: string, raw: Uint8Array | string, limits: Partial<PdfLimits> = {}) {
  const dictionary = parseObject(cursorAt(latin1(`<<${entries}>>`), 0), 8);
  if (dictionary?.kind !== "dictionary") throw new Error("no dictionary");
  const data = typeof raw === "string" ? latin1(raw) : new Uint8Array(raw);
  const bounds = { ...usualLimits, ...limits };
  const budget = budgetFor(bounds, data.length);
  const context = { limits: bounds, budget, primitives: nodePrimitives, resolve: <T>(object: T) => object };
  const read = decodeStream({ kind: "stream", dictionary, raw: data, saidLength: data.length }, context);
  return { read, budget };
}

/** The data as text, or the failure's code. */
function decoded(entries: string, raw: Uint8Array | string, limits: Partial<PdfLimits> = {}): string {
  const { read } = decoding(entries, raw, limits);
  return read.ok ? Buffer.from(read.value).toString("latin1") : read.failure.code;
}

const rows = (entries: string, ...lines: readonly number[][]): number[] | string => {
  const parameters = `/Filter/FlateDecode/DecodeParms<<${entries}>>`;
  const { read } = decoding(parameters, deflateSync(Uint8Array.from(lines.flat())));
  return read.ok ? [...read.value] : read.failure.code;
};

describe("ISO 32000-2 §7.4: filters", () => {
  test.each<[string, string, string]>([
    ["", "as it is", "as it is"],
    ["/Filter[]", "as it is", "as it is"],
    ["/Filter/ASCIIHexDecode", "48656C6c6F>", "Hello"],
    ["/Filter/AHx", "48 65\n6C>6F", "Hel"],
    ["/Filter/AHx", "487", "Hp"],
    ["/Filter/AHx", ">", ""],
    ["/Filter/AHx", "4x>", "stream_broken"],
    ["/Filter/ASCII85Decode", "87cUR~>", "Hell"],
    ["/Filter/A85", "87cURDZ~>", "Hello"],
    ["/Filter/A85", "87\ncUR\tDZ", "Hello"],
    ["/Filter/A85", "z~>", "\0\0\0\0"],
    ["/Filter/A85", "z87cURz~>", "\0\0\0\0Hell\0\0\0\0"],
    ["/Filter/A85", "!!!!!~>", "\0\0\0\0"],
    ["/Filter/A85", "s8W-!~>", "\xff\xff\xff\xff"],
    ["/Filter/A85", 's8W-"~>', "stream_broken"],
    ["/Filter/A85", "5~>", "stream_broken"],
    ["/Filter/A85", "5s~>", "A"],
    ["/Filter/A85", "87cUv~>", "stream_broken"],
    ["/Filter/A85", "87z~>", "stream_broken"],
    ["/Filter/A85", "~>", ""],
    ["/Filter[/AHx/AHx]", "34 38>", "H"],
    ["/Filter/LZWDecode", "x", "filter_unsupported"],
    ["/Filter/DCTDecode", "x", "filter_unsupported"],
    ["/Filter 5", "x", "filter_unsupported"],
    ["/Filter[/AHx/LZWDecode]", "34>", "filter_unsupported"],
    ["/Filter/FlateDecode", "no zlib", "stream_broken"],
    ["/Filter[/AHx/AHx/AHx/AHx]", "3333333433333338>", "H"],
    ["/Filter[/AHx/AHx/AHx/AHx/AHx]", "48>", "filter_unsupported"],
  ])("%j of %j", (entries, raw, value) => {
    expect(decoded(entries, raw)).toBe(value);
  });

  test.each(["FlateDecode", "Fl"])("/%s inflates", (name) => {
    expect(decoded(`/Filter/${name}`, deflateSync("inflated"))).toBe("inflated");
    expect(decoded(`/Filter[/AHx/${name}]`, deflateSync("inflated").toString("hex"))).toBe("inflated");
  });
});

describe("ISO 32000-2 §7.4.4.4: prediction", () => {
  test("without a predictor, or with 1, data are as they inflate; TIFF's is not known", () => {
    expect(rows("", [9, 8, 7])).toEqual([9, 8, 7]);
    expect(rows("/Predictor 1/Columns 2", [9, 8, 7])).toEqual([9, 8, 7]);
    expect(rows("/Predictor 2/Columns 2", [9, 8, 7])).toBe("filter_unsupported");
    expect(rows("/Predictor 9/Columns 2", [9, 8, 7])).toBe("filter_unsupported");
  });

  test("each row is led by its own type, whatever PNG predictor is named", () => {
    for (const predictor of [10, 12, 15])
      expect(rows(`/Predictor ${predictor}/Columns 2`, [0, 1, 2], [2, 1, 1], [1, 5, 5])).toEqual([1, 2, 2, 3, 5, 10]);
  });

  test("what stands left is a whole pixel away", () => {
    expect(rows("/Predictor 11/Columns 2/Colors 3", [1, 1, 2, 3, 1, 1, 1])).toEqual([1, 2, 3, 2, 3, 4]);
    expect(rows("/Predictor 11/Columns 2/BitsPerComponent 16", [1, 1, 2, 3, 4])).toEqual([1, 2, 4, 6]);
    expect(rows("/Predictor 11/Columns 16/BitsPerComponent 1", [1, 1, 2])).toEqual([1, 3]);
    expect(rows("/Predictor 11", [1, 7], [1, 8])).toEqual([7, 8]);
  });

  test("averages and Paeth's choice look left, up and at the corner, and wrap at 256", () => {
    expect(rows("/Predictor 13/Columns 3", [0, 10, 20, 30], [3, 1, 1, 1])).toEqual([10, 20, 30, 6, 14, 23]);
    expect(rows("/Predictor 14/Columns 3", [0, 10, 200, 30], [4, 5, 0, 0])).toEqual([10, 200, 30, 15, 200, 30]);
    expect(rows("/Predictor 14/Columns 2", [0, 10, 5], [4, 30, 0])).toEqual([10, 5, 40, 40]);
    expect(rows("/Predictor 14/Columns 2", [0, 10, 12], [4, 0, 0])).toEqual([10, 12, 10, 12]);
    expect(rows("/Predictor 14/Columns 2", [0, 10, 20], [4, 246, 0])).toEqual([10, 20, 0, 10]);
    expect(rows("/Predictor 12/Columns 1", [0, 200], [2, 100])).toEqual([200, 44]);
  });

  test("a row that is cut off is left out; a type above 4 and rows without or beyond measure are broken", () => {
    expect(rows("/Predictor 12/Columns 2", [0, 1, 2], [0, 3])).toEqual([1, 2]);
    expect(rows("/Predictor 12/Columns 1", [4, 1])).toEqual([1]);
    expect(rows("/Predictor 12/Columns 1", [5, 1])).toBe("stream_broken");
    expect(rows("/Predictor 12/Columns 0", [0, 1])).toBe("stream_broken");
    expect(rows("/Predictor 12/Columns -4", [0, 1])).toBe("stream_broken");
    expect(rows("/Predictor 12/Columns 1048576", [0, 1])).toEqual([]);
    expect(rows("/Predictor 12/Columns 1048577", [0, 1])).toBe("stream_broken");
  });
});

describe("limits against hostile streams", () => {
  test("no filter makes more than one stream may hold", () => {
    expect(decoded("/Filter/Fl", deflateSync(Buffer.alloc(100)), { streamBytes: 100 })).toHaveLength(100);
    expect(decoded("/Filter/Fl", deflateSync(Buffer.alloc(101)), { streamBytes: 100 })).toBe("stream_too_large");
    expect(decoded("/Filter/A85", "z".repeat(25), { streamBytes: 100 })).toHaveLength(100);
    expect(decoded("/Filter/A85", "z".repeat(26), { streamBytes: 100 })).toBe("stream_too_large");
    expect(decoded("/Filter/A85", "!".repeat(125), { streamBytes: 100 })).toHaveLength(100);
    expect(decoded("/Filter/A85", "!".repeat(126), { streamBytes: 100 })).toBe("stream_too_large");
  });

  test("every step pays for what it makes, one that fails for what it may have made, an unknown one for nothing", () => {
    const left = (entries: string, raw: Uint8Array | string) =>
      5000 - decoding(entries, raw, { decodedBytes: 5000 }).budget.decodedBytes;
    expect(left("/Filter/Fl", deflateSync(Buffer.alloc(300)))).toBe(300);
    expect(left("/Filter[/AHx/AHx]", "34383438>")).toBe(4 + 2);
    expect(left("/Filter/Fl", "xx")).toBe(2 * 1032);
    expect(left("/Filter/LZWDecode", "xx")).toBe(0);
    expect(decoded("/Filter/Fl", deflateSync(Buffer.alloc(300)), { decodedBytes: 299 })).toBe("stream_too_large");
    expect(decoded("/Filter/Fl", deflateSync(Buffer.alloc(300)), { decodedBytes: 300 })).toHaveLength(300);
  });

  test("reading the same stream again costs again", () => {
    const { read, budget } = decoding("", "as it is");
    expect(read.ok).toBe(true);
    expect(budget.readBytes).toBe(budgetFor(usualLimits, 8).readBytes - 8);
    const raw = new Uint8Array(5 * 1024 * 1024);
    expect(decoded("", raw, { readsPerByte: 0 })).toBe("stream_too_large");
  });
});
