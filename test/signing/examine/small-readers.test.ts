import { describe, expect, test } from "vitest";
import { algorithmNamesOf, isMd5, namesNoDigest } from "../../../signing/examine/algorithm-names.ts";
import { fieldsOf } from "../../../signing/examine/fields.ts";
import { instantOfDate, latin1, textOfString } from "../../../signing/examine/text.ts";
import { hasUnreachableSignature } from "../../../signing/examine/unreachable.ts";
import { usageRightGaps } from "../../../signing/examine/usage-rights.ts";
import {
  element,
  explicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
} from "../../../signing/format/der-writer.ts";
import type { PdfObject } from "../../../signing/format/pdf/object.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { fileOf } from "./appended.ts";
import { fileIn } from "./changing.ts";

const bytesOf = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));
const string = (text: string): PdfObject => ({ kind: "string", bytes: bytesOf(text), hex: false, start: 0, end: 0 });

describe("ISO 32000-2 §7.9.2: text strings", () => {
  test.each([
    ["plain \xe9", "plain é"],
    ["\xfe\xff\x1e\xa4\x00a", "Ấa"],
    ["\xef\xbb\xbf\xe1\xba\xa4", "Ấ"],
    ["\xfe\x00a", "\xfe\x00a"],
    ["\xef\xbb", "\xef\xbb"],
    ["", ""],
  ])("%j is %j", (text, value) => {
    expect(textOfString(string(text))).toBe(value);
  });

  test("nothing else is text, and long ones are read whole", () => {
    expect(textOfString({ kind: "name", value: "x" })).toBeNull();
    const long = `${"x".repeat(8191)}ab${"y".repeat(8192)}`;
    expect(latin1(bytesOf(long))).toBe(long);
  });
});

describe("ISO 32000-2 §7.9.4: dates", () => {
  test.each([
    ["D:20261122101530Z", "2026-11-22T10:15:30Z"],
    ["D:20261122101530Z00'00'", "2026-11-22T10:15:30Z"],
    ["D:20261122101530Z0000", "2026-11-22T10:15:30Z"],
    ["D:20261122101530+07'00'", "2026-11-22T03:15:30Z"],
    ["D:20261122101530+07'00", "2026-11-22T03:15:30Z"],
    ["D:20261122101530-0130", "2026-11-22T11:45:30Z"],
    ["D:20261122101530", null],
    ["20261122101530Z", null],
    ["D:20261322101530Z", null],
    ["D:20261122101530Z x", null],
    ["xD:20261122101530Z", null],
    ["D:99991231235959-0100", null],
  ])("%s is %j", (text, instant) => {
    expect(instantOfDate(text)).toBe(instant);
  });
});

describe("RFC 5652 §5.3: algorithms by their names", () => {
  const algorithm = (id: string) => sequence(oid(id));
  const signer = (digest: string, ...between: Bytes[]) =>
    sequence(
      integer(1),
      sequence(),
      algorithm(digest),
      ...between,
      algorithm("1.2.840.113549.1.1.11"),
      octetString(new Uint8Array()),
    );
  const cms = (...signers: Bytes[]) =>
    sequence(
      oid("1.2.840.113549.1.7.2"),
      explicit(0, sequence(integer(1), setOf(), sequence(oid("1.2.3")), setOf(...signers))),
    );

  test("those of the first signer, with signed attributes or without; null where there is none to read", () => {
    const names = { digest: "1.2.840.113549.2.5", signature: "1.2.840.113549.1.1.11" };
    expect(algorithmNamesOf(cms(signer(names.digest)))).toEqual(names);
    expect(algorithmNamesOf(cms(signer(names.digest, element(0xa0, sequence()))))).toEqual(names);
    expect(algorithmNamesOf(cms())).toBeNull();
    expect(algorithmNamesOf(nullValue())).toBeNull();
  });

  test("signature algorithms of RSA and ECDSA are no digests, MD5 is told", () => {
    expect(
      ["1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1", "1.2.840.113549.2.5"].map(
        namesNoDigest,
      ),
    ).toEqual([true, true, false, false]);
    expect([isMd5("1.2.840.113549.2.5"), isMd5("1.2.840.113549.2.9")]).toEqual([true, false]);
  });
});

