import type { Grey } from "./look.ts";

/** Boxes of ink that hangs together, four numbers each: left, top, width, height. */
export type Boxes = Uint16Array;

export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const most = 12_000; // a page of small print has some 5,000 letters; more is a raster or a picture
const runsASpeck = 30;

/**
 * What stands apart on the page: letters, parts of letters, strokes of a pen, rules. Empty where there are too many to be print.
 *
 * @param grey evenly lit
 * @param ink the level below which a dot is ink
 * @param times by how much the boxes are grown, to be those of a larger picture of the same
 */
export function glyphBoxes(grey: Grey, ink: number, times: number): Boxes {
  const pieces: Pieces = { parents: [], boxes: [] };
  let above: readonly Run[] = [];
  for (let y = 0; y < grey.height; y += 1) {
    const here = runsOf(grey, y, ink);
    joinRows(above, here, y, pieces);
    above = here;
    if (pieces.parents.length > runsASpeck * most) return new Uint16Array();
  }
  return packed(pieces, times);
}

type Run = { readonly from: number; readonly to: number; piece: number };
type Box = { left: number; top: number; right: number; bottom: number };
type Pieces = { readonly parents: number[]; readonly boxes: Box[] };

function runsOf({ width, pixels }: Grey, y: number, ink: number): readonly Run[] {
  const runs: Run[] = [];
  const end = (y + 1) * width;
  for (let at = y * width; at < end; at += 1) {
    if ((pixels[at] ?? 255) >= ink) continue;
    const from = at;
    while (at < end && (pixels[at] ?? 255) < ink) at += 1;
    runs.push({ from: from - y * width, to: at - y * width, piece: -1 });
  }
  return runs;
}

/** Runs that touch one above, corners too, are of its piece; two pieces that meet become one. */
function joinRows(above: readonly Run[], here: readonly Run[], y: number, pieces: Pieces): void {
  let first = 0;
  for (const run of here) {
    run.piece = added(pieces, { left: run.from, top: y, right: run.to, bottom: y + 1 });
    while (endOf(above[first]) < run.from) first += 1;
    for (let i = first; startOf(above[i]) <= run.to; i += 1)
      run.piece = merged(pieces, rootOf(pieces, run.piece), rootOf(pieces, above[i]?.piece ?? 0));
  }
}

const endOf = (run: Run | undefined): number => run?.to ?? Number.POSITIVE_INFINITY;
const startOf = (run: Run | undefined): number => run?.from ?? Number.POSITIVE_INFINITY;

function added({ parents, boxes }: Pieces, box: Box): number {
  parents.push(parents.length);
  return boxes.push(box) - 1;
}

function rootOf({ parents }: Pieces, piece: number): number {
  let root = piece;
  for (let parent = parents[root] ?? root; parent !== root; parent = parents[root] ?? root) root = parent;
  parents[piece] = root;
  return root;
}

function merged({ parents, boxes }: Pieces, a: number, b: number): number {
  if (a === b) return a;
  const [kept, gone] = a < b ? [a, b] : [b, a];
  parents[gone] = kept;
  grow(boxes[kept], boxes[gone]);
  return kept;
}

function grow(box: Box | undefined, other: Box | undefined): void {
  if (box === undefined || other === undefined) return;
  box.left = Math.min(box.left, other.left);
  box.top = Math.min(box.top, other.top);
  box.right = Math.max(box.right, other.right);
  box.bottom = Math.max(box.bottom, other.bottom);
}

function packed({ parents, boxes }: Pieces, times: number): Boxes {
  const whole = boxes.filter((_, i) => parents[i] === i);
  if (whole.length > most) return new Uint16Array();
  return Uint16Array.from(
    whole.flatMap(({ left, top, right, bottom }) => [left, top, right - left, bottom - top].map((n) => n * times)),
  );
}

export function areasOf(glyphs: Boxes): readonly Area[] {
  const at = (i: number) => glyphs[i] ?? 0;
  return Array.from({ length: glyphs.length / 4 }, (_, i) => ({
    x: at(4 * i),
    y: at(4 * i + 1),
    width: at(4 * i + 2),
    height: at(4 * i + 3),
  }));
}
