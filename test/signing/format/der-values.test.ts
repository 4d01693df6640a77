import { describe, expect, test } from "vitest";
import { type Element, parseDer, readingDer } from "../../../signing/format/der.ts";
import * as values from "../../../signing/format/der-values.ts";
import * as der from "../../../signing/format/der-writer.ts";
import { type Bytes, bytesOfHex, hexOf, type Instant, utf8 } from "../../../src/core/kernel.ts";

const hex = (text: string): Bytes => bytesOfHex(text.replaceAll(" ", "")) ?? expect.fail(text);
/** The value, or the reason why there is none. */
const read = (bytes: Bytes | string, reader: (element: Element) => unknown): unknown => {
  const found = readingDer(() => reader(parseDer(typeof bytes === "string" ? hex(bytes) : bytes)));
  return found.ok ? found.value : found.failure.reason;
};
const zeros = (count: number) => "00".repeat(count);

describe("X.690 §8.2, §8.3: booleans and integers", () => {
  test.each([
    ["01 01 ff", true],
    ["01 01 01", true],
    ["01 01 00", false],
    ["01 00", "bad_value"],
    ["01 02 0000", "bad_value"],
    ["02 01 00", "unexpected"],
  ])("boolean %s: %j", (encoded, value) => {
    expect(read(encoded, values.booleanOf)).toBe(value);
  });

  test.each([
    ["02 01 00", 0],
    ["02 01 7f", 127],
    ["02 01 80", -128],
    ["02 02 0080", 128],
    ["02 02 ff7f", -129],
    ["0a 01 05", 5],
    ["02 06 7fffffffffff", 2 ** 47 - 1],
    ["02 06 800000000000", -(2 ** 47)],
    ["02 07 01000000000000", "length_too_long"],
    ["02 02 007f", "bad_value"],
    ["02 02 ff80", "bad_value"],
    ["02 00", "bad_value"],
    ["04 01 00", "unexpected"],
  ])("number %s: %j", (encoded, value) => {
    expect(read(encoded, values.numberOf)).toBe(value);
  });

  test("an ENUMERATED is no INTEGER of any length", () => {
    expect(read("0a 01 05", values.integerBytesOf)).toBe("unexpected");
  });
});

describe("X.690 §8.19: identifiers", () => {
  test.each([
    ["06 01 00", "0.0"],
    ["06 01 27", "0.39"],
    ["06 01 28", "1.0"],
    ["06 01 4f", "1.39"],
    ["06 01 50", "2.0"],
    ["06 02 8837", "2.999"],
    ["06 02 2a7f", "1.2.127"],
    ["06 03 2a8100", "1.2.128"],
    ["06 02 2a81", "bad_value"],
    ["06 03 2a8001", "bad_value"],
    ["06 00", "bad_value"],
    ["06 04 2a818100", "1.2.16512"],
    ["06 09 2a8fffffffffffff7f", "1.2.9007199254740991"],
    ["06 09 2a90808080808080 00", "bad_value"],
    [`06 40 ${zeros(64)}`, `0.0${".0".repeat(63)}`],
    [`06 41 ${zeros(65)}`, "bad_value"],
  ])("%s: %s", (encoded, value) => {
    expect(read(encoded, values.oidOf)).toBe(value);
  });
});

describe("X.690 §8.6, §8.7: strings of bits and octets", () => {
  test("octets of segments are joined; a segment that is none is refused", () => {
    const octets = (encoded: string) => read(encoded, (element) => hexOf(values.octetsOf(element)));
    expect(octets("04 02 0102")).toBe("0102");
    expect(octets("24 06 04 01 01 04 01 02")).toBe("0102");
    expect(octets("24 03 02 01 01")).toBe("unexpected");
    expect(octets("02 01 01")).toBe("unexpected");
  });

  test.each([
    ["03 01 00", "0 "],
    ["03 02 00 ff", "0 ff"],
    ["03 02 07 80", "7 80"],
    ["03 02 08 80", "bad_value"],
    ["03 01 01", "bad_value"],
    ["03 00", "bad_value"],
    ["23 04 03 02 00 ff", "unexpected"],
    ["04 01 00", "unexpected"],
  ])("bits %s: %j", (encoded, value) => {
    const bits = (element: Element) => {
      const { unusedBits, bytes } = values.bitStringOf(element);
      return `${unusedBits} ${hexOf(bytes)}`;
    };
    expect(read(encoded, bits)).toBe(value);
  });

  test("whole octets leave no bit unused; named bits count from the highest of the first octet", () => {
    expect(read("03 02 00 ff", (element) => hexOf(values.wholeBitsOf(element)))).toBe("ff");
    expect(read("03 02 01 fe", (element) => hexOf(values.wholeBitsOf(element)))).toBe("bad_value");
    const named = (encoded: string) =>
      read(encoded, (element) =>
        [0, 1, 7, 8, 15, 16].filter((bit) => values.hasBit(values.bitStringOf(element), bit)).join(" "),
      );
    expect(named("03 03 00 8180")).toBe("0 7 8");
    expect(named("03 02 06 40")).toBe("1");
    expect(named("03 03 00 0001")).toBe("15");
  });
});

