import type { Grey } from "./look.ts";
import { type Box, roundShapes } from "./round-shapes.ts";

export type Rgb = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/**
 * Grey for reading: where a red seal lies over the text, its ink is taken away by looking through red light, in which black
 * print stays black. Only within round red shapes of a seal's size: a heading printed in red would vanish too.
 */
export function greyWithoutSeals(rgb: Rgb, dpi: number): Grey {
  const grey = greyOfRgb(rgb);
  const { pixels } = rgb;
  const isRedAt = (i: number) => {
    const red = (pixels[3 * i] ?? 0) - 35; // asked of every pixel of the page: nothing is allocated here
    return red > (pixels[3 * i + 1] ?? 0) && red > (pixels[3 * i + 2] ?? 0);
  };
  for (const seal of roundShapes(grey, dpi, isRedAt)) liftRed(rgb, grey, seal);
  return grey;
}

/**
 * The same for a scan in grey, in which a seal's ink is lighter than print: in a round shape of even half-tones, what is no
 * darker than these becomes paper.
 */
export function liftGreySeals(grey: Grey, dpi: number): Grey {
  const { width, pixels } = grey;
  const levels = sortedLevels(pixels, 16);
  const dark = levels[Math.floor(levels.length * 0.01)] ?? 0;
  const paper = levels[Math.floor(levels.length * 0.7)] ?? 255;
  const [least, most] = [dark + 0.2 * (paper - dark), dark + 0.75 * (paper - dark)];
  const isHalfTone = (level: number) => level > least && level < most;
  const isEven = (i: number) => {
    const [here, right, below] = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + width] ?? 0];
    if (!isHalfTone(here) || !isHalfTone(right) || !isHalfTone(below)) return false;
    return Math.abs(here - right) < 18 && Math.abs(here - below) < 18;
  };
  const seals = roundShapes(grey, dpi, isEven);
  if (seals.length === 0) return grey;
  const lifted = { ...grey, pixels: pixels.slice() };
  for (const seal of seals) liftHalfTones(lifted, seal, isEven, { dark, paper });
  return lifted;
}

function colourAt({ pixels }: Rgb, i: number): readonly [number, number, number] {
  return [pixels[3 * i] ?? 0, pixels[3 * i + 1] ?? 0, pixels[3 * i + 2] ?? 0];
}

function greyOfRgb({ width, height, pixels }: Rgb): Grey {
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 3) {
    grey[i] = ((pixels[at] ?? 0) * 77 + (pixels[at + 1] ?? 0) * 150 + (pixels[at + 2] ?? 0) * 29 + 128) >> 8;
  }
  return { width, height, pixels: grey };
}

function liftRed(rgb: Rgb, grey: Grey, box: Box): void {
  const paper = levelsIn(grey, box).at(-1) ?? 255;
  for (const i of placesIn(grey, box)) {
    const [red, green, blue] = colourAt(rgb, i);
    if (red - Math.max(green, blue) < 12) continue;
    grey.pixels[i] = red > 0.72 * paper ? paper : Math.min(paper, red);
  }
}

function liftHalfTones(grey: Grey, box: Box, isEven: (i: number) => boolean, levels: Levels): void {
  const tones = [...placesIn(grey, box)].filter(isEven).map((i) => grey.pixels[i] ?? 0);
  const tone = tones.toSorted((a, b) => a - b)[Math.floor(tones.length / 2)] ?? 255;
  const limit = tone - 0.35 * (tone - levels.dark);
  for (const i of placesIn(grey, box)) if ((grey.pixels[i] ?? 0) > limit) grey.pixels[i] = levels.paper;
}

type Levels = { readonly dark: number; readonly paper: number };

function* placesIn({ width, height }: Grey, box: Box): Generator<number> {
  for (let y = box.y; y < Math.min(height, box.y + box.height); y += 1) {
    for (let x = box.x; x < Math.min(width, box.x + box.width); x += 1) yield y * width + x;
  }
}

// The last is four fifths of the way up: paper, even where much ink lies.
function levelsIn(grey: Grey, box: Box): readonly number[] {
  const levels = [...placesIn(grey, box)].map((i) => grey.pixels[i] ?? 0).toSorted((a, b) => a - b);
  return levels.slice(0, Math.floor(levels.length * 0.8));
}

const sortedLevels = (pixels: Uint8Array, every: number): Uint8Array =>
  pixels.filter((_, i) => i % every === 0).toSorted();
