import { quickLoops } from "../quick/loops.ts";
import { evenHalfTones } from "./even-half-tones.ts";
import { percentile } from "./histogram.ts";
import type { Grey } from "./look.ts";
import { type Box, roundShapes } from "./round-shapes.ts";

export type Rgb = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/**
 * Grey for reading: where a red seal lies over the text, its ink is taken away by looking through red light, in which black
 * print stays black. Only within round red shapes of a seal's size: a heading printed in red would vanish too.
 */
export function greyWithoutSeals(rgb: Rgb, dpi: number): { readonly grey: Grey; readonly seals: number } {
  const { grey, red } = greyAndRed(rgb);
  const seals = roundShapes(grey, dpi, red);
  for (const seal of seals) liftRed(rgb, grey, seal);
  return { grey, seals: seals.length };
}

/**
 * The same for a scan in grey, in which a seal's ink is lighter than print: in a round shape of even half-tones, what is no
 * darker than these becomes paper.
 */
export function liftGreySeals(grey: Grey, dpi: number): Grey {
  const { mask, ...levels } = evenHalfTones(grey);
  const seals = roundShapes(grey, dpi, mask);
  if (seals.length === 0) return grey;
  const lifted = { ...grey, pixels: grey.pixels.slice() };
  for (const seal of seals) liftHalfTones(lifted, seal, mask, levels);
  return lifted;
}

const plainlyRed = 35; // above green and blue

/** The page's grey, and 1 where it is red. */
type GreyAndRed = { readonly grey: Grey; readonly red: Uint8Array };

export const greyAndRed = (rgb: Rgb): GreyAndRed => quickGreyAndRed(rgb) ?? plainGreyAndRed(rgb);

function quickGreyAndRed({ width, height, pixels }: Rgb): GreyAndRed | null {
  const dots = width * height;
  const loops = quickLoops(5 * dots);
  if (loops === null) return null;
  const [rgb = 0, grey = 0, red = 0] = loops.room(3 * dots, dots, dots);
  loops.bytes(rgb, 3 * dots).set(pixels.subarray(0, 3 * dots));
  loops.greyAndRed(rgb, grey, red, dots);
  return { grey: { width, height, pixels: loops.bytes(grey, dots).slice() }, red: loops.bytes(red, dots).slice() };
}

export function plainGreyAndRed({ width, height, pixels }: Rgb): GreyAndRed {
  const grey = new Uint8Array(width * height);
  const mask = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 3) {
    const red = pixels[at] ?? 0;
    const green = pixels[at + 1] ?? 0;
    const blue = pixels[at + 2] ?? 0;
    grey[i] = (red * 77 + green * 150 + blue * 29 + 128) >> 8;
    if (red > green + plainlyRed && red > blue + plainlyRed) mask[i] = 1;
  }
  return { grey: { width, height, pixels: grey }, red: mask };
}

function liftRed({ pixels }: Rgb, grey: Grey, box: Box): void {
  const paper = paperIn(grey, box);
  const asPaper = 0.72 * paper;
  for (const { from, to } of rowsOf(grey, box)) {
    for (let i = from; i < to; i += 1) {
      const red = pixels[3 * i] ?? 0;
      if (red - Math.max(pixels[3 * i + 1] ?? 0, pixels[3 * i + 2] ?? 0) < 12) continue;
      grey.pixels[i] = red > asPaper ? paper : Math.min(paper, red);
    }
  }
}

type Levels = { readonly dark: number; readonly paper: number };

function liftHalfTones(grey: Grey, box: Box, mask: Uint8Array, { dark, paper }: Levels): void {
  const counts = levelsIn(grey, box, mask);
  const tones = sum(counts);
  const tone = tones === 0 ? 255 : percentile(counts, Math.floor(tones / 2) + 1);
  const limit = tone - 0.35 * (tone - dark);
  for (const { from, to } of rowsOf(grey, box))
    for (let i = from; i < to; i += 1) if ((grey.pixels[i] ?? 0) > limit) grey.pixels[i] = paper;
}

type Row = { readonly from: number; readonly to: number };

/** Of the box, as far as it lies on the page. */
function* rowsOf({ width, height }: Grey, box: Box): Generator<Row> {
  const right = Math.min(width, box.x + box.width);
  for (let y = box.y; y < Math.min(height, box.y + box.height); y += 1)
    yield { from: y * width + box.x, to: y * width + right };
}

function levelsIn(grey: Grey, box: Box, mask: Uint8Array | null): Uint32Array {
  const counts = new Uint32Array(256);
  for (const { from, to } of rowsOf(grey, box)) {
    for (let i = from; i < to; i += 1) {
      if (mask !== null && mask[i] !== 1) continue;
      const level = grey.pixels[i] ?? 0;
      counts[level] = (counts[level] ?? 0) + 1;
    }
  }
  return counts;
}

// Four fifths of the way up: paper, even where much ink lies.
function paperIn(grey: Grey, box: Box): number {
  const counts = levelsIn(grey, box, null);
  return percentile(counts, Math.max(1, Math.floor(sum(counts) * 0.8)));
}

const sum = (counts: Uint32Array): number => counts.reduce((all, count) => all + count, 0);
