// Half of cos(kπ/16), written out: the same page must give the same bytes on every machine.
const half = [
  0.5, 0.4903926402016152, 0.46193976625564337, 0.4157348061512726, 0.3535533905932738, 0.2777851165098011,
  0.1913417161825449, 0.09754516100806412,
] as const;
const [, c1, c2, c3, c4, c5, c6, c7] = half;

const turned = new Float64Array(64);

/** The 8 x 8 transform of T.81 §A.3.3, orthonormal: squared differences of coefficients are those of samples. */
export function transform(samples: Float64Array, coefficients: Float64Array): void {
  halfTransform(samples, turned);
  halfTransform(turned, coefficients);
}

/** Each row transformed, and laid down as a column. */
function halfTransform(from: Float64Array, to: Float64Array): void {
  for (let row = 0; row < 8; row += 1) {
    const at = 8 * row;
    even(from, at, to, row);
    odd(from, at, to, row);
  }
}

function even(from: Float64Array, at: number, to: Float64Array, row: number): void {
  const a0 = (from[at] ?? 0) + (from[at + 7] ?? 0);
  const a1 = (from[at + 1] ?? 0) + (from[at + 6] ?? 0);
  const a2 = (from[at + 2] ?? 0) + (from[at + 5] ?? 0);
  const a3 = (from[at + 3] ?? 0) + (from[at + 4] ?? 0);
  const outer = a0 - a3;
  const inner = a1 - a2;
  to[row] = c4 * (a0 + a3 + (a1 + a2));
  to[32 + row] = c4 * (a0 + a3 - (a1 + a2));
  to[16 + row] = c2 * outer + c6 * inner;
  to[48 + row] = c6 * outer - c2 * inner;
}

function odd(from: Float64Array, at: number, to: Float64Array, row: number): void {
  const b0 = (from[at] ?? 0) - (from[at + 7] ?? 0);
  const b1 = (from[at + 1] ?? 0) - (from[at + 6] ?? 0);
  const b2 = (from[at + 2] ?? 0) - (from[at + 5] ?? 0);
  const b3 = (from[at + 3] ?? 0) - (from[at + 4] ?? 0);
  to[8 + row] = c1 * b0 + c3 * b1 + c5 * b2 + c7 * b3;
  to[24 + row] = c3 * b0 - c7 * b1 - c1 * b2 - c5 * b3;
  to[40 + row] = c5 * b0 - c1 * b1 + c7 * b2 + c3 * b3;
  to[56 + row] = c7 * b0 - c5 * b1 + c3 * b2 - c1 * b3;
}
