import type { Bytes } from "../../src/core/kernel.ts";
import type { Thrift } from "../jpeg/thrift.ts";
import { type Coding, writeJpeg } from "../jpeg/write-jpeg.ts";
import { zigzag } from "../jpeg/zigzag.ts";
import { lossOf, thumbnailOf, thumbnailScale } from "./fidelity.ts";
import { drawRaw } from "./held-page.ts";
import type { Raw } from "./straighten.ts";

type Codings = Pick<Coding, "luma" | "chroma">;

/** For paper with print, writing and seals; ADR 0070 has what it was measured on. */
const usual: Codings = {
  luma: { steps: stepsOf(10, 32, 5, 68), perMeanBit: 40, perBit: { least: 8, share: 0.0015, most: 420 } },
  chroma: { steps: stepsOf(8, 10, 1, 20), perMeanBit: 24, perBit: { least: 4, share: 0.002, most: 100 } },
};

/** For what `usual` would change: pale marks close together, photographs. */
const fine: Codings = {
  luma: { steps: stepsOf(6, 8, 4, 40), perMeanBit: 4, perBit: { least: 4, share: 0.001, most: 100 } },
  chroma: { steps: stepsOf(6, 6, 1, 14), perMeanBit: 2, perBit: { least: 2, share: 0.001, most: 30 } },
};

/** The mean's step, and steps of the others that grow with their frequency (0 to 10), in zigzag order. */
function stepsOf(mean: number, lowest: number, slope: number, most: number): Thrift["steps"] {
  const grown = (at: number) => Math.min(most, Math.round(lowest + slope * Math.hypot(at >> 3, at & 7)));
  return Uint8Array.from(zigzag, (at, k) => (k === 0 ? mean : grown(at)));
}

/** The lighter of two codings that keeps every tile of the page; the finer where it does not. */
export async function encodePage(raw: Raw, form: Omit<Coding, keyof Codings>): Promise<Bytes> {
  const scale = thumbnailScale(form.dpi);
  const original = await thumbnailOf(drawRaw(raw, scale, 0), form.dpi * scale);
  const encoded = writeJpeg(raw, { ...usual, ...form });
  return (await lossOf(original, encoded)) <= 1 ? encoded : writeJpeg(raw, { ...fine, ...form });
}
