/** Bits of a level's code by the zeros before it and its size: the tables of T.81 Annex K.3.3, near enough to choose by. */
const codeBits: Uint8Array = (() => {
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
  /** Step of each coefficient in zigzag order; the first, of the mean, is not used here. */
  readonly steps: Uint8Array;
  /** Squared difference that one bit less is worth: a share of the block's energy, so that a faint mark is left out for no saving. */
  readonly perBit: { readonly least: number; readonly share: number; readonly most: number };
};

const cheapest = new Float64Array(64); // cost of the levels up to k, the last of them not zero
const before = new Uint8Array(64); // the level before it that is not zero
const chosen = new Int16Array(64);
const energy = new Float64Array(64); // of the coefficients up to k: what leaving them out costs
const candidates = new Uint8Array(64);

/**
 * Levels of a block's 63 coefficients: of all ways to round each one to the nearest step or the one below, or to leave it out, the one
 * whose squared difference and bits are least together. So bits go to strokes, and a scanner's grain gets none.
 *
 * @param coefficients in zigzag order
 * @param levels 64 of them from `at` are written; they are zeros before
 * @returns whether any level is not zero
 */
export function chooseLevels(coefficients: Float64Array, thrift: Thrift, levels: Int16Array, at: number): boolean {
  if (roundAll(coefficients, thrift.steps) > busy) {
    levels.set(chosen, at);
    return true;
  }
  const last = lastLevel(coefficients, thrift);
  for (let k = last; k > 0; k = before[k] ?? 0) levels[at + k] = chosen[k] ?? 0;
  return last > 0;
}

const busy = 40; // levels that are not zero: of a block of grain or a photograph, whose choosing would cost seconds a page and save little

/** @returns how many are not zero at the nearest step */
function roundAll(coefficients: Float64Array, steps: Uint8Array): number {
  let count = 0;
  for (let k = 1; k < 64; k += 1) {
    const level = Math.round((coefficients[k] ?? 0) / (steps[k] ?? 1));
    chosen[k] = level;
    if (level !== 0) count += 1;
  }
  return count;
}

/** Finds the cheapest path through the block. @returns where it ends; 0 where all zeros are cheapest */
function lastLevel(coefficients: Float64Array, { steps, perBit }: Thrift): number {
  const all = sumUp(coefficients);
  const bit = Math.min(Math.max(perBit.share * all, perBit.least), perBit.most);
  let found = 1;
  let [least, last] = [all, 0];
  for (let k = 1; k < 64; k += 1) {
    if (!isReached(k, coefficients[k] ?? 0, { step: steps[k] ?? 1, bit, found })) continue;
    candidates[found] = k;
    found += 1;
    const total = (cheapest[k] ?? 0) + all - (energy[k] ?? 0) + (k < 63 ? bit * endBits : 0);
    if (total < least) [least, last] = [total, k];
  }
  return last;
}

type Here = { readonly step: number; readonly bit: number; readonly found: number };

function isReached(k: number, coefficient: number, here: Here): boolean {
  const size = Math.abs(coefficient);
  const nearest = Math.floor(size / here.step + 0.5);
  if (nearest === 0) return false;
  const level = bestLevel(k, size, nearest, here);
  chosen[k] = coefficient < 0 ? -level : level;
  return true;
}

function sumUp(coefficients: Float64Array): number {
  let sum = 0;
  for (let k = 1; k < 64; k += 1) {
    const value = coefficients[k] ?? 0;
    sum += value * value;
    energy[k] = sum;
  }
  return sum;
}

/** The better of two levels at k, behind the best of the levels before it. */
function bestLevel(k: number, size: number, nearest: number, { step, bit, found }: Here): number {
  let [least, level] = [Number.POSITIVE_INFINITY, nearest];
  const lowest = Math.max(1, nearest - 1);
  for (let tried = nearest; tried >= lowest; tried -= 1) {
    const category = 32 - Math.clz32(tried);
    const own = (size - tried * step) ** 2 + bit * category;
    for (let i = Math.max(0, found - farthest); i < found; i += 1) {
      const from = candidates[i] ?? 0;
      const zeros = k - from - 1;
      const bits = zeroRunBits * (zeros >> 4) + (codeBits[((zeros & 15) << 4) | category] ?? 16);
      const left = (energy[k - 1] ?? 0) - (energy[from] ?? 0);
      const cost = (cheapest[from] ?? 0) + left + own + bit * bits;
      if (cost < least) {
        least = cost;
        level = tried;
        before[k] = from;
      }
    }
  }
  cheapest[k] = least;
  return level;
}
