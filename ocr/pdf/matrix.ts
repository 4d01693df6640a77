import type { PdfValue } from "./values.ts";

/** From a picture's unit square, or a form's space, to points of the page. ISO 32000-1 §8.3.4. */
export type Matrix = readonly [number, number, number, number, number, number];

export const upright: Matrix = [1, 0, 0, 1, 0, 0];

/** @returns null where the operands are no matrix; what comes first is applied first */
export function times(operands: readonly PdfValue[], [p, q, r, s, t, u]: Matrix): Matrix | null {
  const [a, b, c, d, e, f] = operands.map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined)
    return null;
  return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u];
}
