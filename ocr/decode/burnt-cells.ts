import { type Grey, smaller } from "./look.ts";
import type { Corners } from "./plane.ts";

const burntFrom = 248; // a sensor's noise around full light is cut off above, so that its mean is a little lower

/** A page in small squares. */
export type Cells = {
  /** Pixels a side. */
  readonly size: number;
  readonly columns: number;
  readonly rows: number;
  /** Mean of the brighter pixels of a cell: its paper, where there is any. 0 beside the sheet. */
  readonly lightOf: (cell: number) => number;
  /** 1 where there is nothing but light. */
  readonly burnt: Uint8Array;
};

/** @param corners of the sheet, in shares of the picture; null where the picture is all sheet */
export function cellsOf(grey: Grey, size: number, corners: Corners | null): Cells {
  const { width: columns, height: rows, pixels: means } = smaller(grey, size);
  const isInside = insideOf(corners);
  const isOnSheet = (cell: number) =>
    isInside(((cell % columns) + 0.5) / columns, (Math.floor(cell / columns) + 0.5) / rows);
  const burnt = means.map((mean, cell) => (mean >= burntFrom && isOnSheet(cell) ? 1 : 0));
  // Asked around what is burnt alone: most pages have nothing of it.
  const lightOf = (cell: number) => {
    if (!isOnSheet(cell)) return 0;
    const start = Math.floor(cell / columns) * size * grey.width + (cell % columns) * size;
    return Math.floor(meanOf(grey, start, size, meanOf(grey, start, size, 0)));
  };
  return { size, columns, rows, lightOf, burnt };
}

function insideOf(corners: Corners | null): (x: number, y: number) => boolean {
  if (corners === null) return () => true;
  const sides = corners.map((from, i) => ({ from, to: corners[(i + 1) % corners.length] ?? from }));
  return (x, y) => sides.every(({ from, to }) => (to.x - from.x) * (y - from.y) >= (to.y - from.y) * (x - from.x));
}

/** Of those pixels of a cell that are at least so light. */
function meanOf({ width, pixels }: Grey, start: number, size: number, from: number): number {
  let sum = 0;
  let count = 0;
  for (let row = start; row < start + size * width; row += width) {
    for (let at = row; at < row + size; at += 1) {
      const level = pixels[at] ?? 0;
      if (level < from) continue;
      sum += level;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Burnt cells that hang together, by sides. */
export function patchesOf({ burnt, columns, rows }: Cells): readonly (readonly number[])[] {
  const left = burnt.slice();
  const patches: number[][] = [];
  for (let start = 0; start < left.length; start += 1) {
    if (left[start] !== 1) continue;
    const patch = [start];
    left[start] = 0;
    for (const at of patch) {
      for (const next of beside(at, columns, rows)) {
        if (left[next] !== 1) continue;
        left[next] = 0;
        patch.push(next);
      }
    }
    patches.push(patch);
  }
  return patches;
}

/** The cells around a patch, ring by ring. */
export function growthOf(
  patch: readonly number[],
  { columns, rows }: Cells,
  reach: number,
): readonly (readonly number[])[] {
  const seen = new Set(patch);
  const rings: number[][] = [];
  let last = patch;
  for (let distance = 0; distance < reach; distance += 1) {
    const ring: number[] = [];
    for (const next of last.flatMap((at) => beside(at, columns, rows))) {
      if (seen.has(next)) continue;
      seen.add(next);
      ring.push(next);
    }
    rings.push(ring);
    last = ring;
  }
  return rings;
}

function beside(at: number, columns: number, rows: number): readonly number[] {
  const column = at % columns;
  const found = column > 0 ? [at - 1] : [];
  if (column + 1 < columns) found.push(at + 1);
  if (at >= columns) found.push(at - columns);
  if (at + columns < columns * rows) found.push(at + columns);
  return found;
}
