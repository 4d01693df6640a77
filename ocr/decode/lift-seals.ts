import type { Grey } from "./look.ts";

export type Rgb = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

const cellsPerInch = 25;
const sealMm = { least: 15, most: 55 };
const roundest = 1.45; // longer side over shorter: a seal may be cut by the page's edge, a heading is far longer

/**
 * Grey for reading: where a red seal lies over the text, its ink is taken away by looking through red light, in which black
 * print stays black. Only within round red shapes of a seal's size: a heading printed in red would vanish too.
 */
export function greyWithoutSeals(rgb: Rgb, dpi: number): Grey {
  const grey = greyOfRgb(rgb);
  for (const seal of findSeals(rgb, dpi)) lift(rgb, grey.pixels, seal);
  return grey;
}

function greyOfRgb({ width, height, pixels }: Rgb): Grey {
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 3) {
    grey[i] = ((pixels[at] ?? 0) * 77 + (pixels[at + 1] ?? 0) * 150 + (pixels[at + 2] ?? 0) * 29 + 128) >> 8;
  }
  return { width, height, pixels: grey };
}

/** A box in pixels of the picture. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Boxes of red shapes about as wide as tall, 15 to 55 mm. */
export function findSeals(rgb: Rgb, dpi: number): readonly Box[] {
  const cell = Math.max(2, Math.round(dpi / cellsPerInch));
  const cells = redCells(rgb, cell);
  const mm = dpi / 25.4;
  const isSeal = ({ width, height }: Box) => {
    const [short, long] = [Math.min(width, height), Math.max(width, height)];
    return short >= sealMm.least * mm && long <= sealMm.most * mm && long <= roundest * short;
  };
  return shapesOf(cells)
    .map(({ x, y, width, height }) => ({ x: x * cell, y: y * cell, width: width * cell, height: height * cell }))
    .filter(isSeal);
}

const isRed = (red: number, green: number, blue: number): boolean => red - Math.max(green, blue) > 35;

type Cells = { readonly columns: number; readonly rows: number; readonly red: Uint8Array };

function redCells({ width, height, pixels }: Rgb, cell: number): Cells {
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const counts = new Uint16Array(columns * rows);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell) * columns;
    for (let x = 0, at = y * width * 3; x < width; x += 1, at += 3) {
      if (!isRed(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)) continue;
      const i = row + Math.floor(x / cell);
      counts[i] = (counts[i] ?? 0) + 1;
    }
  }
  const few = Math.max(2, cell * cell * 0.08);
  return { columns, rows, red: Uint8Array.from(counts, (count) => (count >= few ? 1 : 0)) };
}

/** Connected shapes, cells two apart taken for neighbours: a seal's ring is often broken. */
function shapesOf({ columns, rows, red }: Cells): readonly Box[] {
  const left = red.slice();
  const shapes: Box[] = [];
  for (let start = 0; start < left.length; start += 1) {
    if (left[start] === 0) continue;
    left[start] = 0;
    const found = [start];
    for (const at of found) {
      for (const next of around(at, columns, rows)) {
        if (left[next] !== 1) continue;
        left[next] = 0;
        found.push(next);
      }
    }
    shapes.push(boxOf(found, columns));
  }
  return shapes;
}

function* around(at: number, columns: number, rows: number): Generator<number> {
  const [x, y] = [at % columns, Math.floor(at / columns)];
  for (let row = Math.max(0, y - 2); row <= Math.min(rows - 1, y + 2); row += 1) {
    for (let column = Math.max(0, x - 2); column <= Math.min(columns - 1, x + 2); column += 1) {
      yield row * columns + column;
    }
  }
}

function boxOf(cells: readonly number[], columns: number): Box {
  const [xs, ys] = [cells.map((at) => at % columns), cells.map((at) => Math.floor(at / columns))];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const [x, y] = [least(xs), least(ys)];
  return { x, y, width: most(xs) - x + 1, height: most(ys) - y + 1 };
}

function lift({ width, height, pixels }: Rgb, grey: Uint8Array, box: Box): void {
  const paper = paperAround(grey, width, height, box);
  for (let y = box.y; y < Math.min(height, box.y + box.height); y += 1) {
    for (let x = box.x; x < Math.min(width, box.x + box.width); x += 1) {
      const i = y * width + x;
      const [red, green, blue] = [pixels[3 * i] ?? 0, pixels[3 * i + 1] ?? 0, pixels[3 * i + 2] ?? 0];
      if (red - Math.max(green, blue) < 12) continue;
      grey[i] = red > 0.72 * paper ? paper : Math.min(paper, red);
    }
  }
}

// Four fifths of the way up the levels inside: paper, even where much ink lies.
function paperAround(grey: Uint8Array, width: number, height: number, box: Box): number {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let y = box.y; y < Math.min(height, box.y + box.height); y += 1) {
    for (let x = box.x; x < Math.min(width, box.x + box.width); x += 1) {
      const level = grey[y * width + x] ?? 0;
      counts[level] = (counts[level] ?? 0) + 1;
      total += 1;
    }
  }
  let rest = total * 0.8;
  const level = counts.findIndex((count) => {
    rest -= count;
    return rest <= 0;
  });
  return level < 0 ? 255 : level;
}
