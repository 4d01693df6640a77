import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/core/csv-table.ts";
import { utf8 } from "../../src/core/kernel.ts";
import { dayOf, dongOf, noColumns, readStatement } from "../../src/core/statement.ts";
import { codesIn, type Payable, verdictOfLine, verdictsOf } from "../../src/core/statement-match.ts";
import type { DossierCode, SubmissionId } from "../../src/core/submission.ts";
import { purposeOf } from "../../src/core/vietqr.ts";
import { csvOf, withoutFormula } from "../../src/web/spreadsheet/csv.ts";

describe("sums and days as banks write them", () => {
  test.each([
    ["12000", 12_000],
    ["12.000", 12_000],
    ["12,000", 12_000],
    ["1.234.567", 1_234_567],
    ["1,234,567.00", 1_234_567],
    ["1.234.567,0", 1_234_567],
    ["12000.00", 12_000],
    ["+12.000 VND", 12_000],
    ["12\u00a0000 đ", 12_000],
    ["-12.000", -12_000],
    ["(12.000)", -12_000],
    ["", 0],
    ["-", 0],
    ["12,5", null],
    ["12.000,50", null],
    ["1.23.456", null],
    ["=1+1", null],
    ["mười", null],
    ["99999999999999", null],
  ] as const)("FEE-7: %j is %s đồng", (text, dong) => expect(dongOf(text)).toBe(dong));

  test.each([
    ["23/11/2026", "2026-11-23"],
    ["3-1-2026 10:22:33", "2026-01-03"],
    ["2026-11-23", "2026-11-23"],
    ["31/02/2026", null],
    ["Tổng cộng", null],
    ["", null],
  ] as const)("FEE-7: %j is the day %s", (text, day) => expect(dayOf(text)).toBe(day));

  test("whole sums are read again however they are grouped", () => {
    const grouped = (dong: number, mark: string) => String(dong).replace(/\B(?=(\d{3})+$)/g, mark);
    const holds = (dong: number) => [".", ",", " ", ""].every((mark) => dongOf(grouped(dong, mark)) === dong);
    fc.assert(fc.property(fc.integer({ min: 1, max: 999_999_999 }), holds));
  });
});

describe("a CSV file", () => {
  test("RFC 4180: what was written by us is read again, whatever stands in its cells", () => {
    const word = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", "Đ", " ") });
    const rows = fc.array(fc.array(word, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    const holds = (cells: string[][]) => {
      const text = new TextDecoder().decode(csvOf(cells)).replace("\uFEFF", "");
      expect(readCsv(text, ",", 100)).toEqual({ ok: true, value: cells.map((row) => row.map(withoutFormula)) });
    };
    fc.assert(fc.property(rows, holds));
  });

  test("more rows than are allowed are refused, and no text makes it throw or hang", () => {
    expect(readCsv("a\n".repeat(11), ",", 10)).toEqual({ ok: false, failure: { code: "too_many_rows" } });
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => readCsv(text, ";", 1000).ok));
  });
});

const bank = `\uFEFFNGÂN HÀNG VÍ DỤ (hư cấu);;;;
Số tài khoản;0123456789;;;
Số tham chiếu;Ngày giao dịch;Ghi nợ;Số tiền ghi có (VND);Nội dung
FT1;23/11/2026 08:00;;12.000;CT H552422611230001
FT2;23/11/2026;5.000;;Phi dich vu
FT3;23/11/2026;;1,5;CT H552422611230002
;;;;
FT4;24/11/2026;;7.000;"=HYPERLINK(""http://evil.example"")"
;Tổng cộng;5.000;19.000;`;

