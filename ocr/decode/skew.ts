import { quickLoops } from "../quick/loops.ts";
import type { Grey } from "./look.ts";

const steepest = 15;
const coarse = 1;
const fine = 0.05;
const mostPoints = 40_000;

/**
 * By how many degrees the lines of text fall to the right (clockwise positive), -15 to 15. Ink is summed along rows that
 * lean by each angle in turn; where the sums jump most from row to row, the rows run along the lines. 0 where no angle
 * stands out.
 *
 * @param grey some 75 dpi, evenly lit
 */
export function measureSkew(grey: Grey, ink: number): number {
  const points = inkPoints(grey, ink);
  if (points.length < 200) return 0;
  const score = (degrees: number) => jumps(points, grey.height, degrees);
  let best = bestOf(range(-steepest, steepest, coarse), score);
  for (const step of [coarse / 4, fine]) best = bestOf(range(best - 4 * step, best + 4 * step, step), score);
  return score(best) > 1.02 * score(0) ? Math.round(best * 100) / 100 : 0;
}

const whole = 1 << 16; // a pixel, in the fixed point in which places are reckoned; pictures are less than 2^15 wide

/** Turns the picture so that lines fallen by `degrees` run level; size kept, corners filled with paper. */
export function levelGrey(grey: Grey, degrees: number, paper: number): Grey {
  return quicklyLevelled(grey, degrees, paper) ?? levelled(grey, degrees, paper);
}

/** Dot by dot: what the quick loop must give too. */
export function levelled(grey: Grey, degrees: number, paper: number): Grey {
  const { width, height, pixels } = grey;
  const level = new Uint8Array(pixels.length).fill(paper);
  eachRow(grey, degrees, ({ at: start, count, x, y, stepX, stepY }) => {
    let fromX = x;
    let fromY = y;
    for (let at = start; at < start + count; at += 1, fromX += stepX, fromY += stepY)
      level[at] = between(pixels, (fromY >> 16) * width + (fromX >> 16), width, (fromX >> 8) & 255, (fromY >> 8) & 255);
  });
  return { width, height, pixels: level };
}

function quicklyLevelled(grey: Grey, degrees: number, paper: number): Grey | null {
  const { width, height, pixels } = grey;
  const loops = quickLoops(2 * pixels.length);
  if (loops === null) return null;
  const [from = 0, to = 0] = loops.room(pixels.length, pixels.length);
  loops.bytes(from, pixels.length).set(pixels);
  loops.bytes(to, pixels.length).fill(paper);
  eachRow(grey, degrees, ({ at, count, x, y, stepX, stepY }) =>
    loops.levelRow(from, to + at, width, count, x, y, stepX, stepY),
  );
  return { width, height, pixels: loops.bytes(to, pixels.length).slice() };
}

/** Where a row's dots come from: the first of those that have neighbours, where it lies in the picture before, and how far on each next one. */
type Row = {
  readonly at: number;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
};

function eachRow(grey: Grey, degrees: number, take: (row: Row) => void): void {
  const { width, height } = grey;
  const { sin, cos, centreX, centreY } = turnAbout(grey, degrees);
  const [stepX, stepY] = [Math.round(cos * whole) | 0, Math.round(sin * whole) | 0];
  const [right, bottom] = [(width - 1) * whole - 1, (height - 1) * whole - 1]; // the last places with a neighbour beyond them
  for (let row = 0; row < height; row += 1) {
    const startX = Math.round((centreX - cos * centreX - sin * (row - centreY)) * whole) | 0;
    const startY = Math.round((centreY - sin * centreX + cos * (row - centreY)) * whole) | 0;
    const [first, over] = overlap(stepsInside(startX, stepX, right), stepsInside(startY, stepY, bottom), width);
    const [x, y] = [startX + first * stepX, startY + first * stepY];
    take({ at: row * width + first, count: over - first, x, y, stepX, stepY });
  }
}

type Steps = readonly [first: number, over: number];

/** Which steps from a start lie from zero to the last place: the first, and the one behind the last. */
function stepsInside(start: number, step: number, last: number): Steps {
  if (step === 0) return start >= 0 && start <= last ? [0, Number.POSITIVE_INFINITY] : [0, 0];
  const [low, high] = step > 0 ? [-start, last - start] : [last - start, -start];
  return [Math.ceil(low / step), Math.floor(high / step) + 1];
}

function overlap(a: Steps, b: Steps, length: number): Steps {
  const first = Math.max(0, a[0], b[0]) | 0; // whole numbers to the machine too: the loop over them is twice as quick
  return [first, Math.max(first, Math.min(length, a[1], b[1])) | 0];
}

/** Where a place of the levelled picture lies in the one before. */
export function placeBefore(
  size: Pick<Grey, "width" | "height">,
  degrees: number,
  { x, y }: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  const { sin, cos, centreX, centreY } = turnAbout(size, degrees);
  const [dx, dy] = [x - centreX, y - centreY];
  return { x: centreX + cos * dx - sin * dy, y: centreY + sin * dx + cos * dy };
}

function turnAbout({ width, height }: Pick<Grey, "width" | "height">, degrees: number) {
  const radians = (degrees * Math.PI) / 180;
  return { sin: Math.sin(radians), cos: Math.cos(radians), centreX: (width - 1) / 2, centreY: (height - 1) / 2 };
}

/** @param right and `down` in 256ths of a pixel */
function between(pixels: Uint8Array, at: number, width: number, right: number, down: number): number {
  const upper = pixels[at] ?? 0;
  const lower = pixels[at + width] ?? 0;
  const above = (upper << 8) + ((pixels[at + 1] ?? 0) - upper) * right;
  const below = (lower << 8) + ((pixels[at + width + 1] ?? 0) - lower) * right;
  return ((above << 8) + (below - above) * down + 32_768) >> 16;
}

type Points = { readonly xs: Float32Array; readonly ys: Float32Array; readonly length: number };

// Pixels where ink begins from above: rules, seals and pictures then weigh no more than text does.
function inkPoints({ width, height, pixels }: Grey, ink: number): Points {
  const found = new Uint32Array(pixels.length);
  let count = 0;
  for (let at = width; at < width * height; at += 1)
    if ((pixels[at] ?? 255) < ink && (pixels[at - width] ?? 255) >= ink) found[count++] = at;
  const every = Math.max(1, Math.ceil(count / mostPoints));
  const length = Math.ceil(count / every);
  const [xs, ys] = [new Float32Array(length), new Float32Array(length)];
  for (let i = 0; i < length; i += 1) {
    const at = found[i * every] ?? 0;
    xs[i] = (at % width) - width / 2;
    ys[i] = Math.floor(at / width);
  }
  return { xs, ys, length };
}

function jumps({ xs, ys, length }: Points, height: number, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const margin = height;
  const rows = new Int32Array(height + 2 * margin);
  const middle = margin + 0.5; // a row is never above the picture by more than the margin: cutting off rounds
  for (let i = 0; i < length; i += 1) {
    const row = ((ys[i] ?? 0) - slope * (xs[i] ?? 0) + middle) | 0;
    if (row >= 0 && row < rows.length) rows[row] = (rows[row] ?? 0) + 1;
  }
  let sum = 0;
  for (let row = 1; row < rows.length; row += 1) sum += ((rows[row] ?? 0) - (rows[row - 1] ?? 0)) ** 2;
  return sum;
}

const range = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

function bestOf(angles: readonly number[], score: (degrees: number) => number): number {
  const scored = angles.map((degrees) => ({ degrees, score: score(degrees) }));
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).degrees;
}
