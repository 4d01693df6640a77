import { percentile } from "./histogram.ts";
import type { Raw } from "./straighten.ts";

/** A page in cells of a millimetre, rows from the top: what its paper and its ink are like in each. */
export type PaperCells = {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of a cell's side. */
  readonly side: number;
  /** Mean level of the paper; 0 where hardly any shows. */
  readonly level: Float64Array;
  /** Of sixteen samples in a cell those of ink. */
  readonly ink: Uint16Array;
  /** Pixels of blue ink, and of these the ones beside black. */
  readonly blue: Uint16Array;
  readonly touching: Uint16Array;
};

const tileCells = 16;
const samplesDpi = 100; // every other pixel of every other row at 200 dpi: sixteen of a cell
const paperBelow = 25;
const inkBelow = 70;
const fewestOfPaper = 3;

/** One pass over some of the page's pixels; colours are looked at in ink alone. */
export function paperCells(page: Raw, dpi: number): PaperCells {
  const stride = Math.max(1, Math.round(dpi / samplesDpi));
  const side = Math.max(4, Math.round(dpi / 25.4));
  const [columns, rows] = [Math.floor(page.width / side), Math.floor(page.height / side)];
  const counts = () => new Uint16Array(columns * rows);
  const cells = { columns, rows, side, ink: counts(), blue: counts(), touching: counts() };
  const [level, papery] = [new Float64Array(columns * rows), counts()];
  const pass = { page, stride, ...cells, level, papery, papers: tilePapers(page, columns, side * tileCells) };
  for (let y = stride; y < Math.min(rows * side, page.height - stride); y += stride) lookAtRow(pass, y);
  for (let cell = 0; cell < level.length; cell += 1) {
    const of = papery[cell] ?? 0;
    level[cell] = of < fewestOfPaper ? 0 : (level[cell] ?? 0) / of;
  }
  return { ...cells, level };
}

type Pass = PaperCells & {
  readonly page: Raw;
  /** Pixels from one sample to the next, and to what must be paper around it: the soft rim of a letter is neither paper nor ink. */
  readonly stride: number;
  readonly papery: Uint16Array;
  readonly papers: Uint8Array;
};

const greenOf = ({ channels }: Raw): number => (channels >= 3 ? 1 : 0);

// Nothing is allocated here or below: a page has a million samples.
function lookAtRow(pass: Pass, y: number): void {
  const { page, stride, columns, side, papers } = pass;
  const { width, channels } = page;
  const row = Math.floor(y / side);
  const tiles = Math.floor(row / tileCells) * Math.ceil(columns / tileCells);
  const start = y * width * channels + greenOf(page);
  for (let x = stride; x < Math.min(columns * side, width - stride); x += stride) {
    const column = Math.floor(x / side);
    lookAtSample(
      pass,
      row * columns + column,
      start + x * channels,
      papers[tiles + Math.floor(column / tileCells)] ?? 255,
    );
  }
}

function lookAtSample(
  { page, stride, level, papery, ink, blue, touching }: Pass,
  cell: number,
  at: number,
  paper: number,
): void {
  const { width, channels, pixels } = page;
  const [across, down] = [stride * channels, stride * channels * width];
  const here = pixels[at] ?? 0;
  if (here < paper - inkBelow) {
    ink[cell] = (ink[cell] ?? 0) + 1;
    if (channels >= 3) lookAtInk(page, stride, cell, at, blue, touching);
  } else if (isPaperAround(pixels, at, across, down, paper - paperBelow)) {
    level[cell] = (level[cell] ?? 0) + lightOf(pixels, at, channels);
    papery[cell] = (papery[cell] ?? 0) + 1;
  }
}

function isPaperAround(pixels: Uint8Array, at: number, across: number, down: number, floor: number): boolean {
  if ((pixels[at] ?? 0) < floor || (pixels[at - across] ?? 0) < floor || (pixels[at + across] ?? 0) < floor)
    return false;
  return (pixels[at - down] ?? 0) >= floor && (pixels[at + down] ?? 0) >= floor;
}

/** Every pixel from this sample to the next: strokes of a pen are thin. */
function lookAtInk(
  page: Raw,
  stride: number,
  cell: number,
  at: number,
  blue: Uint16Array,
  touching: Uint16Array,
): void {
  const { width, channels, pixels } = page;
  const [across, down] = [stride * channels, stride * channels * width];
  for (let i = 0; i < stride * stride; i += 1) {
    const here = at + (i % stride) * channels + Math.floor(i / stride) * channels * width;
    if (!isBlue(pixels, here)) continue;
    blue[cell] = (blue[cell] ?? 0) + 1;
    const beside = isBlack(pixels, here - across) || isBlack(pixels, here + across);
    if (beside || isBlack(pixels, here - down) || isBlack(pixels, here + down))
      touching[cell] = (touching[cell] ?? 0) + 1;
  }
}

/** Brightness alone: beside red print a JPEG's colours run into the paper. */
const lightOf = (pixels: Uint8Array, at: number, channels: number): number =>
  channels < 3
    ? (pixels[at] ?? 0)
    : 0.3 * (pixels[at - 1] ?? 0) + 0.59 * (pixels[at] ?? 0) + 0.11 * (pixels[at + 1] ?? 0);

const bluer = { thanRed: 26, thanGreen: 8, lightest: 170 };
const black = { below: 100, apart: 22 };

function isBlue(pixels: Uint8Array, green: number): boolean {
  const blue = pixels[green + 1] ?? 0;
  if ((pixels[green] ?? 255) > bluer.lightest) return false; // no ink, but tinted paper
  return blue > (pixels[green - 1] ?? 0) + bluer.thanRed && blue > (pixels[green] ?? 0) + bluer.thanGreen;
}

function isBlack(pixels: Uint8Array, green: number): boolean {
  const middle = pixels[green] ?? 255;
  const [red, blue] = [pixels[green - 1] ?? 255, pixels[green + 1] ?? 255];
  return middle < black.below && Math.abs(red - middle) < black.apart && Math.abs(blue - middle) < black.apart;
}

// Three fifths of the way up: paper even where a heading fills much of the tile. Every fourth pixel is enough.
function tilePapers(page: Raw, columns: number, tile: number): Uint8Array {
  const across = Math.ceil(columns / tileCells);
  const papers = new Uint8Array(across * Math.ceil(page.height / tile));
  return papers.map((_, i) => tilePaper(page, (i % across) * tile, Math.floor(i / across) * tile, tile));
}

const sparse = 4;
const darkestPaper = 60; // what is darker all over is a picture

function tilePaper(page: Raw, left: number, top: number, tile: number): number {
  const { width, height, channels, pixels } = page;
  const counts = new Uint32Array(256);
  let of = 0;
  for (let y = top; y < Math.min(height, top + tile); y += sparse) {
    for (let x = left; x < Math.min(width, left + tile); x += sparse) {
      const level = pixels[(y * width + x) * channels + greenOf(page)] ?? 0;
      counts[level] = (counts[level] ?? 0) + 1;
      of += 1;
    }
  }
  return Math.max(darkestPaper, percentile(counts, Math.max(1, of * 0.6)));
}
