import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quickSteps, stepsByTile } from "../../ocr/decode/edge-width.ts";
import { evenHalfTones, plainMask } from "../../ocr/decode/even-half-tones.ts";
import { evenLight, plainlyEven } from "../../ocr/decode/even-light.ts";
import { plainLuminance, quickLuminance } from "../../ocr/decode/grey-of.ts";
import { greyAndRed, plainGreyAndRed } from "../../ocr/decode/lift-seals.ts";
import { plainlySmaller, smaller } from "../../ocr/decode/look.ts";
import { plainCounts, quickCounts } from "../../ocr/decode/round-shapes.ts";
import { levelGrey, levelled } from "../../ocr/decode/skew.ts";
import type { Raw } from "../../ocr/decode/straighten.ts";
import { quickBlocks } from "../../ocr/jpeg/quick-blocks.ts";
import { plainBlocks } from "../../ocr/jpeg/write-jpeg.ts";
import { clearLoops, quickLoops } from "../../ocr/quick/loops.ts";

/** The loops in WebAssembly against our own, which say what they must give (ADR 0095). */

// What lib.dom says of it and Node's types do not.
declare const WebAssembly: { readonly Memory: { readonly prototype: { grow: (pages: number) => number } } };

const manners = ["noise", "print", "shades"] as const;

function levelAt(manner: (typeof manners)[number], x: number, y: number, chance: number): number {
  if (manner === "noise") return Math.floor(256 * chance);
  if (manner === "shades") return (3 * x + 2 * y) % 256;
  return 240 + Math.floor(9 * chance) - (Math.floor(x / 3) % 5 === 0 && Math.floor(y / 2) % 4 > 0 ? 200 : 0);
}

function picture(width: number, height: number, channels: number, manner: (typeof manners)[number], seed: number): Raw {
  const pixels = new Uint8Array(width * height * channels);
  let state = seed;
  for (let i = 0; i < pixels.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const at = Math.floor(i / channels);
    pixels[i] = levelAt(manner, (at % width) + 10 * (i % channels), Math.floor(at / width), state / 2 ** 32);
  }
  return { width, height, channels, pixels };
}

const anyPicture = (channels: number) =>
  fc
    .tuple(fc.integer({ min: 2, max: 150 }), fc.integer({ min: 2, max: 90 }), fc.constantFrom(...manners), fc.nat())
    .map(([width, height, manner, seed]) => picture(width, height, channels, manner, seed));

const isSame = (one: ArrayLike<number> | undefined, other: ArrayLike<number>): boolean =>
  one !== undefined && Buffer.from(Array.from(one).join()).equals(Buffer.from(Array.from(other).join()));

const isDigest = (one: Uint8Array, other: Uint8Array) => digestOf(one) === digestOf(other);
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const runs = { numRuns: 60 };

