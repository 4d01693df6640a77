import { quickLoops } from "../quick/loops.ts";
import type { Grey } from "./look.ts";

const tile = 32;
const paperShare = 0.8;
const darkest = 60;
const paperLevel = 235;

/**
 * The page as if evenly lit: each pixel against the paper around it, so that shadow, vignette and yellowed paper all come
 * out near 235. For measuring and reading only; never for what is certified.
 */
export const evenLight = (grey: Grey): Grey => quicklyEven(grey) ?? plainlyEven(grey);

function quicklyEven({ width, height, pixels }: Grey): Grey | null {
  const loops = quickLoops(2 * pixels.length);
  if (loops === null) return null;
  const [from = 0, to = 0] = loops.room(pixels.length, pixels.length);
  loops.bytes(from, pixels.length).set(pixels);
  for (let top = 0; top < height; top += tile)
    for (let left = 0; left < width; left += tile) {
      const [across, down] = [Math.min(tile, width - left), Math.min(tile, height - top)];
      const at = top * width + left;
      const level = loops.levelAbove(from + at, width, across, down, across * down * paperShare);
      loops.lightTile(from + at, to + at, width, across, down, Math.max(level, darkest));
    }
  return { width, height, pixels: loops.bytes(to, pixels.length).slice() };
}

export function plainlyEven(grey: Grey): Grey {
  const { width, height, pixels } = grey;
  const columns = Math.ceil(width / tile);
  const paper = paperLevels(grey, columns);
  const even = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / tile) * columns;
    for (let column = 0; column < columns; column += 1) {
      const lit = litFrom(paper[row + column] ?? paperLevel);
      const end = y * width + Math.min(width, (column + 1) * tile);
      for (let at = y * width + column * tile; at < end; at += 1) even[at] = lit[pixels[at] ?? 0] ?? 0;
    }
  }
  return { width, height, pixels: even };
}

const tables = new Map<number, Uint8Array>();

/** What each level becomes where paper has this one; the same for every page. */
function litFrom(paper: number): Uint8Array {
  const known = tables.get(paper);
  if (known !== undefined) return known;
  const table = Uint8Array.from({ length: 256 }, (_, level) => Math.min(255, (level * paperLevel) / paper));
  tables.set(paper, table);
  return table;
}

function paperLevels(grey: Grey, columns: number): Float64Array {
  const rows = Math.ceil(grey.height / tile);
  const levels = new Float64Array(columns * rows);
  for (let i = 0; i < levels.length; i += 1) {
    levels[i] = paperOf(grey, (i % columns) * tile, Math.floor(i / columns) * tile);
  }
  return levels;
}

// Four fifths of the way up the tile's levels: paper even where a heading fills much of it. Very dark tiles are pictures.
function paperOf({ width, height, pixels }: Grey, left: number, top: number): number {
  const counts = new Uint16Array(256);
  const right = Math.min(left + tile, width);
  const bottom = Math.min(top + tile, height);
  for (let y = top; y < bottom; y += 1) {
    for (let at = y * width + left; at < y * width + right; at += 1) {
      const level = pixels[at] ?? 0;
      counts[level] = (counts[level] ?? 0) + 1;
    }
  }
  let left80 = (right - left) * (bottom - top) * paperShare;
  let level = 0;
  for (; level < 255; level += 1) {
    left80 -= counts[level] ?? 0;
    if (left80 <= 0) break;
  }
  return Math.max(level, darkest);
}
