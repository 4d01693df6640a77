import type { Grey } from "./look.ts";

/** Dark dots along each row and each column, in eight strips each, so that a little skew does not smooth lines away. */
export type InkSums = {
  /** Strip by strip of columns, a count a row. */
  readonly rows: readonly Uint32Array[];
  /** Strip by strip of rows, a count a column. */
  readonly columns: readonly Uint32Array[];
};

const strips = 8;

export function inkSums(grey: Grey, ink: number): InkSums {
  const rows = Array.from({ length: strips }, () => new Uint32Array(grey.height));
  const columns = Array.from({ length: strips }, () => new Uint32Array(grey.width));
  const [lefts, tops] = [bounds(grey.width), bounds(grey.height)];
  columns.forEach((inStrip, down) => {
    for (let y = tops[down] ?? 0; y < (tops[down + 1] ?? 0); y += 1)
      rows.forEach((inRows, across) => {
        const from = lefts[across] ?? 0;
        const to = lefts[across + 1] ?? 0;
        inRows[y] = countInk(grey, { y, from, to, ink }, inStrip);
      });
  });
  return { rows, columns };
}

type Piece = { readonly y: number; readonly from: number; readonly to: number; readonly ink: number };

/** Dark dots of a piece of a row, each noted in its column. */
function countInk({ width, pixels }: Grey, { y, from, to, ink }: Piece, columns: Uint32Array): number {
  let dark = 0;
  for (let x = from; x < to; x += 1) {
    if ((pixels[y * width + x] ?? 255) >= ink) continue;
    dark += 1;
    columns[x] = (columns[x] ?? 0) + 1;
  }
  return dark;
}

const bounds = (length: number): readonly number[] =>
  Array.from({ length: strips + 1 }, (_, strip) => Math.floor((length * strip) / strips));