describe("X.680 §41: character strings", () => {
  const text = (encoded: string) => read(encoded, values.textOf);
  const isText = (encoded: string) => read(encoded, values.isText);

  test.each([
    ["0c 03 e1baa4", "Ấ"],
    ["0c 01 ff", "\ufffd"],
    ["12 02 3132", "12"],
    ["13 02 4142", "AB"],
    ["14 01 e9", "é"],
    ["16 01 61", "a"],
    ["1a 01 61", "a"],
    ["1e 04 1ea40061", "Ấa"],
  ])("%s: %j", (encoded, value) => {
    expect(text(encoded)).toBe(value);
    expect(isText(encoded)).toBe(true);
  });

  test.each(["04 01 61", "2c 03 0c 01 61", "8c 01 61", "ac 03 0c 01 61"])("%s is none", (encoded) => {
    expect(text(encoded)).toBe("unexpected");
    expect(isText(encoded)).toBe(false);
  });
});

describe("RFC 5280 §4.1.2.5: times", () => {
  const utc = (text: string) => read(der.element(23, utf8(text)), values.instantOf);
  const general = (text: string) => read(der.element(24, utf8(text)), values.instantOf);

  test.each([
    ["491231235959Z", "2049-12-31T23:59:59Z"],
    ["500101000000Z", "1950-01-01T00:00:00Z"],
    ["991231235959Z", "1999-12-31T23:59:59Z"],
    ["2601312359Z", "2026-01-31T23:59:00Z"],
    ["260131235959+0730", "2026-01-31T16:29:59Z"],
    ["260131235959-0030", "2026-02-01T00:29:59Z"],
    ["260131235959", "bad_value"],
    ["260132235959Z", "bad_value"],
    ["", "bad_value"],
  ])("UTCTime %s: %s", (text, value) => {
    expect(utc(text)).toBe(value);
  });

  test.each([
    ["20260131235959Z", "2026-01-31T23:59:59Z"],
    ["20260131235959.9Z", "2026-01-31T23:59:59Z"],
    ["20260131235959,123456789Z", "2026-01-31T23:59:59Z"],
    ["20260131235959.1234567890Z", "bad_value"],
    ["20260131235959.Z", "bad_value"],
    ["20260131235959Zx", "bad_value"],
    ["x20260131235959Z", "bad_value"],
    ["20260131235959+07", "bad_value"],
    ["99991231235959-0001", "bad_value"],
    ["00000101000000+0001", "bad_value"],
  ])("GeneralizedTime %s: %s", (text, value) => {
    expect(general(text)).toBe(value);
  });

  test("nothing else is a time", () => {
    expect(read(der.element(22, utf8("20260131235959Z")), values.instantOf)).toBe("unexpected");
    expect(read(der.utcTime("2026-01-31T00:00:00Z" as Instant), values.isTime)).toBe(true);
    expect(read(der.generalizedTime("2026-01-31T00:00:00Z" as Instant), values.isTime)).toBe(true);
    expect(read(der.integer(5), values.isTime)).toBe(false);
    expect([...der.time("1949-12-31T00:00:00Z" as Instant)][0]).toBe(24);
    expect([...der.time("1950-01-01T00:00:00Z" as Instant)][0]).toBe(23);
    expect([...der.time("2049-12-31T23:59:59Z" as Instant)][0]).toBe(23);
    expect([...der.time("2050-01-01T00:00:00Z" as Instant)][0]).toBe(24);
  });
});
