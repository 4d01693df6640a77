import { quickLoops } from "../quick/loops.ts";
import type { Grey } from "./look.ts";
import type { Box } from "./round-shapes.ts";

/** How far ink runs into paper. */
export type EdgeWidths = {
  /** Standard deviation of the blur in millimetres, over the whole page; null where there is too little print to tell. */
  readonly blurMm: number | null;
  /** The tile of the page where it is worst, and how bad. */
  readonly worst: { readonly blurMm: number; readonly box: Box } | null;
};

const tileMm = 35;
const fewestEdges = 80;
const window = 5; // pixels to each side: the whole rise of an edge up to a blur that nobody would certify
const leastContrast = 40;
const leastRise = 8;
const steps = 128;

/**
 * Width of the edges of print: where the level crosses the middle between the darkest and the lightest pixel around, the
 * steepest step against that contrast. Across and down apart, the worse counts: a hand that moved blurs one of them only.
 *
 * @param grey some 200 dpi, as it was scanned
 */
export function edgeWidths(grey: Grey, dpi: number): EdgeWidths {
  const tile = Math.max(16, Math.round((tileMm / 25.4) * dpi));
  const columns = Math.max(1, Math.floor(grey.width / tile));
  const rows = Math.max(1, Math.floor(grey.height / tile));
  const tiles = { tile, columns, rows };
  const along = quickSteps(grey, tiles) ?? [1, grey.width].map((step) => stepsByTile(grey, step, tiles));
  const toMm = (share: number) => ((gaussian / share) * 25.4) / dpi;
  const found = Array.from({ length: columns * rows }, (_, i) => {
    const shares = along.map((histograms) => medianStep([histograms[i] ?? new Uint32Array(steps)]));
    const [across, down] = shares;
    if (across == null || down == null) return null;
    const box = { x: (i % columns) * tile, y: Math.floor(i / columns) * tile, width: tile, height: tile };
    return { blurMm: toMm(Math.min(across, down)), box };
  }).filter((one) => one !== null);
  const whole = along.map((histograms) => medianStep(histograms)).filter((share) => share !== null);
  const worst = found.reduce<EdgeWidths["worst"]>((a, b) => (a === null || b.blurMm > a.blurMm ? b : a), null);
  return { blurMm: whole.length < 2 ? null : toMm(Math.min(...whole)), worst };
}

const gaussian = 1 / Math.sqrt(2 * Math.PI); // the steepest step of an edge blurred by one pixel

type Tiles = { readonly tile: number; readonly columns: number; readonly rows: number };

/** Tile by tile how often each steepness occurs: across, and down. */
export function quickSteps({ width, height, pixels }: Grey, { tile, columns, rows }: Tiles): Uint32Array[][] | null {
  const tableBytes = 4 * steps * columns * rows;
  const loops = quickLoops(pixels.length + tableBytes);
  if (loops === null) return null;
  const [at = 0, table = 0] = loops.room(pixels.length, tableBytes);
  loops.bytes(at, pixels.length).set(pixels);
  return [1, width].map((step) => {
    loops.bytes(table, tableBytes).fill(0);
    for (let y = window; y < height - window; y += 2) {
      const row = Math.min(rows - 1, Math.floor(y / tile)) * columns;
      for (let column = 0; column < columns; column += 1) {
        const from = Math.max(window, column * tile);
        const to = column === columns - 1 ? width - window : Math.min(width - window, (column + 1) * tile);
        loops.countEdges(at + y * width + from, to - from, step, table + 4 * steps * (row + column));
      }
    }
    const counts = new Uint32Array(loops.bytes(table, tableBytes).slice().buffer);
    return Array.from({ length: columns * rows }, (_, i) => counts.subarray(steps * i, steps * (i + 1)));
  });
}

export function stepsByTile(grey: Grey, step: number, { tile, columns, rows }: Tiles): Uint32Array[] {
  const { width, height, pixels } = grey;
  const histograms = Array.from({ length: columns * rows }, () => new Uint32Array(steps));
  for (let y = window; y < height - window; y += 2) {
    const row = Math.min(rows - 1, Math.floor(y / tile)) * columns;
    for (let x = window; x < width - window; x += 1) {
      const at = y * width + x;
      const bin = steepness(pixels, at, step);
      if (bin < 0) continue;
      const histogram = histograms[row + Math.min(columns - 1, Math.floor(x / tile))];
      if (histogram !== undefined) histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
  }
  return histograms;
}

/** The step against the rise of the whole edge, in 128ths, where it is the steepest of its edge; else -1. Nothing is allocated here. */
function steepness(pixels: Uint8Array, at: number, step: number): number {
  const rise = (pixels[at + step] ?? 0) - (pixels[at] ?? 0);
  const most = Math.abs(rise);
  if (most < leastRise) return -1;
  const from = rise > 0 ? at : at + step;
  const to = rise > 0 ? at + step : at;
  const outward = rise > 0 ? step : -step;
  const low = endOfRise(pixels, from, -outward, -most);
  const high = low < 0 ? -1 : endOfRise(pixels, to, outward, most);
  if (high < 0) return -1;
  const contrast = (pixels[high] ?? 0) - (pixels[low] ?? 0);
  return contrast < leastContrast ? -1 : Math.min(steps - 1, Math.floor((steps * most) / contrast));
}

/** Where the edge ends that way; -1 where a steeper step is met. `most` is below zero where it falls that way. */
function endOfRise(pixels: Uint8Array, start: number, step: number, most: number): number {
  const sign = most < 0 ? -1 : 1;
  let at = start;
  for (let i = 0; i < window; i += 1) {
    const rise = sign * ((pixels[at + step] ?? 0) - (pixels[at] ?? 0));
    if (rise > sign * most) return -1;
    if (rise <= 0) break;
    at += step;
  }
  return at;
}

function medianStep(histograms: readonly Uint32Array[]): number | null {
  const sums = new Uint32Array(steps);
  for (const histogram of histograms) for (let i = 0; i < steps; i += 1) sums[i] = (sums[i] ?? 0) + (histogram[i] ?? 0);
  const edges = sums.reduce((a, b) => a + b, 0);
  if (edges < fewestEdges) return null;
  let seen = 0;
  const middle = sums.findIndex((count) => {
    seen += count;
    return seen >= edges / 2;
  });
  return (middle + 0.5) / steps;
}
