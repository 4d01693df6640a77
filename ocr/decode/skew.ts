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

/** Turns the picture so that lines fallen by `degrees` run level; size kept, corners filled with paper. */
export function levelGrey(grey: Grey, degrees: number, paper: number): Grey {
  const { width, height, pixels } = grey;
  const level = new Uint8Array(pixels.length).fill(paper);
  const { sin, cos, centreX, centreY } = turnAbout(grey, degrees);
  for (let y = 0; y < height; y += 1) {
    const fromX = centreX - cos * centreX - sin * (y - centreY);
    const fromY = centreY - sin * centreX + cos * (y - centreY);
    for (let x = 0; x < width; x += 1) {
      const sourceX = fromX + cos * x;
      const sourceY = fromY + sin * x;
      const left = Math.floor(sourceX);
      const top = Math.floor(sourceY);
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
      level[y * width + x] = between(pixels, top * width + left, width, sourceX - left, sourceY - top);
    }
  }
  return { width, height, pixels: level };
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

function between(pixels: Uint8Array, at: number, width: number, right: number, down: number): number {
  const above = (pixels[at] ?? 0) * (1 - right) + (pixels[at + 1] ?? 0) * right;
  const below = (pixels[at + width] ?? 0) * (1 - right) + (pixels[at + width + 1] ?? 0) * right;
  return above * (1 - down) + below * down + 0.5;
}

type Points = { readonly xs: Float32Array; readonly ys: Float32Array; readonly length: number };

// Pixels where ink begins from above: rules, seals and pictures then weigh no more than text does.
function inkPoints({ width, height, pixels }: Grey, ink: number): Points {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 1; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if ((pixels[at] ?? 255) >= ink || (pixels[at - width] ?? 255) < ink) continue;
      xs.push(x - width / 2);
      ys.push(y);
    }
  }
  const every = Math.max(1, Math.ceil(xs.length / mostPoints));
  const kept = (values: number[]) => Float32Array.from(values.filter((_, i) => i % every === 0));
  return { xs: kept(xs), ys: kept(ys), length: Math.ceil(xs.length / every) };
}

function jumps({ xs, ys, length }: Points, height: number, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const margin = height;
  const rows = new Float32Array(height + 2 * margin);
  for (let i = 0; i < length; i += 1) {
    const row = Math.round((ys[i] ?? 0) - slope * (xs[i] ?? 0)) + margin;
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
