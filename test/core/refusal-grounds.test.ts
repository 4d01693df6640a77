import { describe, expect, test } from "vitest";
import { clauseOf, isOther, parseRefusal, refusalGrounds } from "../../src/core/refusal-grounds.ts";
import { refusalGroundsEn } from "../../src/web/words/rules.en.ts";
import { refusalGroundsVi } from "../../src/web/words/rules.vi.ts";

const broken = { ok: false, failure: { code: "rule_broken", rule: "REFUSE-1" } };

describe("REFUSE-1: NĐ 23/2015 Art. 22", () => {
  test("REFUSE-1: the grounds are the article's six, then what is no original, may be forged or is another's to certify", () => {
    expect(refusalGrounds).toEqual([
      ...["A22_1", "A22_2", "A22_3", "A22_4", "A22_5", "A22_6"],
      ...["NOT_ORIGINAL", "SUSPECTED_FAKE", "NOT_COMPETENT"],
    ]);
    expect(refusalGrounds.flatMap((ground) => (isOther(ground) ? [] : [clauseOf(ground)]))).toEqual([1, 2, 3, 4, 5, 6]);
    for (const words of [refusalGroundsVi, refusalGroundsEn]) {
      expect(Object.keys(words)).toEqual([...refusalGrounds]);
      expect(new Set(Object.values(words)).size).toBe(9);
    }
  });

  test.each(refusalGrounds)("REFUSE-1: %s with a reason is a refusal, with or without a page", (ground) => {
    for (const page of [null, 2]) {
      const refusal = { ground, reason: "Vết mực che mất năm sinh", page };
      expect(parseRefusal(refusal)).toEqual({ ok: true, value: refusal });
    }
  });

  test.each(["A22_0", "A22_7", "a22_1", "A22_1 ", "", "toString"])("REFUSE-1: %j is no ground", (ground) => {
    expect(parseRefusal({ ground, reason: "Vết mực che mất năm sinh", page: null })).toEqual(broken);
  });

  test("REFUSE-1: a reason shorter than ten characters is none, however it is padded", () => {
    expect(parseRefusal({ ground: "A22_2", reason: "rách nát.", page: 1 })).toEqual(broken);
    expect(parseRefusal({ ground: "A22_2", reason: `   ${"rách".padEnd(20)}   `, page: 1 })).toEqual(broken);
    expect(parseRefusal({ ground: "A22_2", reason: "ế".repeat(9).normalize("NFD"), page: 1 })).toEqual(broken);
    expect(parseRefusal({ ground: "A22_2", reason: "ế".repeat(10).normalize("NFD"), page: 1 })).toEqual({
      ok: true,
      value: { ground: "A22_2", reason: "ế".repeat(10).normalize("NFC"), page: 1 },
    });
  });
});
