import { zigzag } from "./zigzag.ts";

/** Bits of a level's code by the zeros before it and its size: the tables of T.81 Annex K.3.3, near enough to choose by. */
export const codeBits: Uint8Array = (() => {
  const bits = new Uint8Array(256).fill(16);
  const known = [
    [16, 2, 2, 3, 4, 5, 7, 8, 10, 16, 16],
    [16, 4, 5, 7, 9, 11],
    [16, 5, 8, 10, 12],
    [16, 6, 9, 12],
    [16, 6, 10],
    [16, 7, 11],
    [16, 7, 12],
    [16, 8, 12],
    [16, 9, 15],
    ...[9, 9, 10, 10, 11, 16, 16].map((one) => [16, one]),
  ];
  known.forEach((row, zeros) => {
    bits.set(row, zeros << 4);
  });
  return bits;
})();
const farthest = 12; // of the levels before it that one is tried behind: in a block full of grain all 63 would cost seconds a page
const zeroRunBits = 11;
const endBits = 4;

/** How coarse coefficients become, and what a bit may cost. */
export type Thrift = {
  /** Step of each coefficient in zigzag order; the first is the mean's. */
  readonly steps: Uint8Array;
  /** Squared difference in the block's mean that one bit less is worth. */
  readonly perMeanBit: number;
  /** Squared difference that one bit less is worth: a share of the block's energy, so that a faint mark is left out for no saving. */
  readonly perBit: { readonly least: number; readonly share: number; readonly most: number };
};

const cheapest = new Float64Array(64); // cost of the levels up to k, the last of them not zero
const before = new Uint8Array(64); // the level before it that is not zero
const chosen = new Int16Array(64);
const sizes = new Float64Array(64);
const energy = new Float64Array(64); // of the coefficients up to k: what leaving them out costs
const worth = new Float64Array(1); // of one bit less: a number with a fraction that is handed on is an object each time
const candidates = new Uint8Array(64); // where the nearest level is not zero, behind the place of the mean

/**
 * Levels of a block's 63 coefficients: of all ways to round each one to the nearest step or the one below, or to leave it out, the one
 * whose squared difference and bits are least together. So bits go to strokes, and a scanner's grain gets none.
 *
 * @param coefficients row by row
 * @param levels 64 of them from `at` are written, in zigzag order; they are zeros before
 * @returns whether any level is not zero
 */
export function chooseLevels(coefficients: Float64Array, thrift: Thrift, levels: Int16Array, at: number): boolean {
  const found = roundAll(coefficients, thrift.steps);
  if (found > busy) {
    for (let i = 1; i <= found; i += 1) setLevel(candidates[i] ?? 0, coefficients, levels, at);
    return true;
  }
  const last = found === 0 ? 0 : lastLevel(found, thrift);
  for (let k = last; k > 0; k = before[k] ?? 0) setLevel(k, coefficients, levels, at);
  return last > 0;
}

function setLevel(k: number, coefficients: Float64Array, levels: Int16Array, at: number): void {
  const size = chosen[k] ?? 0;
  levels[at + k] = (coefficients[zigzag[k] ?? 0] ?? 0) < 0 ? -size : size;
}

const busy = 40; // levels that are not zero: of a block of grain or a photograph, whose choosing would cost seconds a page and save little

/** The nearest step of each coefficient's size. @returns how many are not zero */
function roundAll(coefficients: Float64Array, steps: Uint8Array): number {
  let count = 0;
  let sum = 0;
  for (let k = 1; k < 64; k += 1) {
    const size = Math.abs(coefficients[zigzag[k] ?? 0] ?? 0);
    const step = steps[k] ?? 1;
    sizes[k] = size;
    sum += size * size;
    energy[k] = sum;
    if (2 * size < step) continue;
    chosen[k] = Math.floor(size / step + 0.5);
    count += 1;
    candidates[count] = k;
  }
  return count;
}

/** Finds the cheapest path through the block. @returns where it ends; 0 where all zeros are cheapest */
function lastLevel(found: number, { steps, perBit }: Thrift): number {
  const all = energy[63] ?? 0;
  const bit = Math.min(Math.max(perBit.share * all, perBit.least), perBit.most);
  worth[0] = bit;
  let least = all;
  let last = 0;
  for (let i = 1; i <= found; i += 1) {
    const k = candidates[i] ?? 0;
    choose(i, steps[k] ?? 1);
    const total = (cheapest[k] ?? 0) + all - (energy[k] ?? 0) + (k < 63 ? bit * endBits : 0);
    if (total >= least) continue;
    least = total;
    last = k;
  }
  return last;
}

const costUpTo = (k: number): number => (cheapest[k] ?? 0) - (energy[k] ?? 0);

const codeLength = (zeros: number, category: number): number =>
  zeroRunBits * (zeros >> 4) + (codeBits[((zeros & 15) << 4) | category] ?? 16);

/** Takes the better of two levels for the i-th candidate, behind the best of the levels before it. */
function choose(i: number, step: number): void {
  const bit = worth[0] ?? 0;
  const k = candidates[i] ?? 0;
  const size = sizes[k] ?? 0;
  const nearest = chosen[k] ?? 0;
  let least = Number.POSITIVE_INFINITY;
  const below = energy[k - 1] ?? 0;
  const lowest = Math.max(1, nearest - 1);
  for (let tried = nearest; tried >= lowest; tried -= 1) {
    const category = 32 - Math.clz32(tried);
    const own = (size - tried * step) ** 2 + bit * category + below;
    for (let j = Math.max(0, i - farthest); j < i; j += 1) {
      const from = candidates[j] ?? 0;
      const cost = costUpTo(from) + own + bit * codeLength(k - from - 1, category);
      if (cost >= least) continue;
      least = cost;
      chosen[k] = tried;
      before[k] = from;
    }
  }
  cheapest[k] = least;
}
