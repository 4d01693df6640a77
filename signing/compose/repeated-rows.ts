import type { Dots } from "./encode-fax.ts";

/**
 * The rows of a fax whose rows were repeated to make its dots square (204 x 98 dots an inch become 204 x 204), each once: drawn
 * over the same height they show the same dots. Others as they are.
 */
export function withoutRepeats(dots: Dots): Dots {
  const { widthPx, heightPx, rows } = dots;
  const rowBytes = Math.ceil(widthPx / 8);
  const row = (y: number) => Buffer.from(rows.buffer, rows.byteOffset + y * rowBytes, rowBytes);
  const repeats = Array.from({ length: heightPx }, (_, y) => y > 0 && row(y).equals(row(y - 1)));
  const height = leastHeight(repeats);
  if (height === heightPx) return dots;
  const once = new Uint8Array(rowBytes * height);
  for (let y = heightPx - 1; y >= 0; y -= 1) once.set(row(y), rowBytes * Math.floor((y * height) / heightPx));
  return { widthPx, heightPx: height, rows: once };
}

const mostRepeats = 4; // 408 x 98 dots an inch

/** The fewest rows from which all of these are made by repeating them evenly: row y is row y·h/H of the fewer, rounded down. */
function leastHeight(repeats: readonly boolean[]): number {
  const full = repeats.length;
  for (let height = Math.ceil(full / mostRepeats); height < full; height += 1) {
    if (repeats.every((same, y) => same || y === 0 || place(y, height, full) !== place(y - 1, height, full)))
      return height;
  }
  return full;
}

const place = (y: number, height: number, full: number) => Math.floor((y * height) / full);
