import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LocalDate } from "../../src/core/kernel.ts";
import { dossierCodeOf } from "../../src/core/submission.ts";
import { crc16, purposeOf, vietQrOf } from "../../src/core/vietqr.ts";

const account = { bankBin: "970436", number: "0123456789" };
const code = dossierCodeOf("H55.242", "2026-11-23" as LocalDate, 4);

/** Tag, two digits of length, value; and so on. EMVCo merchant-presented QR §3.2. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const length = Number(text.slice(at + 2, at + 4));
    const value = text.slice(at + 4, at + 4 + length);
    expect(value.length).toBe(length);
    fields.set(text.slice(at, at + 2), value);
    at += 4 + length;
  }
  return fields;
}

function read(text: string) {
  const fields = fieldsOf(text);
  const template = fieldsOf(fields.get("38") ?? "");
  return { fields, template, to: fieldsOf(template.get("01") ?? "") };
}

describe("VietQR: EMVCo merchant-presented QR 1.1 with the template of NAPAS", () => {
  test("EMVCo §4.7.3: the checksum is CRC-16 with polynomial 1021 from FFFF", () => {
    expect(crc16("123456789")).toBe("29B1"); // the check value of the published catalogue of such sums
  });

  test("bank, account, sum in đồng and purpose stand where a banking app reads them", () => {
    const made = vietQrOf(account, 12_000, purposeOf(code));
    if (!made.ok) throw new Error(made.failure.code);
    const { fields, template, to } = read(made.value);
    expect([...fields.keys()]).toEqual(["00", "01", "38", "53", "54", "58", "62", "63"]);
    expect([fields.get("00"), fields.get("01"), fields.get("53"), fields.get("54"), fields.get("58")]).toEqual([
      "01",
      "12",
      "704",
      "12000",
      "VN",
    ]);
    expect([template.get("00"), template.get("02"), to.get("00"), to.get("01")]).toEqual([
      "A000000727",
      "QRIBFTTA",
      "970436",
      "0123456789",
    ]);
    expect(fieldsOf(fields.get("62") ?? "").get("08")).toBe("CT H552422611230004");
    expect(fields.get("63")).toBe(crc16(made.value.slice(0, -4)));
  });

  test("every sound transfer can be read back, and one changed sign breaks the checksum", () => {
    const number = fc.stringMatching(/^[A-Za-z0-9]{1,19}$/);
    const purpose = fc.stringMatching(/^[A-Z0-9 ]{1,25}$/);
    const given = [number, fc.integer({ min: 1, max: 9_999_999_999_999 }), purpose, fc.nat()] as const;
    fc.assert(
      fc.property(...given, (number, dong, words, at) => {
        const made = vietQrOf({ bankBin: "970415", number }, dong, words);
        if (!made.ok) throw new Error(made.failure.code);
        const { fields, to } = read(made.value);
        expect([to.get("01"), fields.get("54")]).toEqual([number, String(dong)]);
        const place = at % (made.value.length - 4);
        const changed = `${made.value.slice(0, place)}#${made.value.slice(place + 1, -4)}`;
        expect(crc16(changed)).not.toBe(made.value.slice(-4));
      }),
    );
  });

  test.each([
    ["a bank number of five digits", { ...account, bankBin: "97043" }, 1000, "CT"],
    ["an account with a space", { ...account, number: "12 34" }, 1000, "CT"],
    ["an account of twenty signs", { ...account, number: "1".repeat(20) }, 1000, "CT"],
    ["nothing to pay", account, 0, "CT"],
    ["half a đồng", account, 0.5, "CT"],
    ["a purpose in small letters or with marks", account, 1000, "phí"],
    ["a purpose of 26 signs", account, 1000, "A".repeat(26)],
  ])("%s makes no code", (_, to, dong, words) => {
    expect(vietQrOf(to, dong, words)).toEqual({ ok: false, failure: { code: "not_payable" } });
  });

  test("the purpose is the dossier's code without marks, and the longest fits into 25 signs", () => {
    expect(purposeOf(code)).toBe("CT H552422611230004");
    const longest = dossierCodeOf("000.00.12.H62.123.123", "2026-11-23" as LocalDate, 123_456);
    expect(purposeOf(longest)).toMatch(/^CT [0-9A-Z]{22}$/);
  });
});
