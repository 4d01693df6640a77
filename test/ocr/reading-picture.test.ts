import { expect, test } from "vitest";
import { greyWithoutSeals, liftGreySeals } from "../../ocr/decode/lift-seals.ts";
import type { Grey } from "../../ocr/decode/look.ts";
import { sharpened } from "../../ocr/decode/sharpen.ts";
import { levelGrey, measureSkew, placeBefore } from "../../ocr/decode/skew.ts";

/** Lines of dashes, each some pixels thick, falling to the right by so many degrees. */
function lined(degrees: number): Grey {
  const [width, height] = [600, 800];
  const pixels = new Uint8Array(width * height).fill(235);
  const slope = Math.tan((degrees * Math.PI) / 180);
  for (let x = 60; x < width - 60; x += 1) {
    if (x % 9 < 3) continue;
    for (let line = 100; line < 700; line += 30) {
      for (let y = 0; y < 7; y += 1) pixels[Math.round(line + y + slope * (x - width / 2)) * width + x] = 20;
    }
  }
  return { width, height, pixels };
}

test.each([
  -14, -2, -0.5, 0, 0.7, 9,
])("lines that fall by %d degrees are measured so, and run level after levelling", (degrees) => {
  const page = lined(degrees);
  expect(Math.abs(measureSkew(page, 190) - degrees)).toBeLessThan(0.2);
  expect(Math.abs(measureSkew(levelGrey(page, degrees, 235), 190))).toBeLessThan(0.2);
});

test("a place of the levelled picture is found again on the page", () => {
  const size = { width: 601, height: 801 };
  expect(placeBefore(size, 5, { x: 300, y: 400 })).toEqual({ x: 300, y: 400 });
  const { y } = placeBefore(size, 5, { x: 500, y: 400 });
  expect(y).toBeCloseTo(400 + 200 * Math.sin((5 * Math.PI) / 180), 5);
});

const side = 400;
const ringAt = (x: number, y: number): boolean => Math.abs(Math.hypot(x - 200, y - 200) - 120) < 6;
const printAt = (x: number, y: number): boolean => y >= 190 && y < 200 && x >= 100 && x < 380;

function draw(levels: (x: number, y: number) => readonly number[]): Uint8Array {
  return Uint8Array.from(Array.from({ length: side * side }, (_, i) => levels(i % side, Math.floor(i / side))).flat());
}

test("a red seal over black print leaves the print black and the paper empty", () => {
  const pixels = draw((x, y) => (printAt(x, y) ? [20, 20, 20] : ringAt(x, y) ? [205, 60, 60] : [240, 240, 240]));
  const { grey, seals } = greyWithoutSeals({ width: side, height: side, pixels }, 200);
  expect(seals).toBe(1);
  expect(grey.pixels[100 * side + 200]).toBeGreaterThan(180);
  expect(grey.pixels[(200 - 120) * side + 200]).toBeGreaterThan(200);
  expect(grey.pixels[195 * side + 82]).toBeGreaterThan(200);
  expect(grey.pixels[195 * side + 300]).toBeLessThan(40);
});

test("a heading in red is read: it is no seal", () => {
  const pixels = draw((x, y) => (printAt(x, y) ? [200, 40, 40] : [240, 240, 240]));
  const { grey, seals } = greyWithoutSeals({ width: side, height: side, pixels }, 200);
  expect(seals).toBe(0);
  expect(grey.pixels[195 * side + 300]).toBeLessThan(100);
});

test("a seal in a grey scan goes, black print under it stays", () => {
  const pixels = draw((x, y) => [printAt(x, y) ? 20 : ringAt(x, y) ? 120 : 240]);
  const grey = liftGreySeals({ width: side, height: side, pixels }, 200);
  expect(grey.pixels[(200 - 120) * side + 200]).toBeGreaterThan(200);
  expect(grey.pixels[195 * side + 300]).toBeLessThan(40);
});

test("blurred print gets its edges back, even paper and its margins stay even", () => {
  const [width, height] = [60, 20];
  const ramp = (x: number) => Math.min(235, Math.max(35, 35 + (x - 26) * 25)); // black to white over eight dots
  const page = { width, height, pixels: Uint8Array.from({ length: width * height }, (_, at) => ramp(at % width)) };
  const row = sharpened(page).pixels.subarray(10 * width, 11 * width);
  expect((row[32] ?? 0) - (row[28] ?? 0)).toBeGreaterThan(ramp(32) - ramp(28) + 15);
  expect([row[0], row[15]]).toEqual([35, 35]);
  expect([row[45], row[59]]).toEqual([235, 235]);
});
