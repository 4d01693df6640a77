import { describe, expect, test } from "vitest";
import { lighterPlaces, overwrittenPlaces } from "../../ocr/decode/odd-places.ts";
import { paperCells } from "../../ocr/decode/paper-cells.ts";
import { chanceOf } from "../support/seeded.ts";

const [width, height, dpi] = [480, 400, 200];
type Rgb = readonly [number, number, number];
type Part = { x: number; y: number; width: number; height: number };

type Laid = { readonly part: Part; readonly change: (level: number, channel: number) => number };

/** Grey paper with grain, lines of black strokes on it, then what is laid over: 60 by 50 mm. */
function page(over: readonly Laid[] = [], fall = 0) {
  const chance = chanceOf(7);
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const isPrint = y % 40 >= 10 && y % 40 < 30 && x % 12 < 4;
    return (isPrint ? 25 : 236 - (fall * x) / width) + chance.below(7) - 3;
  });
  for (const one of over) lay(pixels, one);
  return paperCells({ width, height, channels: 3, pixels }, dpi);
}

function lay(pixels: Uint8Array, { part, change }: Laid): void {
  for (let i = 0; i < part.width * part.height * 3; i += 1) {
    const [x, y] = [part.x + (Math.floor(i / 3) % part.width), part.y + Math.floor(i / 3 / part.width)];
    const at = 3 * (y * width + x) + (i % 3);
    pixels[at] = change(pixels[at] ?? 0, i % 3);
  }
}

const told = (places: readonly { score: number }[], least: number) => places.filter(({ score }) => score >= least);
const patch = { x: 220, y: 168, width: 40, height: 48 };
const lit = (by: number) => (level: number) => (level > 120 ? Math.min(255, level + by) : level);

describe("paper that is lighter around a figure than around it", () => {
  test("is told once, where it lies", () => {
    const [first, ...more] = told(lighterPlaces(page([{ part: patch, change: lit(8) }])), 2.4);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ x: expect.closeTo(29, -0.5), y: expect.closeTo(22, -0.5) });
  });

  test.each([
    { why: "good paper", cells: () => page() },
    { why: "light that falls from one side", cells: () => page([], 40) },
    { why: "a darker patch, as a stain is", cells: () => page([{ part: patch, change: lit(-8) }]) },
    {
      why: "white over the whole line, as where a form has a field",
      cells: () => page([{ part: { x: 0, y: 120, width, height: 130 }, change: lit(8) }]),
    },
  ])("is not told of $why", ({ cells }) => {
    expect(told(lighterPlaces(cells()), 2.4)).toEqual([]);
  });
});

const blue: Rgb = [40, 56, 168];
const pen = (part: Part) => ({ part, change: (_: number, channel: number) => blue[channel] ?? 0 });

describe("blue ink on black print", () => {
  test("is told where it lies", () => {
    const strokes = [232, 244].map((x) => pen({ x, y: 170, width: 5, height: 20 }));
    const [first] = told(overwrittenPlaces(page(strokes)), 0.3);
    expect(first).toMatchObject({ x: expect.closeTo(29, -0.5), y: expect.closeTo(21, -0.5) });
  });

  test.each([
    { why: "a signature that goes on over the print", over: [pen({ x: 60, y: 178, width: 360, height: 5 })] },
    { why: "figures written between the lines", over: [pen({ x: 228, y: 192, width: 10, height: 6 })] },
  ])("is not told of $why", ({ over }) => {
    expect(told(overwrittenPlaces(page(over)), 0.3)).toEqual([]);
  });
});
