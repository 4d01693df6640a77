import { quickLoops } from "../quick/loops.ts";
import { histogramOf, percentile } from "./histogram.ts";
import { type InkSums, inkSums } from "./ink-sums.ts";
import { topHeaviness } from "./line-shape.ts";

/** Grey pixels, one byte each, rows from the top. */
export type Grey = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

export type Look = {
  /** Share of pixels clearly darker than the paper, margins left out. */
  readonly inkShare: number;
  /** Median step between neighbours where paper turns to ink, against the page's contrast: 0.4 and more when sharp. */
  readonly sharpness: number;
  readonly lines: "across" | "down" | "unclear";
  /** See `topHeaviness`: 0.18 and more is upright. */
  readonly topHeavy: number;
};

/** Paper and ink levels, direction of text lines, sharpness: measured on a grey page of at most 150 dpi. */
export function lookAt(grey: Grey): Look {
  const levels = levelsOf(grey);
  const sums = inkSums(grey, levels.ink);
  const across = unevenness(sums.rows, grey.width);
  const down = unevenness(sums.columns, grey.height);
  const lines = across > 1.5 * down ? "across" : down > 1.5 * across ? "down" : "unclear";
  return {
    inkShare: inkShareOf(grey, levels.ink),
    sharpness: sharpnessOf(grey, levels),
    lines,
    topHeavy: topHeaviness(sums.rows),
  };
}

type Levels = { readonly paper: number; readonly darkest: number; readonly ink: number };

function levelsOf({ pixels }: Grey): Levels {
  const counts = histogramOf(pixels);
  const paper = percentile(counts, pixels.length * 0.7);
  const darkest = percentile(counts, pixels.length * 0.001);
  return { paper, darkest, ink: Math.max(paper - 45, 1) };
}

// Scanner lids and neighbouring paper darken the outer margin.
function inkShareOf({ width, height, pixels }: Grey, ink: number): number {
  const [left, top] = [Math.round(width * 0.03), Math.round(height * 0.03)];
  let dark = 0;
  for (let y = top; y < height - top; y += 1) {
    for (let x = left; x < width - left; x += 1) if ((pixels[y * width + x] ?? 255) < ink) dark += 1;
  }
  return dark / Math.max(1, (width - 2 * left) * (height - 2 * top));
}

function sharpnessOf({ width, height, pixels }: Grey, { paper, darkest }: Levels): number {
  const middle = (paper + darkest) / 2;
  const counts = new Uint32Array(256);
  let edges = 0;
  for (let y = 0; y < height; y += 1) {
    let before = pixels[y * width] ?? 0;
    for (let at = y * width + 1; at < (y + 1) * width; at += 1) {
      const here = pixels[at] ?? 0;
      if (here < middle !== before < middle) {
        const step = Math.abs(here - before);
        counts[step] = (counts[step] ?? 0) + 1;
        edges += 1;
      }
      before = here;
    }
  }
  return edges === 0 ? 0 : percentile(counts, edges / 2) / Math.max(paper - darkest, 30);
}

// Text lines make the ink of neighbouring rows jump.
function unevenness(sums: InkSums["rows"], breadth: number): number {
  let jumps = 0;
  for (const strip of sums)
    for (let along = 1; along < strip.length; along += 1) jumps += ((strip[along] ?? 0) - (strip[along - 1] ?? 0)) ** 2;
  return jumps / Math.max(1, (sums[0]?.length ?? 0) * breadth);
}

const plainlyUpright = 0.18; // half and more of what upright text shows; text on its side stays within 0.05 of zero

/** The shape of plain text tells without reading that it is upright. */
export const isPlainlyUpright = ({ lines, topHeavy }: Look): boolean =>
  lines === "across" && topHeavy >= plainlyUpright;

/** Rows where text is densest, tall enough for a few lines: enough to tell which way is up. */
export function densestBand(grey: Grey, bandHeight: number): Grey {
  const { width, height, pixels } = grey;
  const tall = Math.min(bandHeight, height);
  const edges = edgesAbove(grey);
  let best = 0;
  let most = -1;
  for (let top = 0; top + tall <= height; top += 4) {
    const gain = (edges[top + tall] ?? 0) - (edges[top] ?? 0);
    if (gain > most) [best, most] = [top, gain];
  }
  return { width, height: tall, pixels: pixels.slice(best * width, (best + tall) * width) };
}

