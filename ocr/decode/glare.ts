import { type Cells, cellsOf, growthOf, patchesOf } from "./burnt-cells.ts";
import type { Grey } from "./look.ts";
import type { Corners } from "./plane.ts";
import type { Box } from "./round-shapes.ts";

const cellMm = 0.5;
const leastMm2 = 40; // some letters wide; less hides nothing that cannot be made out beside it
const mostShare = 0.3; // more is a sheet that was taken too light as a whole
const paperMm = { from: 5, to: 9 }; // from the patch's edge
const edgeMm = 1;
const leastDrop = 10;
const leastFade = 0.15;
const whole = 0.85; // of its rows from end to end: letters nibble at the rim
const roundFill = { least: 0.62, most: 0.88 }; // of its bounding box; an ellipse fills 0.79

/**
 * The largest patch in which a lamp or window is mirrored: burnt to white without any print left, on paper that is darker a
 * few millimetres on. A page lit from one side falls off more slowly; white that is printed ends at once and is no oval.
 * On paper that a scanner made all white nothing can be told apart.
 *
 * @param grey as it was scanned, not evenly lit
 * @param corners of the sheet in a photograph, in shares of it: a mirrored lamp beside the sheet is none of the page's
 */
export function findGlare(grey: Grey, dpi: number, corners: Corners | null): Box | null {
  const cells = cellsOf(grey, Math.max(2, Math.round((cellMm / 25.4) * dpi)), corners);
  const mm = (cells.size * 25.4) / dpi;
  const mirrored = patchesOf(cells)
    .filter(({ length }) => length * mm ** 2 >= leastMm2 && length <= mostShare * cells.burnt.length)
    .toSorted((a, b) => b.length - a.length)
    .find((patch) => isMirrored(patch, cells, mm));
  return mirrored === undefined ? null : boxAround(mirrored, cells);
}

function isMirrored(patch: readonly number[], cells: Cells, mm: number): boolean {
  const rings = growthOf(patch, cells, Math.ceil(paperMm.to / mm)).map((ring) =>
    ring.map(cells.lightOf).filter((level) => level > 0),
  );
  const paper = rings.slice(Math.round(paperMm.from / mm)).flat();
  if (paper.length === 0 || 255 - percentile(paper, 0.8) < leastDrop) return false;
  const from = Math.max(1, Math.round(edgeMm / 2 / mm)); // the first ring is half in the light, however sharp the edge
  const edge = rings.slice(from, from + Math.max(1, Math.round(edgeMm / 2 / mm))).flat();
  return fadeOf(edge, percentile(paper, 0.5)) >= leastFade || isOval(patch, cells);
}

/** How much of the light is left just outside: half and more of a lamp's, nothing of printed white. */
function fadeOf(edge: readonly number[], paper: number): number {
  const near = edge.reduce((sum, level) => sum + level, 0) / Math.max(1, edge.length);
  return (near - paper) / Math.max(1, 255 - paper);
}

const percentile = (levels: readonly number[], share: number): number =>
  levels.toSorted((a, b) => a - b)[Math.floor(levels.length * share)] ?? 255;

/** Nothing stands in it, and it fills of its box what a round thing fills: neither a code nor the ground of a portrait. */
function isOval(patch: readonly number[], cells: Cells): boolean {
  const { width, height } = boxAround(patch, cells);
  const fill = (patch.length * cells.size ** 2) / (width * height);
  if (fill < roundFill.least || fill > roundFill.most) return false;
  const rows = new Map<number, { least: number; most: number }>();
  for (const at of patch) {
    const [column, row] = [at % cells.columns, Math.floor(at / cells.columns)];
    const { least, most } = rows.get(row) ?? { least: column, most: column };
    rows.set(row, { least: Math.min(least, column), most: Math.max(most, column) });
  }
  const spans = [...rows.values()].reduce((sum, { least, most }) => sum + most - least + 1, 0);
  return patch.length >= whole * spans;
}

function boxAround(patch: readonly number[], { columns, size }: Cells): Box {
  let [left, top, right, bottom] = [columns, Number.POSITIVE_INFINITY, 0, 0];
  for (const at of patch) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  }
  return { x: left * size, y: top * size, width: (right - left + 1) * size, height: (bottom - top + 1) * size };
}
