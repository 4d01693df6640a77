import { expect, test } from "vitest";
import type { Word } from "../../ocr/pages.ts";
import { oddFigures } from "../../ocr/paper/odd-figures.ts";

const [width, height] = [600, 200];
const tall = 24;

type Set = { readonly size?: number; readonly rise?: number };

/** A picture with numbers of plain strokes, one a line; `odd` by line and place in the number. */
function pictureOf(numbers: readonly string[], odd: Readonly<Record<string, Set>> = {}) {
  const pixels = new Uint8Array(width * height).fill(240);
  const words = numbers.map((text, line): Word => {
    const y = 20 + line * 40;
    [...text].forEach((sign, i) => {
      const { size = 0, rise = 0 } = odd[`${line}/${i}`] ?? {};
      const high = sign === "." ? 4 : tall + size;
      const foot = y + tall - rise;
      for (let py = foot - high; py < foot; py += 1)
        pixels.fill(20, py * width + 20 + i * 18, py * width + 30 + i * 18);
    });
    return { text, x: 18, y: y - 2, width: text.length * 18, height: tall + 4, confidence: 90, line, block: 0 };
  });
  return { words, grey: { width, height, pixels } };
}

const told = (numbers: readonly string[], odd: Readonly<Record<string, Set>> = {}) => {
  const { words, grey } = pictureOf(numbers, odd);
  return oddFigures(words, grey).map(({ text, x, line }) => ({ text, x, line }));
};

test.each([
  { why: "taller", set: { size: 4 } },
  { why: "smaller", set: { size: -4 } },
  { why: "higher", set: { rise: 3 } },
  { why: "lower", set: { rise: -3 } },
])("a figure that is $why than the others of its number is told with its place", ({ set }) => {
  expect(told(["31/12/1985", "999.123.456"], { "0/8": set })).toEqual([{ text: "8", x: 20 + 8 * 18, line: 0 }]);
});

test.each([
  { why: "figures of one size on one line", numbers: ["31/12/1985", "2047", "12/BC"], odd: {} },
  { why: "a pixel more or less", numbers: ["2047.1985"], odd: { "0/1": { size: 1 }, "0/7": { rise: 1 } } },
  {
    why: "a face whose figures are of several heights",
    numbers: ["31985", "41985"],
    odd: { "0/3": { size: -5 }, "1/3": { size: -5 } },
  },
  {
    why: "a page on which many differ",
    numbers: ["1234", "5678", "9012"],
    odd: { "0/1": { size: 5 }, "1/1": { size: 5 }, "2/1": { size: 5 } },
  },
  { why: "a number too short to compare", numbers: ["198"], odd: { "0/1": { size: 5 } } },
])("nothing is told of $why", ({ numbers, odd }) => {
  expect(told(numbers, odd)).toEqual([]);
});

test("a figure that thin print breaks in two is one figure", () => {
  const { words, grey } = pictureOf(["31/12/1985"]);
  grey.pixels.fill(240, 26 * width, 28 * width);
  expect(oddFigures(words, grey)).toEqual([]);
});

test("nothing is told where pieces of ink and signs are not as many: what was misread is no sign of anything", () => {
  const { words, grey } = pictureOf(["31/12/1985"], { "0/8": { size: 4 } });
  expect(
    oddFigures(
      words.map((word) => ({ ...word, text: "31/12/985" })),
      grey,
    ),
  ).toEqual([]);
});
