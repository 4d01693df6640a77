import { type Grey, quickSums } from "./look.ts";

/** A box in pixels of the picture. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const cellsPerInch = 25;
const sealMm = { least: 15, most: 55 };
const roundest = 1.45; // longer side over shorter: a seal may be cut by the page's edge, a heading is far longer
const cornerShare = 0.04;

/**
 * Boxes of shapes of a seal's size, 15 to 55 mm, about as wide as tall and empty in the corners.
 *
 * @param ink 1 where there is ink of the kind that is looked for
 */
export function roundShapes(
  { width, height }: { readonly width: number; readonly height: number },
  dpi: number,
  ink: Uint8Array,
): readonly Box[] {
  const cell = Math.max(2, Math.round(dpi / cellsPerInch));
  const mm = dpi / 25.4;
  return shapesOf(inkCells(width, height, cell, ink))
    .filter(({ box, isRound }) => isRound && isOfSealSize(box, cell / mm))
    .map(({ box: { x, y, ...size } }) => ({
      x: x * cell,
      y: y * cell,
      width: size.width * cell,
      height: size.height * cell,
    }));
}

function isOfSealSize({ width, height }: Box, mmPerCell: number): boolean {
  const [short, long] = [Math.min(width, height) * mmPerCell, Math.max(width, height) * mmPerCell];
  return short >= sealMm.least && long <= sealMm.most && long <= roundest * short;
}

type Cells = { readonly columns: number; readonly rows: number; readonly ink: Uint8Array };

function inkCells(width: number, height: number, cell: number, ink: Uint8Array): Cells {
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const counts = quickCounts({ width, height, pixels: ink }, cell) ?? plainCounts({ width, height, pixels: ink }, cell);
  const few = Math.max(2, cell * cell * 0.08);
  return { columns, rows, ink: new Uint8Array(counts.map((count) => (count >= few ? 1 : 0))) };
}

/** Dots of ink in each cell: whole cells by the quick loop, what is cut by the right and lower edge by ours. */
export function quickCounts(ink: Grey, cell: number): Uint16Array | null {
  const sums = quickSums(ink, cell);
  if (sums === null) return null;
  const { width, height } = ink;
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const [across, down] = [Math.floor(width / cell), Math.floor(height / cell)];
  const counts = new Uint16Array(columns * rows);
  for (let row = 0; row < down; row += 1)
    for (let column = 0; column < across; column += 1)
      counts[row * columns + column] = sums[row * across + column] ?? 0;
  addInk(counts, ink, cell, { left: across * cell, top: 0, bottom: down * cell });
  addInk(counts, ink, cell, { left: 0, top: down * cell, bottom: height });
  return counts;
}

export function plainCounts(ink: Grey, cell: number): Uint16Array {
  const counts = new Uint16Array(Math.ceil(ink.width / cell) * Math.ceil(ink.height / cell));
  addInk(counts, ink, cell, { left: 0, top: 0, bottom: ink.height });
  return counts;
}

type Part = { readonly left: number; readonly top: number; readonly bottom: number };

function addInk(counts: Uint16Array, { width, pixels }: Grey, cell: number, { left, top, bottom }: Part): void {
  const columns = Math.ceil(width / cell);
  for (let y = top; y < bottom; y += 1) {
    const row = Math.floor(y / cell) * columns;
    const along = pixels.subarray(y * width, (y + 1) * width);
    // Most rows have none: a search by the machine is quicker than a loop of ours.
    for (let x = along.indexOf(1, left); x >= 0 && x < width; x += 1) {
      if (along[x] !== 1) continue;
      const i = row + Math.floor(x / cell);
      counts[i] = (counts[i] ?? 0) + 1;
    }
  }
}

type Shape = { readonly box: Box; readonly isRound: boolean };

/** Connected shapes, cells two apart taken for neighbours: a seal's ring is often broken. */
function shapesOf({ columns, rows, ink }: Cells): readonly Shape[] {
  const left = { columns, rows, ink: ink.slice() };
  const shapes: Shape[] = [];
  for (let start = 0; start < left.ink.length; start += 1) {
    if (left.ink[start] === 0) continue;
    left.ink[start] = 0;
    const found = [start];
    for (let i = 0; i < found.length; i += 1) takeAround(found[i] ?? start, left, found);
    shapes.push(shapeOf(found, columns));
  }
  return shapes;
}

/** Neighbours that are left go over to what was found. A generator of them made an object of each, 25 a cell. */
function takeAround(at: number, { columns, rows, ink }: Cells, found: number[]): void {
  const x = at % columns;
  const y = Math.floor(at / columns);
  for (let row = Math.max(0, y - 2); row <= Math.min(rows - 1, y + 2); row += 1) {
    for (let column = Math.max(0, x - 2); column <= Math.min(columns - 1, x + 2); column += 1) {
      const next = row * columns + column;
      if (ink[next] !== 1) continue;
      ink[next] = 0;
      found.push(next);
    }
  }
}

function shapeOf(cells: readonly number[], columns: number): Shape {
  const bounds = { left: columns, right: 0, top: Number.POSITIVE_INFINITY, bottom: 0 };
  for (const at of cells) {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  const width = bounds.right - bounds.left + 1;
  const height = bounds.bottom - bounds.top + 1;
  const outside = cells.filter((at) => {
    const across = ((at % columns) + 0.5 - bounds.left) / width - 0.5;
    const down = (Math.floor(at / columns) + 0.5 - bounds.top) / height - 0.5;
    return Math.hypot(across, down) > 0.55;
  });
  return {
    box: { x: bounds.left, y: bounds.top, width, height },
    isRound: outside.length <= cornerShare * cells.length,
  };
}
