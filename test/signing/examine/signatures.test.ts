import { describe, expect, test } from "vitest";
import { type FoundSignature, findSignatures } from "../../../signing/examine/signatures.ts";
import { appended, fileOf, type Written } from "./appended.ts";
import { fileIn } from "./changing.ts";

const contents = "<3006>";
type Range = { readonly first: number; readonly second: number; readonly rest: number };

/** A file whose second revision is signed by object 3, ranges as the signature wants them. @param shape what stands in it */
function signed(
  shape: (range: Range) => string = usual,
  settings: { readonly field?: string; readonly others?: readonly Written[]; readonly fields?: string } = {},
) {
  const { field = "<</FT/Sig/T(sig)/V 3 0 R>>", others = [], fields = "2 0 R" } = settings;
  const base = fileOf([`<</Type/Catalog/AcroForm<</Fields[${fields}]>>>>`, "null"]);
  const make = (range: Range) => appended(base, [[2, field], [3, shape(range)], ...others]);
  const wide = { first: 1e6, second: 1e6, rest: 1e6 };
  const drafted = Buffer.from(make(wide)).toString("latin1");
  const first = drafted.lastIndexOf(contents);
  const second = first + contents.length;
  const ranges: Range = { first, second, rest: drafted.length - second };
  return make(ranges);
}

const pad = (value: number) => String(value).padStart(7, "0");
const dictionary = (range: string, entries = "/SubFilter/ETSI.CAdES.detached/M(D:20260102030405Z)") =>
  `<</Type/Sig${entries}/ByteRange[${range}]/Contents${contents}>>`;
const rangeOf = ({ first, second, rest }: Range) => `0 ${pad(first)} ${pad(second)} ${pad(rest)}`;
const usual = (range: Range) => dictionary(rangeOf(range));
const found = (bytes: ReturnType<typeof signed>): readonly FoundSignature[] => findSignatures(fileIn(bytes));
const faults = (bytes: ReturnType<typeof signed>) => found(bytes).map((one) => one.faults.join());

describe("ISO 32000-2 §12.8.1: signatures as they are found", () => {
  test("range, content, revision and what the dictionary says", () => {
    const bytes = signed();
    const gapStart = Buffer.from(bytes).lastIndexOf(contents);
    expect(found(bytes)).toMatchObject([
      {
        ...{ fieldName: "sig", fieldNumber: 2, kind: "signature", subFilter: "ETSI.CAdES.detached", faults: [] },
        ...{ claimedDate: "D:20260102030405Z", revision: 1, contents: Uint8Array.of(0x30, 0x06) },
        range: { gapStart, gapEnd: gapStart + contents.length, end: bytes.length },
      },
    ]);
  });

  test.each([
    ["/Type/DocTimeStamp/SubFilter/ETSI.RFC3161", "document_timestamp"],
    ["/SubFilter/ETSI.RFC3161", "document_timestamp"],
    ["/SubFilter/adbe.pkcs7.detached", "signature"],
    ["", "signature"],
  ])("%s is a %s", (entries, kind) => {
    const shape = (range: Range) => dictionary(rangeOf(range), entries).replace("<</Type/Sig/Type", "<</Type");
    expect(found(signed(shape))).toMatchObject([{ kind }]);
  });

  test("without a date and a form they are empty and null", () => {
    expect(found(signed((range) => dictionary(rangeOf(range), "")))).toMatchObject([
      { claimedDate: "", subFilter: null },
    ]);
  });

  test.each([
    ["a field of another type", { field: "<</FT/Tx/T(sig)/V 3 0 R>>" }],
    ["a field without value", { field: "<</FT/Sig/T(sig)>>" }],
    ["a value that is no dictionary", { field: "<</FT/Sig/T(sig)/V(x)>>" }],
    ["a field that is not in the form", { fields: "" }],
  ])("%s holds none", (_, settings) => {
    expect(found(signed(usual, settings))).toEqual([]);
  });

  test("room that nobody has filled is none, one octet of content is", () => {
    const room = (text: string) => found(signed(() => `<</Type/Sig/Contents${text}>>`)).length;
    expect(room("<0000>")).toBe(0);
    expect(room("<0001>")).toBe(1);
    expect(room("<>")).toBe(1);
  });

  test("a value of two fields is one signature; values of their own are two, in the order in which they cover the file", () => {
    const shared = { fields: "2 0 R 4 0 R", others: [[4, "<</FT/Sig/T(twin)/V 3 0 R>>"]] as const };
    expect(found(signed(usual, shared)).map((one) => one.fieldName)).toEqual(["sig"]);
    const short = "<</Type/Sig/ByteRange[0 10 20 5]/Contents<3007>>>";
    const own = { fields: "2 0 R 4 0 R", others: [[4, `<</FT/Sig/T(early)/V${short}>>`]] as const };
    expect(found(signed(usual, own)).map((one) => one.fieldName)).toEqual(["early", "sig"]);
  });

  test("values written inside two fields are each its own", () => {
    const inside = (name: string) => `<</FT/Sig/T(${name})/V<</Type/Sig/Contents<3007>>>>>`;
    const others = [[4, inside("b")]] as const;
    const both = signed(usual, { field: inside("a"), fields: "2 0 R 4 0 R", others });
    expect(found(both).map((one) => one.fieldName)).toEqual(["a", "b"]);
  });
});

