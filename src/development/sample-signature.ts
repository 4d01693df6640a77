import { grayscale, type PDFPage } from "pdf-lib";
import { type Drawing, millimetres } from "./sample-ink.ts";

/** A stroke of the pen: places in millimetres from the left lower corner, the pen's pressure beside each. */
export type Stroke = readonly (readonly [x: number, y: number, pressure: number])[];

/** Handwriting that spells no name, to be inked blue: strokes smoothed through their places, thick where pressed. */
export function signatureDrawing(strokes: readonly Stroke[]): Drawing {
  const draw = (page: PDFPage) => {
    for (const stroke of strokes) drawStroke(page, stroke);
  };
  return { widthMillimetres: 48, heightMillimetres: 20, draw };
}

function drawStroke(page: PDFPage, stroke: Stroke): void {
  const stepsBetween = 300; // closer together than the thinnest line is wide
  for (let i = 0; i + 1 < stroke.length; i++) {
    for (let step = 0; step < stepsBetween; step++) {
      const [x, y, pressure] = placeBetween(stroke, i, step / stepsBetween);
      page.drawCircle({ x: millimetres(x), y: millimetres(y), size: millimetres(pressure / 2), color: grayscale(0) });
    }
  }
}

/** Catmull-Rom through the places: the curve meets each of them without a corner. */
function placeBetween(stroke: Stroke, i: number, t: number): [number, number, number] {
  const at = (index: number) => stroke[Math.min(Math.max(index, 0), stroke.length - 1)] ?? ([0, 0, 0] as const);
  const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
  const along = (axis: 0 | 1 | 2): number => {
    const [a, b, c, d] = [before[axis], from[axis], to[axis], after[axis]];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  };
  return [along(0), along(1), Math.max(0.16, along(2))];
}

/** The demo officer's. */
export const officerStrokes: readonly Stroke[] = [
  [
    [6, 6, 0.2],
    [9, 15, 0.45],
    [13, 17.5, 0.3],
    [14, 12, 0.5],
    [9, 5, 0.55],
    [7, 7, 0.3],
    [13, 9.5, 0.35],
    [17, 11, 0.4],
    [17.5, 7.5, 0.5],
    [19.5, 7.6, 0.3],
    [21.5, 10.8, 0.3],
    [22, 7.2, 0.5],
    [24, 7.8, 0.3],
    [26, 10.6, 0.3],
    [26.6, 7.4, 0.45],
    [29, 8.2, 0.25],
    [32, 15.5, 0.3],
    [31, 6, 0.5],
    [30, 2.5, 0.4],
    [28.6, 4.6, 0.25],
    [33, 8.4, 0.3],
    [38, 9.6, 0.25],
    [45, 11.5, 0.15],
  ],
  [
    [4, 4.2, 0.15],
    [14, 3.4, 0.4],
    [26, 4.6, 0.35],
    [41, 5.8, 0.15],
  ],
  [
    [19.4, 13.4, 0.3],
    [20.6, 14.6, 0.4],
    [21.8, 13.2, 0.2],
  ],
];

/** The headmaster's on the sample page: another hand. */
export const headmasterStrokes: readonly Stroke[] = [
  [
    [5, 12, 0.2],
    [10, 17, 0.4],
    [12, 11, 0.5],
    [8, 4, 0.5],
    [6, 8, 0.3],
    [14, 13, 0.3],
    [20, 14, 0.35],
    [18, 8, 0.45],
    [16, 8, 0.3],
    [21, 11.5, 0.3],
    [23, 8, 0.45],
    [27, 12, 0.3],
    [26, 7.6, 0.45],
    [31, 10, 0.25],
    [43, 15, 0.15],
  ],
  [
    [10, 6.2, 0.2],
    [24, 4.6, 0.4],
    [36, 6.6, 0.15],
  ],
];
