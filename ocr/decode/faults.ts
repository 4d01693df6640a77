import type { Grey } from "./look.ts";
import type { Box } from "./round-shapes.ts";

const tile = 16;
const blown = 252;
const brightPaper = 238;

export type Patch = { readonly share: number; readonly box: Box };

/**
 * The largest patch that a light has burnt out, on paper that is itself darker, and its share of the page. Null where the
 * paper is nearly white all over, as scanners make it: there nothing is told apart.
 *
 * @param grey as it was scanned, not evenly lit
 */
export function findGlare(grey: Grey): Patch | null {
  const columns = Math.floor(grey.width / tile);
  const rows = Math.floor(grey.height / tile);
  const means = Array.from({ length: columns * rows }, (_, i) => meanOf(grey, i % columns, Math.floor(i / columns)));
  const paper = means.toSorted((a, b) => a - b)[Math.floor(means.length * 0.6)] ?? 255;
  if (means.length === 0 || paper >= brightPaper) return null;
  const white = means.map((mean) => mean >= blown);
  const patch = largestPatch(white, columns);
  return patch.length === 0 ? null : { share: patch.length / means.length, box: boxAround(patch, columns) };
}

function boxAround(patch: readonly number[], columns: number): Box {
  const [xs, ys] = [patch.map((at) => at % columns), patch.map((at) => Math.floor(at / columns))];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const size = { width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
  return { x: x * tile, y: y * tile, width: size.width * tile, height: size.height * tile };
}

function meanOf({ width, pixels }: Grey, column: number, row: number): number {
  let sum = 0;
  for (let y = row * tile; y < (row + 1) * tile; y += 1) {
    for (let x = column * tile; x < (column + 1) * tile; x += 1) sum += pixels[y * width + x] ?? 0;
  }
  return sum / (tile * tile);
}

function largestPatch(marked: boolean[], columns: number): readonly number[] {
  let largest: readonly number[] = [];
  for (let start = 0; start < marked.length; start += 1) {
    const patch = takePatch(marked, columns, start);
    if (patch.length > largest.length) largest = patch;
  }
  return largest;
}

/** Unmarks the patch around a tile and tells its tiles. */
function takePatch(marked: boolean[], columns: number, start: number): readonly number[] {
  const patch: number[] = [];
  const take = (at: number) => {
    if (marked[at] !== true) return;
    marked[at] = false;
    patch.push(at);
  };
  take(start);
  for (const at of patch) {
    take(at - columns);
    take(at + columns);
    if (at % columns > 0) take(at - 1);
    if ((at + 1) % columns > 0) take(at + 1);
  }
  return patch;
}

const ink = 150;
const lettersCut = { ofLine: 6, ofColumn: 3 }; // along a side one letter of each line is cut
const stroke = { least: 1, most: 14 }; // across a letter's stroke at 150 dpi; a scanner's dark rim is far longer

/**
 * The strip along the edge of the picture over which the text runs: short dark runs, a line of letters of them, both on the
 * edge itself and a little inside. Null where there is none.
 *
 * @param grey some 150 dpi, evenly lit
 */
export function findCut(grey: Grey): Box | null {
  const { width, height } = grey;
  const inside = 3;
  const deep = Math.round(Math.min(width, height) * 0.06);
  const sides = [
    { lines: [0, inside * width], step: 1, count: width, box: { x: 0, y: 0, width, height: deep } },
    {
      lines: [(height - 1) * width, (height - 1 - inside) * width],
      step: 1,
      count: width,
      box: { x: 0, y: height - deep, width, height: deep },
    },
    { lines: [0, inside], step: width, count: height, box: { x: 0, y: 0, width: deep, height } },
    {
      lines: [width - 1, width - 1 - inside],
      step: width,
      count: height,
      box: { x: width - deep, y: 0, width: deep, height },
    },
  ];
  const cut = sides.find(({ lines, step, count }) =>
    lines.every(
      (start) => strokesAlong(grey, start, step, count) >= (step === 1 ? lettersCut.ofLine : lettersCut.ofColumn),
    ),
  );
  return cut?.box ?? null;
}

function strokesAlong({ pixels }: Grey, start: number, step: number, count: number): number {
  let strokes = 0;
  let run = 0;
  for (let i = 0; i <= count; i += 1) {
    if (i < count && (pixels[start + i * step] ?? 255) < ink) {
      run += 1;
      continue;
    }
    if (run >= stroke.least && run <= stroke.most) strokes += 1;
    run = 0;
  }
  return strokes;
}
