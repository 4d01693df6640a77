import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measureSheet, type Scan, type Sheet, stripHeightMm } from "../../../signing/compose/measure-sheet.ts";

const measured = (scan: Scan): Sheet => {
  const sheet = measureSheet(scan);
  if (!sheet.ok) throw new Error(sheet.failure.code);
  return sheet.value;
};

describe("DESIGN Sheet: the original stands at true size", () => {
  test.each([
    { name: "A4 at 300 dpi", scan: { widthPx: 2480, heightPx: 3508, dpi: 300 }, sheet: [210, 321] },
    { name: "A4 across at 300 dpi", scan: { widthPx: 3508, heightPx: 2480, dpi: 300 }, sheet: [297, 234] },
    { name: "A4 at 200 dpi", scan: { widthPx: 1654, heightPx: 2339, dpi: 200 }, sheet: [210, 321] },
    { name: "A3 at 200 dpi", scan: { widthPx: 2339, heightPx: 3307, dpi: 200 }, sheet: [297, 444] },
    { name: "A3 across at 200 dpi", scan: { widthPx: 3307, heightPx: 2339, dpi: 200 }, sheet: [420, 321] },
    { name: "A5 at 200 dpi", scan: { widthPx: 1165, heightPx: 1654, dpi: 200 }, sheet: [210, 297] },
    { name: "A5 across at 200 dpi", scan: { widthPx: 1654, heightPx: 1165, dpi: 200 }, sheet: [210.06, 297] },
    { name: "ID card at 300 dpi", scan: { widthPx: 1011, heightPx: 638, dpi: 300 }, sheet: [210, 297] },
    { name: "Letter at 300 dpi", scan: { widthPx: 2550, heightPx: 3300, dpi: 300 }, sheet: [215.9, 303.4] },
    { name: "a till slip at 200 dpi", scan: { widthPx: 630, heightPx: 3150, dpi: 200 }, sheet: [148, 424] },
  ])("$name makes the sheet it should, within 0.1 mm", ({ scan, sheet: [widthMm, heightMm] }) => {
    const sheet = measured(scan);
    expect(Math.abs(sheet.widthMm - (widthMm ?? 0))).toBeLessThan(0.1);
    expect(Math.abs(sheet.heightMm - (heightMm ?? 0))).toBeLessThan(0.1);
    expect(sheet.original.widthMm).toBeCloseTo((scan.widthPx / scan.dpi) * 25.4, 6);
    expect(sheet.original.heightMm).toBeCloseTo((scan.heightPx / scan.dpi) * 25.4, 6);
  });

  const anyScan = fc.record({
    widthPx: fc.integer({ min: 150, max: 12_000 }),
    heightPx: fc.integer({ min: 150, max: 12_000 }),
    dpi: fc.integer({ min: 150, max: 600 }),
  });

  test("the strip is 24 mm over the sheet's whole foot and never touches the original, whatever the size", () => {
    fc.assert(
      fc.property(anyScan, (scan) => {
        const sheet = measureSheet(scan);
        if (!sheet.ok) return;
        const { widthMm, heightMm, original, strip } = sheet.value;
        expect(strip).toMatchObject({ leftMm: 0, widthMm, heightMm: stripHeightMm });
        expect(strip.topMm + stripHeightMm).toBeCloseTo(heightMm, 9);
        expect(original.topMm + original.heightMm).toBeLessThanOrEqual(strip.topMm + 1e-9);
        expect(original.leftMm).toBeGreaterThanOrEqual(0);
        expect(original.leftMm + original.widthMm).toBeLessThanOrEqual(widthMm + 1e-9);
        expect(original.topMm).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test.each([
    { widthPx: 2480, heightPx: 3508, dpi: 0 },
    { widthPx: 2480, heightPx: 3508, dpi: Number.NaN },
    { widthPx: 2480, heightPx: 3508, dpi: 20 },
    { widthPx: 60, heightPx: 3508, dpi: 300 },
  ])("a page of $widthPx x $heightPx pixels at $dpi dpi is refused, not drawn at a size that cannot be", (scan) => {
    expect(measureSheet(scan)).toMatchObject({ ok: false, failure: { code: "page_size_out_of_bounds" } });
  });
});
