import { expect, test } from "vitest";
import { glyphBoxes } from "../../ocr/decode/glyphs.ts";
import type { Grey } from "../../ocr/decode/look.ts";
import type { Engine, EngineTask } from "../../ocr/engines/engine.ts";
import { passedOver } from "../../ocr/layout/passed-over.ts";
import type { Word } from "../../ocr/pages.ts";
import { lookAgain } from "../../ocr/second-look.ts";

const size = { width: 600, height: 400 };

/** White, with boxes of ink. */
function inked(boxes: readonly (readonly [x: number, y: number, width: number, height: number])[]): Grey {
  const pixels = new Uint8Array(size.width * size.height).fill(235);
  for (const [x, y, width, height] of boxes)
    for (let row = y; row < y + height; row += 1) pixels.fill(20, row * size.width + x, row * size.width + x + width);
  return { ...size, pixels };
}

const lettersAt = (x: number, y: number, count: number) =>
  Array.from({ length: count }, (_, i) => [x + 14 * i, y, 10, 18] as const);

const word = (text: string, x: number, y: number, more: Partial<Word> = {}): Word => ({
  text,
  ...{ x, y, width: 14 * text.length, height: 24, confidence: 95, line: 0, block: 0 },
  ...more,
});

const glyphsOf = (grey: Grey) => glyphBoxes(grey, 165, 1);

test("ink that touches, corners too, is one box; what stands apart is another", () => {
  const grey = inked([
    [10, 10, 5, 5],
    [15, 15, 5, 5],
    [40, 10, 3, 30],
    [43, 36, 20, 4],
    [60, 10, 3, 26],
  ]);
  expect([...glyphsOf(grey)]).toEqual([10, 10, 10, 10, 40, 10, 23, 30]);
  expect([...glyphBoxes(grey, 165, 2)]).toEqual([20, 20, 20, 20, 80, 20, 46, 60]);
});

test("a raster has no glyphs: it is a picture", () => {
  const grey = inked(Array.from({ length: 60_000 }, (_, i) => [2 * (i % 300), 2 * Math.floor(i / 300), 1, 1] as const));
  expect(glyphsOf(grey)).toHaveLength(0);
});

test("a line of print without words is told; a signature, a rule, dust and a line that was read are not", () => {
  const read = lettersAt(40, 40, 8);
  const signature = [[100, 120, 200, 60] as const];
  const rule = [[40, 250, 500, 3] as const];
  const dust = [[300, 300, 4, 4] as const, [400, 310, 12, 18] as const];
  const passed = lettersAt(60, 200, 7);
  const glyphs = glyphsOf(inked([...read, ...signature, ...rule, ...dust, ...passed]));
  expect(passedOver(glyphs, [word("đã đọcxx", 40, 38)])).toEqual([{ x: 60, y: 200, width: 94, height: 18 }]);
});

test("a line that is underlined hangs together, and is told all the same", () => {
  const underlined = [...lettersAt(60, 200, 12), [58, 218, 172, 4] as const];
  const glyphs = glyphsOf(inked([...lettersAt(40, 40, 8), ...underlined]));
  expect(passedOver(glyphs, [word("đã đọcxx", 40, 38)])).toEqual([{ x: 58, y: 200, width: 172, height: 22 }]);
});

test("without a word read with confidence nothing is told: how tall a letter is nobody knows", () => {
  const glyphs = glyphsOf(inked(lettersAt(60, 200, 7)));
  expect(passedOver(glyphs, [word("rác", 40, 38, { confidence: 30 })])).toEqual([]);
});

const task = (grey: Grey): EngineTask => {
  const signal = new AbortController().signal;
  return { grey, dpi: 200, layout: "page", owner: null, signal, cpuSeconds: 5, wallSeconds: 60 };
};

/** Says these words of every part, from its left edge on. */
function sayer(words: readonly Word[], asked: EngineTask[]): Engine {
  return {
    name: "tesseract",
    read: async (one) => {
      asked.push(one);
      return { ok: true, value: words };
    },
    stop: () => undefined,
  };
}

test("a line that was passed over is read by itself and stands at its place", async () => {
  const grey = inked([...lettersAt(40, 40, 8), ...lettersAt(60, 200, 7)]);
  const asked: EngineTask[] = [];
  const engine = sayer([word("Nguyễn", 7, 7)], asked);
  const words = await lookAgain([word("đã đọcxx", 40, 38)], {
    task: task(grey),
    glyphs: glyphsOf(grey),
    engine,
    other: null,
  });
  expect(asked.map(({ layout, grey: { width, height } }) => ({ layout, width, height }))).toEqual([
    { layout: "lines", width: 108, height: 32 },
  ]);
  expect(words.map(({ text, x, y, line }) => [text, x, y, line])).toEqual([
    ["đã đọcxx", 40, 38, 0],
    ["Nguyễn", 60, 200, 1],
  ]);
});

