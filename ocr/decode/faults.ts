import type { Grey } from "./look.ts";

const tile = 16;
const blown = 252;
const brightPaper = 238;

/**
 * Share of the page that a light has burnt out: the largest patch of pure white on paper that is itself darker. 0 where the
 * paper is nearly white all over, as scanners make it: there nothing is told apart.
 *
 * @param grey as it was scanned, not evenly lit
 */
export function glareShare(grey: Grey): number {
  const columns = Math.floor(grey.width / tile);
  const rows = Math.floor(grey.height / tile);
  const means = Array.from({ length: columns * rows }, (_, i) => meanOf(grey, i % columns, Math.floor(i / columns)));
  const paper = means.toSorted((a, b) => a - b)[Math.floor(means.length * 0.6)] ?? 255;
  if (means.length === 0 || paper >= brightPaper) return 0;
  const white = means.map((mean) => mean >= blown);
  return largestPatch(white, columns) / means.length;
}

function meanOf({ width, pixels }: Grey, column: number, row: number): number {
  let sum = 0;
  for (let y = row * tile; y < (row + 1) * tile; y += 1) {
    for (let x = column * tile; x < (column + 1) * tile; x += 1) sum += pixels[y * width + x] ?? 0;
  }
  return sum / (tile * tile);
}

function largestPatch(marked: boolean[], columns: number): number {
  let largest = 0;
  for (let start = 0; start < marked.length; start += 1) largest = Math.max(largest, takePatch(marked, columns, start));
  return largest;
}

/** Unmarks the patch around a tile and tells how large it was. */
function takePatch(marked: boolean[], columns: number, start: number): number {
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
  return patch.length;
}

const ink = 150;
const lettersCut = 6;
const stroke = { least: 1, most: 14 }; // across a letter's stroke at 150 dpi; a scanner's dark rim is far longer

/**
 * Whether the text runs over an edge of the picture: short dark runs, a line of letters of them, both on the edge itself and
 * a little inside.
 *
 * @param grey some 150 dpi, evenly lit
 */
export function isCutOff(grey: Grey): boolean {
  const { width, height } = grey;
  const inside = 3;
  const sides = [
    [strokesAlong(grey, 0, 1, width), strokesAlong(grey, inside * width, 1, width)],
    [strokesAlong(grey, (height - 1) * width, 1, width), strokesAlong(grey, (height - 1 - inside) * width, 1, width)],
    [strokesAlong(grey, 0, width, height), strokesAlong(grey, inside, width, height)],
    [strokesAlong(grey, width - 1, width, height), strokesAlong(grey, width - 1 - inside, width, height)],
  ];
  return sides.some((side) => side.every((strokes) => strokes >= lettersCut));
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