describe("a bank's statement", () => {
  test("FEE-7: byte order mark, semicolons, lines above and below the table; what cannot be read is named", () => {
    expect(readStatement(utf8(bank), noColumns)).toEqual({
      ok: true,
      value: {
        incoming: [
          { day: "2026-11-23", amountDong: 12_000, content: "CT H552422611230001", reference: "FT1" },
          { day: "2026-11-24", amountDong: 7000, content: '=HYPERLINK("http://evil.example")', reference: "FT4" },
        ],
        outgoing: 1,
        unread: [6],
      },
    });
  });

  test("FEE-7: a sum beside a column of directions came in only where it says so; what says nothing is for a person", () => {
    const text = [
      "Ngày;Số tiền;D/C;Nội dung",
      "23/11/2026;5.000;C;a",
      "23/11/2026;7.000;D;b",
      "23/11/2026;9.000;;c",
    ].join("\n");
    const read = readStatement(utf8(text), noColumns);
    const incoming = [{ day: "2026-11-23", amountDong: 5000, content: "a", reference: "" }];
    expect(read).toEqual({ ok: true, value: { incoming, outgoing: 1, unread: [4] } });
  });

  test("FEE-7: columns of any name are read once they are named; until then the names found are told", () => {
    const strange = "When,How much,Said\n2026-11-23,5000,CT X";
    expect(readStatement(utf8(strange), noColumns)).toEqual({
      ok: false,
      failure: { code: "columns_missing", found: ["When", "How much", "Said"] },
    });
    const columns = { day: "WHEN", amount: "how  much", content: "said", reference: "" };
    expect(readStatement(utf8(strange), columns)).toMatchObject({
      ok: true,
      value: { incoming: [{ amountDong: 5000 }] },
    });
  });

  test("FEE-7: what is no text, or has no money coming in, is refused; no bytes make it throw", () => {
    expect(readStatement(new Uint8Array([0x50, 0x4b, 3, 4, 0xff]), noColumns)).toMatchObject({
      failure: { code: "not_text" },
    });
    const nothing = utf8("Ngày;Số tiền;Nội dung\n23/11/2026;-5.000;x");
    expect(readStatement(nothing, noColumns)).toMatchObject({ failure: { code: "no_incoming" } });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        (bytes) => "ok" in readStatement(new Uint8Array(bytes), noColumns),
      ),
    );
  });

  test("a file of a spreadsheet program in UTF-16 is read too", () => {
    const utf16 = new Uint8Array(Buffer.from(`\uFEFFNgày\tSố tiền\tNội dung\n23/11/2026\t5.000\tCT X`, "utf16le"));
    expect(readStatement(utf16, noColumns)).toMatchObject({ ok: true, value: { incoming: [{ amountDong: 5000 }] } });
  });
});

const payable = (code: string, outstandingDong: number, paidDong = 0): Payable => {
  const squashed = purposeOf(code as DossierCode).slice(3);
  return { id: code as string as SubmissionId, code: code as DossierCode, squashed, outstandingDong, paidDong };
};

describe("which dossier a transfer pays", () => {
  test.each([
    "CT H552422611230001",
    "ct h55 2422 611230001 nop phi",
    "MBVCB.123456.CT H552422611230001.CT tu 0123 toi 0456",
    "H55.242-261123-0001 chung thuc",
    "CTH5524226112300011234567",
  ])("FEE-7: its code is found in %j", (content) => {
    expect(codesIn(content)).toContain("H552422611230001");
  });

  test("FEE-7: every code is found in what its own VietQR says, among any words", () => {
    const code = fc
      .tuple(fc.constantFrom("H55.242", "000.00.12.H62", "H00", "G22.99.08"), fc.integer({ min: 1, max: 999_999 }))
      .map(([prefix, serial]) => `${prefix}-261123-${String(serial).padStart(4, "0")}` as DossierCode);
    const holds = (one: DossierCode, before: string, behind: string) =>
      codesIn(`${before} ${purposeOf(one)} ${behind}`).includes(payable(one, 1).squashed);
    fc.assert(fc.property(code, fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), holds));
  });

  const [one, other] = [payable("H55-261123-0001", 5000), payable("H55-261123-0002", 5000)];
  test.each([
    [5000, [one], "exact"],
    [4999, [one], "too_little"],
    [5001, [one], "too_much"],
    [5000, [payable("H55-261123-0001", 0, 5000)], "twice"],
    [5000, [payable("H55-261123-0001", 0)], "nothing_owed"],
    [5000, [], "unknown"],
    [5000, [one, other], "several"],
    [5000, [payable("H55-261123-1000", 5000), payable("H55-261123-10001", 7000)], "too_little"],
  ] as const)("FEE-7: %d đồng for %o is %s", (amount, payables, kind) => {
    expect(verdictOfLine(amount, payables).kind).toBe(kind);
  });

  test("FEE-7: of two lines that pay the same dossier the second is told as twice", () => {
    const lines = [1, 2].map(() => ({ amountDong: 5000, payables: [one] }));
    expect(verdictsOf(lines).map(({ kind }) => kind)).toEqual(["exact", "twice"]);
  });
});
