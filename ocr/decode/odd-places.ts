import type { PaperCells } from "./paper-cells.ts";

/** A place of a few millimetres, in cells, and how far it stands out. */
export type Odd = { readonly x: number; readonly y: number; readonly score: number };

export const oddSize = { wide: 3, tall: 4 }; // a figure with its margin
const reach = { from: 2, to: 6 }; // cells: a patch is seldom larger than the first, and paper the same up to the second
const leastInside = 5;
const leastAround = 40;
const leastInk = 6; // samples: without print nothing can have been altered
const grainOfMeans = 0.7; // levels: by so much cells of good paper differ though its grain is even

/** Places with print where the paper is lighter than the paper around them by more than it changes there; best first. */
export function lighterPlaces(cells: PaperCells): readonly Odd[] {
  const { level } = cells;
  const [of, sum, squares] = [level.map(Math.sign), level, level.map((one) => one * one)].map((one) =>
    runningSum(cells, one),
  );
  if (of === undefined || sum === undefined || squares === undefined) return [];
  const { to, from } = reach;
  return everyPlace(cells, to, (x, y) => {
    const inside = sumAround(of, x, y, 0);
    const around = sumAround(of, x, y, to) - sumAround(of, x, y, from);
    if (inside < leastInside || around < leastAround) return 0;
    const mean = (sumAround(sum, x, y, to) - sumAround(sum, x, y, from)) / around;
    const higher = sumAround(sum, x, y, 0) / inside - mean;
    if (higher <= 0) return 0; // half of all places: what is around need not be known better
    const square = (sumAround(squares, x, y, to) - sumAround(squares, x, y, from)) / around;
    return higher / (Math.sqrt(Math.max(0, square - mean ** 2)) + grainOfMeans);
  });
}

const room = 9; // cells: blue that goes on farther is a signature or a stamp
const strayBlue = 0.15;
const leastTouching = 0.1; // of a cell

/** Places of a letter's size where blue ink lies on black print, with no other blue near, by square millimetres of such ink; best first. */
export function overwrittenPlaces(cells: PaperCells): readonly Odd[] {
  const [blue, touching] = [runningSum(cells, cells.blue), runningSum(cells, cells.touching)];
  return everyPlace(cells, 0, (x, y) => {
    const touch = sumAround(touching, x, y, 0) / cells.side ** 2;
    if (touch < leastTouching) return 0;
    const here = sumAround(blue, x, y, 1);
    return sumAround(blue, x, y, room) - here > strayBlue * here ? 0 : touch;
  });
}

/** The best places that have ink enough, each away from the others. Thousands of them stand as bare scores: an object for each cost more than finding it. */
function everyPlace(cells: PaperCells, margin: number, scoreOf: (x: number, y: number) => number): readonly Odd[] {
  const ink = runningSum(cells, cells.ink);
  const scores = new Float64Array(cells.columns * cells.rows);
  for (let y = margin; y + oddSize.tall + margin <= cells.rows; y += 1) {
    for (let x = margin; x + oddSize.wide + margin <= cells.columns; x += 1) {
      if (sumAround(ink, x, y, 0) >= leastInk) scores[y * cells.columns + x] = scoreOf(x, y);
    }
  }
  return best(scores, cells.columns);
}

const apart = 6;
const most = 8;

/** Looked for one after the other: putting thousands in order to take eight took longer than finding them. */
function best(scores: Float64Array, columns: number): readonly Odd[] {
  const kept: Odd[] = [];
  while (kept.length < most) {
    const at = highest(scores);
    if (at < 0) break;
    const [x, y] = [at % columns, Math.floor(at / columns)];
    kept.push({ x, y, score: scores[at] ?? 0 });
    const [from, to] = [Math.max(0, x - apart + 1), Math.min(columns, x + apart)];
    for (let row = Math.max(0, y - apart + 1); row < y + apart; row += 1)
      scores.fill(0, row * columns + from, row * columns + to);
  }
  return kept;
}

/** The first of the highest; -1 where none is above zero. */
function highest(scores: Float64Array): number {
  let found = -1;
  let score = 0;
  for (let at = 0; at < scores.length; at += 1) {
    if ((scores[at] ?? 0) <= score) continue;
    score = scores[at] ?? 0;
    found = at;
  }
  return found;
}

/** Sums over all cells above and to the left, with a row and a column of zeros first: any span is four of them. */
type Running = { readonly sums: Float64Array; readonly columns: number; readonly rows: number };

function runningSum({ columns, rows }: PaperCells, of: Float64Array | Uint16Array): Running {
  const sums = new Float64Array((columns + 1) * (rows + 1));
  for (let y = 0; y < rows; y += 1) {
    let row = 0;
    for (let x = 0; x < columns; x += 1) {
      row += of[y * columns + x] ?? 0;
      const at = (y + 1) * (columns + 1) + x + 1;
      sums[at] = row + (sums[at - columns - 1] ?? 0);
    }
  }
  return { sums, columns, rows };
}

/** Over the place at these cells and so many cells around it, as far as there are any. */
function sumAround({ sums, columns, rows }: Running, x: number, y: number, by: number): number {
  const left = Math.max(0, x - by);
  const right = Math.min(columns, x + oddSize.wide + by);
  const top = Math.max(0, y - by) * (columns + 1);
  const bottom = Math.min(rows, y + oddSize.tall + by) * (columns + 1);
  return (sums[bottom + right] ?? 0) - (sums[bottom + left] ?? 0) - (sums[top + right] ?? 0) + (sums[top + left] ?? 0);
}
