import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Element, membersOf, parseDer, readingDer } from "../../../signing/format/der.ts";
import {
  bitStringOf,
  booleanOf,
  instantOf,
  integerBytesOf,
  numberOf,
  octetsOf,
  oidOf,
  textOf,
} from "../../../signing/format/der-values.ts";
import * as der from "../../../signing/format/der-writer.ts";
import { type Bytes, bytesOfHex, hexOf, instantOfSeconds } from "../../../src/core/kernel.ts";

const read = <T>(bytes: Bytes, reader: (element: Element) => T) => readingDer(() => reader(parseDer(bytes)));
const bytes = (constraints?: fc.IntArrayConstraints) =>
  fc.uint8Array(constraints).map((found) => new Uint8Array(found));
const hex = (text: string): Bytes => bytesOfHex(text.replaceAll(" ", "")) ?? expect.fail(text);

describe("X.690: what is written is read back", () => {
  const same = <T>(name: string, values: fc.Arbitrary<T>, write: (value: T) => Bytes, reader: (e: Element) => T) =>
    test(name, () => {
      fc.assert(
        fc.property(values, (value) => {
          expect(read(write(value), reader)).toEqual({ ok: true, value });
        }),
      );
    });
  const arc = fc.oneof(fc.nat(200), fc.maxSafeInteger().map(Math.abs));
  same("§8.3 INTEGER", fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), der.integer, (element) => {
    const octets = integerBytesOf(element);
    return BigInt.asIntN(8 * octets.length, BigInt(`0x${hexOf(octets)}`));
  });
  same("§8.3 INTEGER, small", fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), der.integer, numberOf);
  same("§8.7 OCTET STRING", bytes({ maxLength: 70_000 }), der.octetString, octetsOf);
  same("§8.6 BIT STRING", bytes(), der.bitString, (element) => bitStringOf(element).bytes);
  same("§8.2 BOOLEAN", fc.boolean(), der.boolean, booleanOf);
  same(
    "§8.23 UTF8String",
    fc.string({ unit: "grapheme" }).filter((text) => !text.startsWith("\ufeff")),
    der.utf8String,
    textOf,
  );
  same(
    "§8.19 OBJECT IDENTIFIER",
    fc.tuple(fc.nat(2), fc.nat(39), fc.array(arc, { maxLength: 6 })).map((arcs) => arcs.flat().join(".")),
    der.oid,
    oidOf,
  );
  same(
    "§11.7 time, years 1900 to 9999",
    fc.integer({ min: -2_208_988_800, max: 253_402_300_799 }).map(instantOfSeconds),
    der.time,
    instantOf,
  );

  test("§8.3.2 and §8.19.2: numbers and identifiers with more octets than they need are refused", () => {
    for (const padded of ["02 02 00 7f", "02 02 ff 80", "02 03 00 00 80", "02 00"]) {
      expect(read(hex(padded), integerBytesOf).ok, padded).toBe(false);
      expect(read(hex(padded), numberOf).ok, padded).toBe(false);
    }
    for (const whole of ["02 01 00", "02 02 00 80", "02 02 ff 7f", "02 01 ff"])
      expect(read(hex(whole), integerBytesOf).ok, whole).toBe(true);
    expect(read(hex("06 04 55 80 04 03"), oidOf).ok).toBe(false);
    expect(read(hex("06 04 80 55 04 03"), oidOf).ok).toBe(false);
  });

  test("§11.6 SET OF is sorted, whatever the order it was given in", () => {
    fc.assert(
      fc.property(fc.array(bytes({ maxLength: 8 }).map(der.octetString), { maxLength: 12 }), (members) => {
        const sorted = read(der.setOf(...members), (set) => membersOf(set).map((member) => hexOf(member.raw)));
        expect(sorted).toEqual({ ok: true, value: members.map(hexOf).toSorted() });
      }),
    );
  });
});

describe("X.690: known encodings", () => {
  test.each([
    { name: "§8.19.5 example", encoded: "06 03 88 37 03", value: "2.999.3" },
    { name: "sha256", encoded: "06 09 60 86 48 01 65 03 04 02 01", value: "2.16.840.1.101.3.4.2.1" },
  ])("OBJECT IDENTIFIER $name", ({ encoded, value }) => {
    expect(read(hex(encoded), oidOf)).toEqual({ ok: true, value });
    expect(der.oid(value)).toEqual(hex(encoded));
  });

  test.each([
    ["17 0d 3236303133313032333030305a", "2026-01-31T02:30:00Z"],
    ["17 0d 3530303130313030303030305a", "1950-01-01T00:00:00Z"],
    ["18 0f 32303236303133313032333030305a", "2026-01-31T02:30:00Z"],
    ["18 13 32303236303133313032333030302e3939395a", "2026-01-31T02:30:00Z"],
    ["18 13 32303236303133313039333030302b30373030", "2026-01-31T02:30:00Z"],
    ["18 0f 32303236303233303032333030305a", null],
  ])("times: %s", (encoded, expected) => {
    const found = read(hex(encoded), instantOf);
    expect(found.ok ? found.value : null).toBe(expected);
  });

  test("§8.1.3.6: indefinite lengths and segments are read", () => {
    expect(read(hex("24 80 04 02 0102 24 80 04 01 03 0000 0000"), octetsOf)).toEqual({
      ok: true,
      value: hex("010203"),
    });
    expect(read(hex("30 80 02 01 05 30 80 0000 0000"), (sequence) => membersOf(sequence).length)).toEqual({
      ok: true,
      value: 2,
    });
  });

  test.each([
    ["empty", "", "truncated"],
    ["length beyond the end", "30 05 0201", "truncated"],
    ["inner length beyond the outer", "30 03 02 02 01 05", "trailing_bytes"],
    ["no end of contents", "30 80 02 01 05", "truncated"],
    ["indefinite length of a primitive", "04 80 0000", "bad_value"],
    ["length of 2^56", "30 87 01 00 00 00 00 00 00", "length_too_long"],
    ["after the end", "05 00 00", "trailing_bytes"],
  ])("refused with its reason: %s", (_, encoded, reason) => {
    expect(read(hex(encoded), (element) => element.tag)).toEqual({
      ok: false,
      failure: { code: "der_malformed", reason },
    });
  });

  test("nesting is bounded, with definite and indefinite lengths, in linear time", () => {
    let nested: Bytes = der.nullValue();
    for (let i = 0; i < 200; i++) nested = der.sequence(nested);
    const walk = (element: Element): number =>
      element.constructed ? element.children.reduce((sum, child) => sum + walk(child), 1) : 1;
    expect(read(nested, walk)).toMatchObject({ ok: false, failure: { reason: "nested_too_deep" } });
    const bomb = new Uint8Array(4_000_000).fill(0x30);
    for (let i = 1; i < bomb.length; i += 2) bomb[i] = 0x80;
    expect(read(bomb, walk)).toMatchObject({ ok: false, failure: { reason: "nested_too_deep" } });
  });
});