describe("quick loops give what the plain ones give, to the byte", () => {
  test("this machine has them, and they do the work here", () => {
    expect(quickLoops(0)).not.toBeNull();
    expect(quickLoops(1024 ** 3)).toBeNull();
  });

  test("where memory cannot be had the plain loops do the work, and the quick ones again once there is some", () => {
    const { prototype } = WebAssembly.Memory;
    const { grow } = prototype;
    const most = 96 * 1024 * 1024;
    const grey = picture(9000, 5000, 1, "shades", 1); // asks for 90 MB: no other test here took so much
    prototype.grow = () => {
      throw new RangeError("WebAssembly.Memory.grow(): Unable to grow instance memory");
    };
    try {
      expect(quickLoops(most)).toBeNull();
      expect(isDigest(evenLight(grey).pixels, plainlyEven(grey).pixels)).toBe(true);
      expect(quickLoops(0)).not.toBeNull();
    } finally {
      prototype.grow = grow;
    }
    expect(quickLoops(most)).not.toBeNull();
  });

  test("a page turned until its lines run level", () => {
    const degrees = fc.double({ min: -15, max: 15, noNaN: true });
    fc.assert(
      fc.property(anyPicture(1), degrees, (grey, by) =>
        isSame(levelGrey(grey, by, 235).pixels, levelled(grey, by, 235).pixels),
      ),
      runs,
    );
  });

  test("even light, half the size, half-tones", () => {
    fc.assert(
      fc.property(anyPicture(1), (grey) => {
        const { mask, dark, paper } = evenHalfTones(grey);
        const tones = plainMask(grey, dark + 0.2 * (paper - dark), dark + 0.75 * (paper - dark));
        return (
          isSame(evenLight(grey).pixels, plainlyEven(grey).pixels) &&
          isSame(smaller(grey, 2).pixels, plainlySmaller(grey, 2).pixels) &&
          isSame(mask, tones)
        );
      }),
      runs,
    );
  });

  test("a part of the size, any, and ink in cells up to the edges", () => {
    fc.assert(
      fc.property(anyPicture(1), fc.integer({ min: 1, max: 40 }), (grey, times) => {
        const ink = { ...grey, pixels: grey.pixels.map((level) => (level < 128 ? 1 : 0)) };
        const counts = quickCounts(ink, times);
        return (
          isSame(smaller(grey, times).pixels, plainlySmaller(grey, times).pixels) &&
          counts !== null &&
          isSame(counts, plainCounts(ink, times))
        );
      }),
      runs,
    );
  });

  test("edges of print, tile by tile", () => {
    fc.assert(
      fc.property(anyPicture(1), fc.integer({ min: 16, max: 60 }), (grey, tile) => {
        const columns = Math.max(1, Math.floor(grey.width / tile));
        const tiles = { tile, columns, rows: Math.max(1, Math.floor(grey.height / tile)) };
        const quick = quickSteps(grey, tiles);
        return [1, grey.width].every((step, i) =>
          stepsByTile(grey, step, tiles).every((counts, at) => isSame(quick?.[i]?.[at], counts)),
        );
      }),
      runs,
    );
  });

  test("colours to grey, by light and by what is red", () => {
    fc.assert(
      fc.property(anyPicture(3), (raw) => {
        const [quick, plain] = [greyAndRed(raw), plainGreyAndRed(raw)];
        const isGrey = isSame(quickLuminance(raw)?.pixels, plainLuminance(raw).pixels);
        return isGrey && isSame(quick.grey.pixels, plain.grey.pixels) && isSame(quick.red, plain.red);
      }),
      runs,
    );
  });

  test("T.81: means and levels of every block, colours whole and halved, coarse and fine", () => {
    const thrift = (step: number, share: number) => ({
      steps: Uint8Array.from({ length: 64 }, (_, k) => (k === 0 ? 10 : Math.min(68, step + k))),
      perMeanBit: 0,
      perBit: { least: 8, share, most: 420 },
    });
    fc.assert(
      fc.property(
        anyPicture(3),
        fc.boolean(),
        fc.constantFrom(1, 8, 30),
        fc.constantFrom(0, 0.0015),
        (raw, halved, step, share) => {
          const coding = { luma: thrift(step, share), chroma: thrift(step, share), halved, dpi: 200 };
          const quick = quickBlocks(raw, coding);
          return plainBlocks(raw, coding).every(({ means, at, levels }, i) => {
            const end = Math.max(...at) + 64;
            const one = quick?.[i];
            const isAll = isSame(one?.means, means) && isSame(one?.at, at);
            return isAll && isSame(one?.levels.subarray(0, end), levels.subarray(0, end));
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});

test("nothing of one upload lies open to the next", () => {
  const grey = picture(200, 200, 1, "noise", 7);
  levelGrey(grey, 2, 235);
  clearLoops();
  const loops = quickLoops(0);
  const [at = 0] = loops?.room(2 * grey.pixels.length + 1000) ?? [];
  expect(loops?.bytes(at, 2 * grey.pixels.length).every((byte) => byte === 0)).toBe(true);
});

describe("ocr/quick/code.ts", () => {
  test("was made of the sources beside it", () => {
    const names = readdirSync("ocr/quick").filter((name) => name.endsWith(".as"));
    const sources = names.toSorted().map((name) => readFileSync(`ocr/quick/${name}`, "utf8"));
    const digest = createHash("sha256").update(sources.join("\0")).digest("hex");
    expect(readFileSync("ocr/quick/code.ts", "utf8").split("\n")[1]).toBe(`// ${digest}`);
  });

  const isInstalled = existsSync("node_modules/assemblyscript");
  test.skipIf(!isInstalled)(
    "is what the compiler makes of them (skipped without the package assemblyscript)",
    () => {
      expect(spawnSync(process.execPath, ["build-loops.mjs", "--check"]).status).toBe(0);
    },
    120_000,
  );
});
