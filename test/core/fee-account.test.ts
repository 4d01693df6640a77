import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dongInWords } from "../../src/core/dong-in-words.ts";
import type { FeeExemptionId } from "../../src/core/fee-account.ts";
import { exemptionHolds, feeStandOf, outstandingOf, receiptText } from "../../src/core/fee-account.ts";
import type { PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";

const balance = (grossDong: number, waivedDong: number, paidDong: number) => ({ grossDong, waivedDong, paidDong });

test.each([
  [balance(0, 0, 0), "nothing_owed"],
  [balance(5000, 0, 0), "unpaid"],
  [balance(5000, 0, 2000), "partly_paid"],
  [balance(5000, 0, 5000), "paid"],
  [balance(5000, 5000, 0), "exempt"],
  [balance(5000, 2500, 2500), "paid"],
  [balance(0, 0, 5000), "to_give_back"],
] as const)("FEE-2: %o is %s", (one, stand) => expect(feeStandOf(one)).toBe(stand));

test("FEE-2: it is told as paid or owed by what is left, whatever was charged, waived and paid", () => {
  const dong = fc.integer({ min: 0, max: 100_000_000 });
  const holds = (gross: number, waived: number, paid: number) => {
    const one = balance(gross, Math.min(waived, gross), paid);
    const left = outstandingOf(one);
    const stand = feeStandOf(one);
    expect(left < 0).toBe(stand === "to_give_back");
    expect(left > 0).toBe(stand === "unpaid" || stand === "partly_paid");
  };
  fc.assert(fc.property(dong, dong, dong, holds));
});

test("FEE-5: an exemption holds from its first day to its last, until it is ended", () => {
  const one = {
    ...{ id: "x" as FeeExemptionId, reason: "Hộ nghèo (hư cấu)", legalBasis: "Nghị quyết (hư cấu)", percent: 50 },
    ...{ from: "2026-01-01" as LocalDate, to: "2026-06-30" as LocalDate, endedAt: null, enteredBy: "p" as PersonId },
  };
  const on = (day: string) => exemptionHolds(one, day as LocalDate);
  expect(["2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01"].map(on)).toEqual([false, true, true, false]);
  expect(exemptionHolds({ ...one, to: null }, "2099-01-01" as LocalDate)).toBe(true);
  expect(exemptionHolds({ ...one, endedAt: "2026-02-01T00:00:00Z" as Instant }, "2026-01-15" as LocalDate)).toBe(false);
});

describe("a receipt", () => {
  test("FEE-4: its number has seven digits and its year", () => {
    expect(receiptText({ year: 2026, number: 12 })).toBe("0000012/2026");
  });

  test.each([
    [0, "Không đồng"],
    [2000, "Hai nghìn đồng"],
    [5000, "Năm nghìn đồng"],
    [12_000, "Mười hai nghìn đồng"],
    [15_000, "Mười lăm nghìn đồng"],
    [21_000, "Hai mươi mốt nghìn đồng"],
    [24_000, "Hai mươi tư nghìn đồng"],
    [105_000, "Một trăm linh năm nghìn đồng"],
    [199_000, "Một trăm chín mươi chín nghìn đồng"],
    [200_000, "Hai trăm nghìn đồng"],
    [1_005_000, "Một triệu không trăm linh năm nghìn đồng"],
    [2_000_010, "Hai triệu không trăm mười đồng"],
    [200_000_000, "Hai trăm triệu đồng"],
    [1_000_000_001, "Một tỷ không trăm linh một đồng"],
  ])("%d đồng is written out as %s", (dong, words) => expect(dongInWords(dong)).toBe(words));

  test("two sums are never written out alike", () => {
    const sums = fc.uniqueArray(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 2, maxLength: 20 });
    fc.assert(fc.property(sums, (all) => new Set(all.map(dongInWords)).size === all.length));
  });
});
