import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesOfHex,
  concatBytes,
  equalBytes,
  hexOf,
  type Instant,
  instantOfSeconds,
  localDateOf,
  localTimeOf,
  parseInstant,
  parseLocalDate,
  parseSha256,
  secondsOf,
  utf8,
} from "../../src/core/kernel.ts";

const firstSecond = Date.UTC(1600, 0, 1) / 1000;
const lastSecond = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;
const anySecond = fc.integer({ min: firstSecond, max: lastSecond });
const at = (text: string) => text as Instant;

describe("RFC 3339: instants", () => {
  test("every second from 1600 to 9999 is written as the calendar of ECMAScript writes it, and read back", () => {
    const holds = (seconds: number) => {
      const instant = instantOfSeconds(seconds);
      expect(instant).toBe(new Date(seconds * 1000).toISOString().replace(".000Z", "Z"));
      expect(secondsOf(instant)).toBe(seconds);
      expect(parseInstant(instant)).toEqual({ ok: true, value: instant });
    };
    fc.assert(fc.property(anySecond, holds), { numRuns: 2000 });
  });

  test("the text sorts as time does", () => {
    const holds = (a: number, b: number) => instantOfSeconds(a) < instantOfSeconds(b) === a < b;
    fc.assert(fc.property(anySecond, anySecond, holds));
  });

  test("every day around the leap days of 1600, 1900, 2000, 2024 and 2100 is its own day", () => {
    for (const year of [1600, 1900, 2000, 2024, 2100]) {
      const start = Date.UTC(year, 1, 27) / 1000;
      for (let day = 0; day < 4; day += 1) {
        const seconds = start + day * 86_400;
        expect(instantOfSeconds(seconds)).toBe(new Date(seconds * 1000).toISOString().replace(".000Z", "Z"));
      }
    }
  });

  test.each([
    "2024-02-29T00:00:00Z",
    "2000-02-29T23:59:59Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ])("%s is an instant", (text) => expect(parseInstant(text)).toEqual({ ok: true, value: text }));

  test.each([
    ["no leap day", "2023-02-29T00:00:00Z"],
    ["a century without one", "1900-02-29T00:00:00Z"],
    ["no such day", "2026-04-31T00:00:00Z"],
    ["no such month", "2026-13-01T00:00:00Z"],
    ["no month at all", "2026-00-10T00:00:00Z"],
    ["no day at all", "2026-01-00T00:00:00Z"],
    ["no such hour", "2026-01-01T24:00:00Z"],
    ["no such minute", "2026-01-01T00:60:00Z"],
    ["a leap second", "2016-12-31T23:59:60Z"],
    ["parts of a second", "2026-01-01T00:00:00.000Z"],
    ["an offset", "2026-01-01T07:00:00+07:00"],
    ["a blank before", " 2026-01-01T00:00:00Z"],
    ["a line end behind", "2026-01-01T00:00:00Z\n"],
    ["other digits", "２０２６-01-01T00:00:00Z"],
  ])("%s is none", (_, text) => {
    expect(parseInstant(text)).toEqual({ ok: false, failure: { code: "malformed_instant" } });
  });
});

describe("NĐ 30/2020 Appendix I: Vietnamese time", () => {
  test("a day ends at 17:00 UTC", () => {
    expect(localDateOf(at("2026-12-31T16:59:59Z"))).toBe("2026-12-31");
    expect(localDateOf(at("2026-12-31T17:00:00Z"))).toBe("2027-01-01");
  });

  test("wall time carries its offset, as ISO 8601 writes it", () => {
    expect(localTimeOf(at("2026-11-22T03:15:30Z"))).toBe("2026-11-22T10:15:30+07:00");
    expect(localTimeOf(at("2024-02-28T16:59:59Z"))).toBe("2024-02-28T23:59:59+07:00");
    expect(localTimeOf(at("2024-02-28T17:00:00Z"))).toBe("2024-02-29T00:00:00+07:00");
  });

  test("a calendar day is real or refused", () => {
    expect(parseLocalDate("2028-02-29")).toEqual({ ok: true, value: "2028-02-29" });
    for (const text of ["2027-02-29", "2027-2-9", "2027-02-30", "29/02/2028", ""]) {
      expect(parseLocalDate(text)).toEqual({ ok: false, failure: { code: "malformed_date" } });
    }
  });
});

describe("bytes", () => {
  const anyBytes = fc.uint8Array({ maxLength: 300 });

  test("hexadecimal digits give back the bytes they came from, in either case", () => {
    const holds = (bytes: Uint8Array) => {
      expect(bytesOfHex(hexOf(bytes))).toEqual(Uint8Array.from(bytes));
      expect(bytesOfHex(hexOf(bytes).toUpperCase())).toEqual(Uint8Array.from(bytes));
      expect(hexOf(bytes)).toBe(Buffer.from(bytes).toString("hex"));
    };
    fc.assert(fc.property(anyBytes, holds));
  });

  test.each(["0", "abc", "0g", "0x00", " 00"])("%j is no hexadecimal text", (text) => {
    expect(bytesOfHex(text)).toBeNull();
  });

  test("joined parts keep their order and own their bytes", () => {
    const holds = (parts: Uint8Array[]) => {
      const joined = concatBytes(...parts);
      expect(joined).toEqual(Uint8Array.from(Buffer.concat(parts)));
      expect(parts.every((part) => part.buffer !== joined.buffer)).toBe(true);
    };
    fc.assert(fc.property(fc.array(anyBytes, { maxLength: 6 }), holds));
  });

  test("equal means the same length and the same bytes", () => {
    expect(equalBytes(utf8("sổ"), utf8("sổ"))).toBe(true);
    expect(equalBytes(utf8("sổ"), utf8("số"))).toBe(false);
    expect(equalBytes(utf8("so"), utf8("so chứng thực"))).toBe(false);
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true);
  });
});

describe("digests", () => {
  test("64 lower-case hexadecimal digits, nothing else", () => {
    const digest = "0123456789abcdef".repeat(4);
    expect(parseSha256(digest)).toEqual({ ok: true, value: digest });
    for (const text of [
      digest.toUpperCase(),
      digest.slice(1),
      `${digest}0`,
      `${digest.slice(1)}g`,
      `${digest}\n`,
      "",
    ]) {
      expect(parseSha256(text)).toEqual({ ok: false, failure: { code: "malformed_sha256" } });
    }
  });
});
