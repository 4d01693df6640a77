import { type Grey, smaller } from "./look.ts";
import type { Box } from "./round-shapes.ts";

const legMm = { least: 12, most: 90 };
const cellsPerInch = 12;
const unlike = 30;

/**
 * A corner that is not paper: a triangle of another tone that fills it, as a folded sheet or one that lay beside the glass
 * leaves. Null where all four are paper, or the page is no sheet on white.
 *
 * @param grey some 150 dpi, evenly lit is not wanted: the corner would be evened with the rest
 */
export function findFoldedCorner(grey: Grey, dpi: number): Box | null {
  const cell = Math.max(4, Math.round(dpi / cellsPerInch));
  const cells = smaller(grey, cell);
  const paper = cells.pixels.toSorted()[Math.floor(cells.pixels.length * 0.7)] ?? 255;
  const mmPerCell = (cell / dpi) * 25.4;
  for (const corner of corners) {
    const legs = legsOf(cells, corner, paper);
    if (legs === null || !isTriangle(legs, mmPerCell)) continue;
    const [width, height] = [legs.across * cell, legs.down * cell];
    return { x: corner.right ? grey.width - width : 0, y: corner.bottom ? grey.height - height : 0, width, height };
  }
  return null;
}

const corners = [
  { right: false, bottom: false },
  { right: true, bottom: false },
  { right: true, bottom: true },
  { right: false, bottom: true },
];

type Legs = { readonly across: number; readonly down: number; readonly cells: number };

/** Cells of one tone that hang together with the corner's own, by rows from the corner; null where the corner is paper. */
function legsOf(
  { width: columns, height: rows, pixels: levels }: Grey,
  { right, bottom }: (typeof corners)[number],
  paper: number,
): Legs | null {
  const at = (x: number, y: number) =>
    levels[(bottom ? rows - 1 - y : y) * columns + (right ? columns - 1 - x : x)] ?? paper;
  const tone = at(1, 1);
  if (Math.abs(tone - paper) < unlike) return null;
  const isLike = (x: number, y: number) => Math.abs(at(x, y) - tone) < unlike / 2 + Math.abs(tone - paper) * 0.25;
  let [across, down, count, before] = [0, 0, 0, columns];
  for (let y = 0; y < rows; y += 1) {
    let length = 0;
    while (length < columns && isLike(length, y)) length += 1;
    if (y > 0 && (length === 0 || length > before + 1)) break;
    before = length;
    across = Math.max(across, length);
    down = y + 1;
    count += length;
  }
  return { across, down, cells: count };
}

function isTriangle({ across, down, cells }: Legs, mmPerCell: number): boolean {
  const legs = [across * mmPerCell, down * mmPerCell];
  if (legs.some((leg) => leg < legMm.least || leg > legMm.most)) return false;
  const filled = cells / (across * down);
  return filled > 0.35 && filled < 0.72 && Math.max(across, down) < 2.6 * Math.min(across, down);
}
