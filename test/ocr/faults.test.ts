import { expect, test } from "vitest";
import { findCut, findGlare } from "../../ocr/decode/faults.ts";
import type { Grey } from "../../ocr/decode/look.ts";

const [width, height] = [620, 877];

/** A page of dashes like letters, from some column on; `paper` is its level. */
function page(left: number, paper: number): Grey {
  const pixels = new Uint8Array(width * height).fill(paper);
  for (let y = 60; y < height - 60; y += 1) {
    if (y % 24 > 8) continue;
    for (let x = left; x < width - 60; x += 1) if (x % 9 < 5) pixels[y * width + x] = 30;
  }
  return { width, height, pixels };
}

function lit(grey: Grey, radius: number): Grey {
  const pixels = grey.pixels.map((level, i) =>
    Math.hypot((i % width) - 300, Math.floor(i / width) - 400) < radius ? 255 : level,
  );
  return { ...grey, pixels };
}

test("a patch burnt out by light is told, one smaller than a thumb is not", () => {
  expect(findGlare(lit(page(60, 200), 80))?.share).toBeGreaterThan(0.02);
  expect(findGlare(lit(page(60, 200), 12))?.share ?? 0).toBeLessThan(0.004);
  expect(findGlare(page(60, 200))).toBeNull();
});

test("a scanner's nearly white paper is no glare", () => {
  expect(findGlare(lit(page(60, 245), 80))).toBeNull();
});

test("text that runs over the edge is told; a whole margin and a scanner's dark rim are not", () => {
  expect(findCut(page(0, 235))).toMatchObject({ x: 0, y: 0, height });
  expect(findCut(page(60, 235))).toBeNull();
  const rim = page(60, 235);
  const dark = { ...rim, pixels: rim.pixels.map((level, i) => (i % width < 8 ? 20 : level)) };
  expect(findCut(dark)).toBeNull();
});