describe("ISO 32000-2 §12.8.1: ranges that lie about what is signed", () => {
  test.each<[string, (range: Range) => string, string]>([
    ["missing", (range) => usual(range).replace(/\/ByteRange\[.*?\]/, ""), "byte_range_missing"],
    ["null", (range) => usual(range).replace(/\/ByteRange\[.*?\]/, "/ByteRange null"), "byte_range_missing"],
    ["no list", (range) => usual(range).replace(/\/ByteRange\[.*?\]/, "/ByteRange 5"), "byte_range_malformed"],
    ["three numbers", ({ first, second }) => dictionary(`0 ${first} ${second}`), "byte_range_malformed"],
    ["five numbers", (range) => dictionary(`${rangeOf(range)} 0`), "byte_range_malformed"],
    ["not of numbers", ({ first, second }) => dictionary(`0 ${first} ${second} (x)`), "byte_range_malformed"],
    ["of broken numbers", ({ first, second }) => dictionary(`0 ${first} ${second} 1.5`), "byte_range_malformed"],
    ["negative", ({ first, second }) => dictionary(`0 ${first} ${second} -1`), "byte_range_malformed"],
    [
      "doubled",
      (range) => usual(range).replace("/Contents", `/ByteRange[${rangeOf(range)}]/Contents`),
      "byte_range_malformed",
    ],
    [
      "not from the start",
      ({ first, second, rest }) => dictionary(`1 ${pad(first)} ${pad(second)} ${pad(rest)}`),
      "byte_range_not_from_start",
    ],
    [
      "without a gap",
      ({ first, second, rest }) => dictionary(`0 ${pad(second)} ${pad(second)} ${pad(rest)} %${first}\n`),
      "byte_range_overlaps",
    ],
    [
      "overlapping",
      ({ first, second, rest }) => dictionary(`0 ${pad(second + 1)} ${pad(second)} ${pad(rest)} %${first}\n`),
      "byte_range_overlaps",
    ],
    [
      "past the end",
      ({ first, second, rest }) => dictionary(`0 ${pad(first)} ${pad(second)} ${pad(rest + 1)}`),
      "byte_range_past_end",
    ],
    [
      "ending inside the file",
      ({ first, second, rest }) => dictionary(`0 ${pad(first)} ${pad(second)} ${pad(rest - 8)}`),
      "byte_range_ends_inside_revision",
    ],
  ])("%s", (_, shape, fault) => {
    expect(faults(signed(shape))[0]?.split(",")).toContain(fault);
  });

  test("a range ends with a revision, with white space after it or without, and at most fifteen bytes of it", () => {
    const ending = (by: number) =>
      signed(({ first, second, rest }) => dictionary(`0 ${pad(first)} ${pad(second)} ${pad(rest + by)}`));
    expect(faults(ending(0))).toEqual([""]);
    expect(faults(ending(-1))).toEqual([""]); // the line end after %%EOF
    expect(faults(ending(-2))).toEqual(["byte_range_ends_inside_revision"]);
    const spaced = (count: number) => new Uint8Array(Buffer.concat([ending(count), Buffer.alloc(count, " ")]));
    expect(faults(spaced(15))).toEqual([""]);
    expect(found(spaced(15))).toMatchObject([{ revision: 1 }]);
  });

  test("two dictionaries over one range: each was copied from the other", () => {
    const same = "<</Type/Sig/ByteRange[0 10 20 5]/Contents<3007>>>";
    const two = signed(usual, {
      field: `<</FT/Sig/T(a)/V${same}>>`,
      fields: "2 0 R 4 0 R",
      others: [[4, `<</FT/Sig/T(b)/V${same}>>`]],
    });
    expect(found(two).map((one) => one.faults.includes("byte_range_shared"))).toEqual([true, true]);
    const other = same.replace("20 5", "20 6");
    const apart = signed(usual, {
      field: `<</FT/Sig/T(a)/V${same}>>`,
      fields: "2 0 R 4 0 R",
      others: [[4, `<</FT/Sig/T(b)/V${other}>>`]],
    });
    expect(found(apart).map((one) => one.faults.includes("byte_range_shared"))).toEqual([false, false]);
  });
});