describe("ISO 32000-2 §12.7.4: fields inherit, and each is listed once", () => {
  const form = (list: string, ...others: string[]) =>
    fieldsOf(fileIn(fileOf([`<</Type/Catalog/AcroForm<</Fields[${list}]>>>>`, ...others])), 0).map(
      ({ name, type, value, number }) => `${number} ${name} ${type} ${value?.kind ?? "none"}`,
    );

  test("names are joined by periods, type and value come from above unless they stand below", () => {
    expect(form("2 0 R", "<</T(a)/FT/Tx/V 1/Kids[3 0 R 4 0 R<</T(d)>>]>>", "<</T(b)/FT/Sig>>", "<</V(x)>>")).toEqual([
      "2 a Tx number",
      "3 a.b Sig number",
      "4 a Tx string",
      "null a.d Tx number",
    ]);
    expect(form("2 0 R", "<</T()/FT/Tx/Kids[3 0 R]>>", "<</T(b)>>")).toEqual(["2  Tx none", "3 b Tx none"]);
  });

  test("a field that is listed again, one that is no dictionary and rings are passed over", () => {
    expect(form("2 0 R 2 0 R 3 0 R 9 0 R 5", "<</T(a)/Kids[2 0 R 4 0 R]>>", "(x)", "<</T(b)>>")).toEqual([
      "2 a null none",
      "4 a.b null none",
    ]);
    expect(form("")).toEqual([]);
  });

  test("fields deeper than is looked at are left out", () => {
    const deep = Array.from({ length: 40 }, (_, i) => `<</T(x)/Kids[${i + 3} 0 R]>>`);
    expect(form("2 0 R", ...deep)).toHaveLength(33);
  });
});

describe("ISO 32000-2 §12.8.1: a signed range that no structure leads to", () => {
  const gap = "<3082>";
  const file = (range: (start: number) => string, inGap = gap) => {
    const head = "%PDF-1.7\n/Contents";
    return bytesOf(`${head}${inGap}/ByteRange${range(head.length)}`);
  };
  const whole = (start: number) => `[0 ${start} ${start + 6} 9]`;

  test("is found, also cut off or with blanks; its gap may lie behind the end", () => {
    expect(hasUnreachableSignature(file(whole))).toBe(true);
    expect(hasUnreachableSignature(file((start) => ` [ 0 ${start}\n${start + 6} 9 ]`))).toBe(true);
    expect(hasUnreachableSignature(file((start) => `[0 ${start} 99999 9]`))).toBe(true);
    expect(hasUnreachableSignature(file((start) => `${whole(start)} /ByteRange[0 1 2 3]`))).toBe(true);
  });

  test.each<[string, (start: number) => string, string?]>([
    ["not from the start", (start) => `[1 ${start} ${start + 6} 9]`],
    ["of three numbers", (start) => `[0 ${start} ${start + 6}]`],
    ["of five numbers", (start) => `[0 ${start} ${start + 6} 9 9]`],
    ["whose gap does not open", (start) => `[0 ${start + 1} ${start + 6} 9]`],
    ["whose gap does not close", (start) => `[0 ${start} ${start + 5} 9]`],
    ["whose gap ends before it begins", (start) => `[0 ${start} ${start} 9]`],
    ["whose gap was never filled", whole, "<0000>"],
    ["whose gap holds no sequence", whole, "<3182>"],
  ])("one %s is none", (_, range, inGap) => {
    expect(hasUnreachableSignature(file(range, inGap))).toBe(false);
  });

  test("usage rights are excepted by where their gap begins", () => {
    const bytes = file(whole);
    expect(hasUnreachableSignature(bytes, [18])).toBe(false);
    expect(hasUnreachableSignature(bytes, [17])).toBe(true);
    const rights = (key: string, range: string) =>
      usageRightGaps(fileIn(fileOf([`<</Type/Catalog/Perms<</${key} 2 0 R>>>>`, `<</ByteRange${range}>>`])));
    expect(rights("UR3", "[0 17 30 9]")).toEqual([17]);
    expect(rights("UR", "[0 17 30 9]")).toEqual([17]);
    expect(rights("UR3", "[0 /x]")).toEqual([]);
    expect(rights("UR3", "[]")).toEqual([]);
    expect(rights("DocMDP", "[0 17 30 9]")).toEqual([]);
  });
});
