import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { Raw } from "../../ocr/decode/straighten.ts";
import { layoutOfJpeg, readJpegHeader } from "../../ocr/headers/jpeg.ts";
import { codesFor } from "../../ocr/jpeg/codes.ts";
import { chooseMeans } from "../../ocr/jpeg/means.ts";
import type { Thrift } from "../../ocr/jpeg/thrift.ts";
import { writeJpeg } from "../../ocr/jpeg/write-jpeg.ts";

/** Our JPEG writer against a decoder that we did not write. */

const thrift = (step: number, share = 0): Thrift => ({
  steps: new Uint8Array(64).fill(step),
  perMeanBit: 0,
  perBit: { least: share === 0 ? 0 : 8, share, most: share === 0 ? 0 : 700 },
});
const exact = { luma: thrift(1), chroma: thrift(1), halved: false, dpi: 200 };

/** A seeded picture: shades, an edge, and grain. */
function picture(width: number, height: number, channels: 1 | 3 | 4, seed: number): Raw {
  const pixels = new Uint8Array(width * height * channels);
  let state = seed;
  for (let i = 0; i < pixels.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const at = Math.floor(i / channels);
    const [x, y] = [at % width, Math.floor(at / width)];
    const shade = 40 * (i % channels) + 2 * y + (x > width / 2 ? 90 : 10);
    pixels[i] = channels === 4 && i % 4 === 3 ? 255 : Math.min(255, shade + (state >>> 29));
  }
  return { width, height, channels, pixels };
}

async function decoded(jpeg: Uint8Array) {
  const image = sharp(jpeg, { failOn: "warning" });
  const isGrey = (await image.metadata()).channels === 1;
  const { data, info } = await (isGrey ? image.toColourspace("b-w") : image)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, pixels: data };
}

/** The largest difference in any sample. */
function farthest(raw: Raw, other: Raw): number {
  let most = 0;
  for (let at = 0; at < raw.width * raw.height; at += 1)
    for (let channel = 0; channel < other.channels; channel += 1) {
      const value = raw.pixels[at * raw.channels + channel] ?? 0;
      most = Math.max(most, Math.abs(value - (other.pixels[at * other.channels + channel] ?? 0)));
    }
  return most;
}

describe("ITU-T T.81 Annex G: a page's JPEG", () => {
  test("with steps of one it is the picture, at any size, in grey, in colour and without the fourth channel", async () => {
    for (const channels of [1, 3, 4] as const)
      for (const [width, height] of [
        [1, 1],
        [7, 9],
        [16, 16],
        [17, 33],
        [64, 40],
      ] as const) {
        const raw = picture(width, height, channels, width);
        const shown = await decoded(writeJpeg(raw, exact));
        expect([shown.width, shown.height, shown.channels]).toEqual([width, height, channels === 1 ? 1 : 3]);
        expect(farthest(raw, shown)).toBeLessThanOrEqual(3);
      }
  });

  test("at odd sizes with halved colours brightness is where it was, and a strict decoder has nothing against it", async () => {
    for (const [width, height] of [
      [1, 1],
      [15, 17],
      [33, 31],
      [47, 64],
    ] as const) {
      const raw = picture(width, height, 3, height);
      const shown = await decoded(writeJpeg(raw, { ...exact, halved: true }));
      const grey = ({ pixels }: Raw, i: number) =>
        0.299 * (pixels[i] ?? 0) + 0.587 * (pixels[i + 1] ?? 0) + 0.114 * (pixels[i + 2] ?? 0);
      for (let i = 0; i < raw.pixels.length; i += 3)
        expect(Math.abs(grey(raw, i) - grey(shown as Raw, i))).toBeLessThanOrEqual(4);
    }
  });

  test("the header tells size, components, halved colours and density; nothing else travels in it", async () => {
    const jpeg = writeJpeg(picture(50, 30, 3, 1), { ...exact, halved: true, dpi: 203.6 });
    expect(readJpegHeader(jpeg)).toMatchObject({
      widthPx: 50,
      heightPx: 30,
      bits: 8,
      frame: 0xc2,
      componentIds: [1, 2, 3],
    });
    expect(layoutOfJpeg(jpeg)?.end).toBe(jpeg.length);
    const meta = await sharp(jpeg).metadata();
    expect(meta).toMatchObject({ density: 204, chromaSubsampling: "4:2:0", isProgressive: true });
    expect([meta.exif, meta.icc, meta.comments]).toEqual([undefined, undefined, undefined]);
  });

  test("white paper costs next to nothing, and sixteen zeros and long runs of empty blocks are told", async () => {
    const paper: Raw = { width: 2400, height: 1600, channels: 3, pixels: new Uint8Array(2400 * 1600 * 3).fill(250) };
    const jpeg = writeJpeg(paper, exact);
    expect(jpeg.length).toBeLessThan(((2400 * 1600) / 64 / 8) * 3 + 1000); // a bit for each mean
    expect(farthest(paper, await decoded(jpeg))).toBeLessThanOrEqual(1);
    const dots = { ...paper, pixels: paper.pixels.slice() };
    for (let at = 0; at < dots.pixels.length; at += 3 * 997) dots.pixels.fill(0, at, at + 3);
    expect(farthest(dots, await decoded(writeJpeg(dots, exact)))).toBeLessThanOrEqual(3);
  });

  test("bits go to strokes: grain costs nothing, a faint line is still there", async () => {
    const { width, height } = { width: 160, height: 160 };
    const raw: Raw = { width, height, channels: 1, pixels: new Uint8Array(width * height) };
    for (let i = 0; i < raw.pixels.length; i += 1) {
      const [x, y] = [i % width, Math.floor(i / width)];
      const line = y >= 77 && y < 81 && x > 20 && x < 140 ? 14 : 0;
      raw.pixels[i] = 240 - line + ((Math.imul(i, 2_654_435_761) >>> 30) - 1);
    }
    const steps = Uint8Array.from({ length: 64 }, (_, k) => (k === 0 ? 8 : Math.min(80, 26 + 2 * k)));
    const luma = { steps, perMeanBit: 0, perBit: { least: 8, share: 0.0025, most: 700 } };
    const jpeg = writeJpeg(raw, { ...exact, luma });
    expect(jpeg.length).toBeLessThan(900);
    const shown = await decoded(jpeg);
    const row = (y: number) => shown.pixels.subarray(y * width + 30, y * width + 130).reduce((a, b) => a + b, 0) / 100;
    expect(row(40) - row(78)).toBeGreaterThan(8);
  });
});