describe("ISO 32000-2 §12.8.1: content that is not the gap", () => {
  test.each<[string, (range: Range) => string, string]>([
    ["missing", (range) => usual(range).replace(`/Contents${contents}`, `/Other${contents}`), "contents_missing"],
    [
      "null",
      (range) => usual(range).replace(`/Contents${contents}`, `/Contents null/Other${contents}`),
      "contents_missing",
    ],
    [
      "doubled",
      (range) => usual(range).replace(`/Contents${contents}`, `/Contents<30>/Contents${contents}`),
      "contents_doubled",
    ],
    [
      "in another object",
      (range) => usual(range).replace(`/Contents${contents}`, `/Contents 2 0 R/Other${contents}`),
      "contents_indirect",
    ],
    [
      "a number",
      (range) => usual(range).replace(`/Contents${contents}`, `/Contents 5/Other${contents}`),
      "contents_empty",
    ],
    [
      "empty",
      (range) => usual(range).replace(`/Contents${contents}`, `/Contents<>/Other${contents}`),
      "contents_empty",
    ],
    [
      "another string",
      (range) => usual(range).replace(`/Contents${contents}`, `/Contents<31>/Other${contents}`),
      "contents_not_the_gap",
    ],
    [
      "a string that is not hexadecimal",
      (range) => usual(range).replace(`/Contents${contents}`, `/Other${contents}/Contents(0)`),
      "contents_not_the_gap",
    ],
    [
      "beginning inside the gap",
      ({ first, second, rest }) => dictionary(`0 ${pad(first - 1)} ${pad(second)} ${pad(rest)}`),
      "contents_not_the_gap",
    ],
    [
      "ending inside the gap",
      ({ first, second, rest }) => dictionary(`0 ${pad(first)} ${pad(second + 1)} ${pad(rest - 1)}`),
      "contents_not_the_gap",
    ],
  ])("%s", (_, shape, fault) => {
    expect(faults(signed(shape))).toEqual([fault]);
  });

  test("both are told where range and content lie; content that cannot be read is null", () => {
    const neither = signed(() => "<</Type/Sig>>");
    expect(faults(neither)).toEqual(["byte_range_missing,contents_missing"]);
    expect(found(neither)).toMatchObject([{ range: null, contents: null, revision: null }]);
    expect(found(signed(() => "<</Type/Sig/Contents<>>>"))).toMatchObject([{ contents: null }]);
  });
});