test("what was cut out with a neighbour whose words are there already does not say them twice", async () => {
  const grey = inked([...lettersAt(40, 40, 8), ...lettersAt(60, 200, 7)]);
  const neighbour = word("cạnh", 60, 222);
  const engine = sayer([word("Nguyễn", 7, 7), word("cạnh", 7, 29, { line: 1 })], []);
  const first = [word("đã đọcxx", 40, 38), neighbour];
  const words = await lookAgain(first, { task: task(grey), glyphs: glyphsOf(grey), engine, other: null });
  expect(words.map(({ text }) => text)).toEqual(["đã đọcxx", "cạnh", "Nguyễn"]);
});

test("of a part that is read again for its size, words of other lines and beside it are left out", async () => {
  const first = [
    word("Số:", 40, 60, { confidence: 70, height: 14, width: 40 }),
    word("1906", 110, 50, { confidence: 70, height: 26, width: 60 }),
    word("dưới", 110, 80, { line: 1, width: 60 }),
  ];
  const part = [
    word("1906", 10, 10, { width: 60, height: 26 }),
    word("dưới", 10, 40, { line: 1, width: 60 }),
    word("l", 74, 12, { width: 4 }),
  ];
  const again = { task: task(inked([])), glyphs: new Uint16Array(), engine: sayer(part, []), other: null };
  const words = await lookAgain(first, again);
  expect(words.filter(({ text }) => text === "dưới")).toHaveLength(1);
  expect(words.map(({ text }) => text)).not.toContain("l");
  expect(words.map(({ text, confidence }) => [text, confidence])).toContainEqual(["1906", 95]);
});

test("a few sure letters do not take the place of a line that was read with less confidence", async () => {
  const first = [
    word("Số:", 40, 60, { confidence: 70, height: 14, width: 40 }),
    word("1906/QĐ-UBND", 110, 50, { confidence: 70, height: 26, width: 160 }),
  ];
  const engine = sayer([word("QĐ", 70, 10, { width: 30, height: 26, confidence: 99 })], []);
  const again = { task: task(inked([])), glyphs: new Uint16Array(), engine, other: null };
  expect((await lookAgain(first, again)).map(({ text }) => text)).toContain("1906/QĐ-UBND");
});

test("what is read of a pen's strokes without confidence is no line", async () => {
  const grey = inked([...lettersAt(40, 40, 8), ...lettersAt(60, 200, 7)]);
  const engine = sayer([word("ilv", 7, 7, { confidence: 35 })], []);
  const first = [word("đã đọcxx", 40, 38)];
  expect(await lookAgain(first, { task: task(grey), glyphs: glyphsOf(grey), engine, other: null })).toEqual(first);
});

test.each([
  { second: word("25/11/1977", 90, 9), read: "25/11/1977", why: "a sure second model is believed" },
  { second: word("25/11/1977", 90, 9, { confidence: 65 }), read: "2511111977", why: "an unsure one is not" },
  { second: word("25", 90, 9), read: "2511111977", why: "nor one that read a part of the word" },
])("a word in doubt: $why", async ({ second, read }) => {
  const grey = inked(lettersAt(40, 40, 18));
  const first = [word("sinh:", 40, 38), word("2511111977", 120, 38, { confidence: 15 })];
  const again = { task: task(grey), glyphs: new Uint16Array(), engine: null, other: sayer([second], []) };
  const words = await lookAgain(first, again);
  expect(words.map(({ text }) => text)).toEqual(["sinh:", read]);
  expect(words[0]).toEqual(first[0]);
});

test("a stroke that was read as a letter between figures is in doubt, however sure the engine is", async () => {
  const grey = inked(lettersAt(40, 40, 8));
  const other = sayer([word("114/2015", 10, 9)], []);
  const again = { task: task(grey), glyphs: new Uint16Array(), engine: null, other };
  const words = await lookAgain([word("114I2015", 40, 38, { confidence: 75 })], again);
  expect(words.map(({ text }) => text)).toEqual(["114/2015"]);
});

test("an engine that fails leaves the first reading as it is", async () => {
  const grey = inked(lettersAt(60, 200, 7));
  const engine: Engine = {
    ...sayer([], []),
    read: async () => ({ ok: false, failure: { code: "decoder_died" } }),
  };
  const first = [word("đã đọcxx", 40, 38), word("rác12", 40, 80, { confidence: 55 })];
  expect(await lookAgain(first, { task: task(grey), glyphs: glyphsOf(grey), engine, other: engine })).toEqual(first);
});

test("a part that is read again for its size loses no word that was read with confidence", async () => {
  const first = [
    word("VIỆT", 40, 60, { confidence: 84, height: 40, width: 60 }),
    word("HỘI", 110, 60, { confidence: 84, height: 24, width: 50 }),
    word("NAM", 170, 60, { confidence: 84, height: 24, width: 50 }),
  ];
  const surer = [word("HỘIVI", 10, 10, { width: 50, height: 24, confidence: 97 })];
  const again = { task: task(inked([])), glyphs: new Uint16Array(), engine: sayer(surer, []), other: null };
  expect((await lookAgain(first, again)).map(({ text }) => text)).toContain("NAM");
});
