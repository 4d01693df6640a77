import fc from "fast-check";
import { expect, test } from "vitest";
import { feeDong, feesOf } from "../../src/core/fees.ts";

test.each([
  [1, 2_000],
  [2, 4_000],
  [3, 5_000],
  [10, 12_000],
  [197, 199_000],
  [198, 200_000],
  [199, 200_000],
  [500, 200_000],
])("FEE-1: %d pages of the original cost %d đồng a copy", (pages, dong) => {
  expect(feeDong(pages)).toBe(dong);
});

test("FEE-1: a page more never costs less, never more than 2,000 đồng, and no copy more than 200,000", () => {
  const holds = (pages: number) => {
    const more = feeDong(pages + 1) - feeDong(pages);
    expect(more >= 0 && more <= 2000).toBe(true);
    expect(feeDong(pages)).toBeLessThanOrEqual(200_000);
  };
  fc.assert(fc.property(fc.integer({ min: 1, max: 2000 }), holds));
});

test("FEE-1: what is asked for is charged copy by copy, on paper, electronic or both", () => {
  const paper = { declaredPages: 3, electronicCopies: 2, paperCopies: 4, onPaperOnly: false };
  expect(feesOf([paper])).toEqual({ electronic: 10_000, paper: 20_000, total: 30_000 });
  expect(feesOf([{ ...paper, onPaperOnly: true }])).toMatchObject({ electronic: 0, total: 20_000 });
  expect(feesOf([paper, { ...paper, paperCopies: 0 }])).toEqual({ electronic: 20_000, paper: 20_000, total: 40_000 });
});