test("T.81 §K.2: codes are prefixes of no other, none is longer than 16 bits or all ones, whatever the counts", () => {
  const counts = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 30 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(counts, (drawn) => {
      // Counts that grow like Fibonacci's make the deepest trees.
      const symbols = drawn.flatMap(([symbol, power]) =>
        new Array<number>(Math.ceil(1.5 ** Math.min(power, 18))).fill(symbol),
      );
      const { told, code, bits } = codesFor(Uint32Array.from(symbols));
      const used = [...new Set(symbols)];
      expect([...told.subarray(16)].toSorted((a, b) => a - b)).toEqual(used.toSorted((a, b) => a - b));
      expect(told.subarray(0, 16).reduce((sum, count) => sum + count, 0)).toBe(used.length);
      const written = used.map((symbol) => (code[symbol] ?? 0).toString(2).padStart(bits[symbol] ?? 0, "0"));
      for (const one of written) {
        expect(one.length).toBeLessThanOrEqual(16);
        expect(one).toContain("0");
        expect(written.filter((other) => other.startsWith(one))).toEqual([one]);
      }
    }),
    { numRuns: 60 },
  );
});

describe("the means of blocks are chosen by their bits", () => {
  const means = (values: readonly number[], perBit: number) => [
    ...chooseMeans(Float64Array.from(values), perBit, new Uint8Array(values.length)),
  ];

  test("nothing is saved where a bit is worth nothing: each is its nearest step", () => {
    const any = fc.array(fc.double({ min: -900, max: 900, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(any, (values) => {
        for (const [i, mean] of means(values, 0).entries())
          expect(Math.abs(mean - (values[i] ?? 0))).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  test("no mean is farther off than a step and a half, and no way of changing one alone is cheaper", () => {
    const any = fc.array(fc.double({ min: -60, max: 60, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(any, fc.double({ min: 0.01, max: 2, noNaN: true }), (values, perBit) => {
        const chosen = means(values, perBit);
        for (const [i, value] of values.entries()) {
          expect(Math.abs((chosen[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(1.5);
          for (const other of [-1, 0, 1].map((by) => Math.round(value) + by)) {
            expect(costOf(chosen, values, perBit)).toBeLessThanOrEqual(
              costOf(chosen.with(i, other), values, perBit) + 1e-9,
            );
          }
        }
      }),
    );
  });

  test("grain in the paper goes, a wide pale ground two steps darker stays", () => {
    const paper = [80, 80.6, 80, 79.4, 80, 80, 80.7, 80];
    expect(means(paper, 0.4)).toEqual(paper.map(() => 80));
    const ground = means([...paper, ...paper.map((value) => value - 2), ...paper], 0.4);
    expect(ground.slice(10, 14)).toEqual([78, 78, 78, 78]); // its edges may be softened by a step
  });

  test("where something is drawn the mean is the nearest, whatever a bit is worth", () => {
    const paper = Float64Array.of(80, 80.6, 80, 79.4, 80, 80.7, 80);
    expect([...chooseMeans(paper, 0.4, Uint8Array.of(0, 1, 0, 0, 0, 0, 0))]).toEqual([80, 81, 80, 80, 80, 80, 80]);
  });

  /** Bits of each difference as the writer reckons them. */
  function costOf(chosen: readonly number[], values: readonly number[], perBit: number): number {
    const bits = [1, 3, 7, 8.5, 9.5, 10, 11, 13];
    const size = (difference: number) => 32 - Math.clz32(Math.abs(difference));
    return chosen.reduce((sum, level, i) => {
      const difference = level - (i === 0 ? 0 : (chosen[i - 1] ?? 0));
      return sum + perBit * (bits[size(difference)] ?? 13) + ((values[i] ?? 0) - level) ** 2;
    }, 0);
  }
});