// Running sum over rows of changes between ink and paper; a raster or a picture counts no more than a full line of text.
function edgesAbove(grey: Grey): Float64Array {
  const { width, height, pixels } = grey;
  const { ink } = levelsOf(grey);
  const sums = new Float64Array(height + 1);
  for (let y = 0; y < height; y += 1) {
    let edges = 0;
    let wasInk = (pixels[y * width] ?? 255) < ink;
    for (let at = y * width + 1; at < (y + 1) * width; at += 1) {
      const isInk = (pixels[at] ?? 255) < ink;
      if (isInk !== wasInk) edges += 1;
      wasInk = isInk;
    }
    sums[y + 1] = (sums[y] ?? 0) + Math.min(edges, width / 4);
  }
  return sums;
}

/** Clockwise. */
export function turnGrey(grey: Grey, turn: 0 | 90 | 180 | 270): Grey {
  if (turn === 0) return grey;
  const { width, height, pixels } = grey;
  if (turn === 180) return { width, height, pixels: pixels.slice().reverse() };
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = turn === 90 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y;
      turned[at] = pixels[y * width + x] ?? 0;
    }
  }
  return { width: height, height: width, pixels: turned };
}

/** So many times smaller on each side: each dot the mean of those it stands for. What is left over at the edges is left out. */
export const smaller = (grey: Grey, times: number): Grey =>
  (times === 2 ? quickHalf(grey) : quicklySmaller(grey, times)) ?? plainlySmaller(grey, times);

function quickHalf({ width, height, pixels }: Grey): Grey | null {
  const [across, down] = [width >> 1, height >> 1];
  const loops = quickLoops(2 * pixels.length);
  if (loops === null) return null;
  const [from = 0, to = 0] = loops.room(pixels.length, across * down);
  loops.bytes(from, pixels.length).set(pixels);
  loops.halve(from, to, width, across, down);
  return { width: across, height: down, pixels: loops.bytes(to, across * down).slice() };
}

function quicklySmaller(grey: Grey, times: number): Grey | null {
  const sums = quickSums(grey, times);
  if (sums === null) return null;
  const pixels = new Uint8Array(sums.length);
  const dots = times * times;
  for (let i = 0; i < sums.length; i += 1) pixels[i] = (sums[i] ?? 0) / dots;
  return { width: Math.floor(grey.width / times), height: Math.floor(grey.height / times), pixels };
}

const mostTimes = 257; // the quick loop adds up columns in 16 bits

/** Sums of whole squares of so many dots a side. */
export function quickSums({ width, height, pixels }: Grey, times: number): Uint32Array | null {
  const [across, down] = [Math.floor(width / times), Math.floor(height / times)];
  const sumBytes = 4 * across * down;
  const rowBytes = 2 * width + 32;
  const loops = times > mostTimes ? null : quickLoops(pixels.length + sumBytes + rowBytes);
  if (loops === null) return null;
  const [from = 0, to = 0, row = 0] = loops.room(pixels.length, sumBytes, rowBytes);
  loops.bytes(from, pixels.length).set(pixels);
  loops.sumSquares(from, to, row, width, across, down, times);
  return new Uint32Array(loops.bytes(to, sumBytes).slice().buffer);
}

export function plainlySmaller({ width, height, pixels }: Grey, times: number): Grey {
  const [across, down] = [Math.floor(width / times), Math.floor(height / times)];
  const small = new Uint8Array(across * down);
  const sums = new Uint32Array(across);
  for (let row = 0; row < down; row += 1) {
    sums.fill(0);
    for (let y = row * times; y < (row + 1) * times; y += 1) addRow(sums, pixels, y * width, times);
    for (let x = 0; x < across; x += 1) small[row * across + x] = (sums[x] ?? 0) / (times * times);
  }
  return { width: across, height: down, pixels: small };
}

function addRow(sums: Uint32Array, pixels: Uint8Array, start: number, times: number): void {
  if (times === 2) addPairs(sums, pixels, start);
  else if (times === 3) addThrees(sums, pixels, start);
  else addRuns(sums, pixels, start, times);
}

// Twice and three times as quick as a loop in a loop; most pages are looked at in halves and thirds.
function addPairs(sums: Uint32Array, pixels: Uint8Array, start: number): void {
  for (let x = 0, at = start; x < sums.length; x += 1, at += 2)
    sums[x] = (sums[x] ?? 0) + (pixels[at] ?? 0) + (pixels[at + 1] ?? 0);
}

function addThrees(sums: Uint32Array, pixels: Uint8Array, start: number): void {
  for (let x = 0, at = start; x < sums.length; x += 1, at += 3)
    sums[x] = (sums[x] ?? 0) + (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0);
}

function addRuns(sums: Uint32Array, pixels: Uint8Array, start: number, times: number): void {
  for (let x = 0, at = start; x < sums.length; x += 1) {
    let sum = 0;
    for (const end = at + times; at < end; at += 1) sum += pixels[at] ?? 0;
    sums[x] = (sums[x] ?? 0) + sum;
  }
}
