import type { Grey } from "../decode/look.ts";

/** What a page looks like, small: ink in cells of a grid laid over its print, 0 none to 255 full. */
export type Fingerprint = { readonly columns: number; readonly rows: number; readonly ink: Uint8Array };

const longest = 150; // cells along the longer side: a line of text is two cells tall

/**
 * Ink of the print by cells, from its first line to its last: margins, tone of the paper and resolution are left out.
 * Null where there is no print.
 *
 * @param grey some 150 dpi, evenly lit and level
 */
export function fingerprintOf({ width, height, pixels }: Grey, inkBelow: number): Fingerprint | null {
  const box = printBox({ width, height, pixels }, inkBelow);
  if (box === null) return null;
  const scale = longest / Math.max(box.width, box.height);
  const [columns, rows] = [Math.max(1, Math.round(box.width * scale)), Math.max(1, Math.round(box.height * scale))];
  const [sums, counts] = [new Uint32Array(columns * rows), new Uint32Array(columns * rows)];
  // Where each column of cells begins: a cell's pixels of a row lie side by side.
  const begins = Uint32Array.from({ length: columns + 1 }, (_, column) => Math.ceil((column * box.width) / columns));
  for (let y = 0; y < box.height; y += 1) {
    const row = Math.min(rows - 1, Math.floor((y * rows) / box.height)) * columns;
    const from = (box.y + y) * width + box.x;
    for (let column = 0; column < columns; column += 1) {
      const begin = begins[column] ?? 0;
      const end = begins[column + 1] ?? 0;
      sums[row + column] = (sums[row + column] ?? 0) + darknessOf(pixels, from + begin, from + end);
      counts[row + column] = (counts[row + column] ?? 0) + end - begin;
    }
  }
  return {
    columns,
    rows,
    ink: Uint8Array.from(sums, (sum, i) => Math.min(255, (2.2 * sum) / Math.max(1, counts[i] ?? 1))),
  };
}

const paperLevel = 235;

function darknessOf(pixels: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    const level = pixels[at] ?? 255;
    if (level < paperLevel) sum += paperLevel - level;
  }
  return sum;
}

/** Around all rows and columns in which there is some ink, a scanner's dark rim left out. */
function printBox({ width, height, pixels }: Grey, inkBelow: number) {
  const [rows, columns] = [new Uint32Array(height), new Uint32Array(width)];
  const [left, top] = [Math.round(width * 0.02), Math.round(height * 0.02)];
  for (let y = top; y < height - top; y += 1) {
    for (let x = left; x < width - left; x += 1) {
      if ((pixels[y * width + x] ?? 255) >= inkBelow) continue;
      rows[y] = (rows[y] ?? 0) + 1;
      columns[x] = (columns[x] ?? 0) + 1;
    }
  }
  const [across, down] = [spanOf(columns), spanOf(rows)];
  if (across.length < 20 || down.length < 20) return null;
  return { x: across.from, y: down.from, width: across.length, height: down.length };
}

function spanOf(sums: Uint32Array): { readonly from: number; readonly length: number } {
  const few = 3;
  const from = sums.findIndex((ink) => ink > few);
  return from < 0 ? { from: 0, length: 0 } : { from, length: sums.findLastIndex((ink) => ink > few) - from + 1 };
}

const blocks = 6;
const reach = 3;
const worstShare = 0.06; // one block in seventeen may differ: a finger, a fold

/**
 * How alike two pages are, -1 to 1: their grids block by block, each block moved a little to where it fits best, the worse
 * blocks counted. Two filled forms of one print differ in the blocks that were filled; two scans of one sheet in none.
 */
function likeness(a: Fingerprint, b: Fingerprint): number {
  if (Math.abs(Math.log((a.columns * b.rows) / (a.rows * b.columns))) > 0.08) return -1;
  const found: number[] = [];
  const [width, height] = [Math.floor(a.columns / blocks), Math.floor(a.rows / blocks)];
  if (width < 4 || height < 4) return -1;
  for (let i = 0; i < blocks * blocks; i += 1) {
    const block = { x: (i % blocks) * width, y: Math.floor(i / blocks) * height, width, height };
    if (inkIn(a, block) < 0.015 && inkIn(b, block) < 0.015) continue;
    found.push(bestFit(a, b, block));
  }
  return found.toSorted((x, y) => x - y)[Math.floor(found.length * worstShare)] ?? -1;
}

type Block = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const at = ({ columns, rows, ink }: Fingerprint, x: number, y: number): number =>
  x < 0 || y < 0 || x >= columns || y >= rows ? 0 : (ink[y * columns + x] ?? 0);

function inkIn(print: Fingerprint, { x, y, width, height }: Block): number {
  let sum = 0;
  for (let dy = 0; dy < height; dy += 1) for (let dx = 0; dx < width; dx += 1) sum += at(print, x + dx, y + dy);
  return sum / (255 * width * height);
}

function bestFit(a: Fingerprint, b: Fingerprint, block: Block): number {
  let best = -1;
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) best = Math.max(best, correlation(a, b, block, { dx, dy }));
  }
  return best;
}

function correlation(a: Fingerprint, b: Fingerprint, block: Block, { dx, dy }: { dx: number; dy: number }): number {
  let sa = 0;
  let sb = 0;
  let saa = 0;
  let sbb = 0;
  let sab = 0;
  const count = block.width * block.height;
  for (let y = block.y; y < block.y + block.height; y += 1)
    for (let x = block.x; x < block.x + block.width; x += 1) {
      const va = at(a, x, y);
      const vb = at(b, x + dx, y + dy);
      sa += va;
      sb += vb;
      saa += va * va;
      sbb += vb * vb;
      sab += va * vb;
    }
  const spread = Math.sqrt(Math.max(0, saa - (sa * sa) / count) * Math.max(0, sbb - (sb * sb) / count));
  return spread === 0 ? 0 : (sab - (sa * sb) / count) / spread;
}

/** Bytes as they are kept: columns, rows, then the cells. */
export const packFingerprint = ({ columns, rows, ink }: Fingerprint): Uint8Array<ArrayBuffer> =>
  Uint8Array.of(columns, rows, ...ink);

/** Null where the bytes are no fingerprint. */
export function unpackFingerprint(bytes: Uint8Array): Fingerprint | null {
  const [columns = 0, rows = 0] = bytes;
  return columns > 0 && rows > 0 && bytes.length === 2 + columns * rows
    ? { columns, rows, ink: bytes.subarray(2) }
    : null;
}

const sameFrom = 0.72; // two scans of one sheet: 0.97 and more; a scan and a photograph: from 0.75; two filled forms of one print: up to 0.55

/** Whether both are scans of one sheet, whichever way up each lay. */
export function isSamePage(a: Fingerprint | null, b: Fingerprint | null): boolean {
  if (a === null || b === null) return false;
  return likeness(a, b) >= sameFrom || likeness(a, upsideDown(b)) >= sameFrom;
}

const upsideDown = ({ columns, rows, ink }: Fingerprint): Fingerprint => ({ columns, rows, ink: ink.toReversed() });
