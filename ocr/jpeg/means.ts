/** Bits that a difference of each size takes with its code, as the means of scanned papers come to; near enough to choose by. */
const bitsOfSize = Float64Array.of(1, 3, 7, 8.5, 9.5, 10, 11, 13, 18, 20, 22, 24);

/**
 * Levels of the blocks' means: of all ways to take for each the nearest step, the one above or the one below, the one whose squared
 * difference and bits are least together. Each mean is coded as its difference from the one before (T.81 §G.1.2.1), so grain that lifts
 * one block by a step costs bits twice; a wide pale ground costs them at its edges only, and stays.
 *
 * @param exact means in steps, with their fractions, in the order in which they are coded
 * @param perBit squared difference in steps that one bit less is worth; 0 takes the nearest
 * @param drawn 1 where anything stands in the block: then its mean is the nearest, and print is what it was
 */
export function chooseMeans(exact: Float64Array, perBit: number, drawn: Uint8Array): Int32Array {
  const from = new Uint8Array(3 * exact.length); // for each block and choice the choice for the block before it
  const reached = Float64Array.of(Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY);
  const next = new Float64Array(3); // a page has 200,000 blocks: nothing is allocated for one
  const bits = new Float64Array(5);
  let last = -1; // before the first block there is a mean of zero
  for (let i = 0; i < exact.length; i += 1) {
    const value = exact[i] ?? 0;
    const lowest = Math.round(value) - 1;
    for (let apart = 0; apart < 5; apart += 1) bits[apart] = perBit * bitsOf(lowest - last + apart - 2);
    for (let choice = 0; choice < 3; choice += 1) {
      const before = cheapestBefore(choice, reached, bits);
      from[3 * i + choice] = before;
      const own = ownCost(value - lowest - choice, drawn[i] === 1 && choice !== 1);
      next[choice] = (reached[before] ?? 0) + (bits[choice - before + 2] ?? 0) + own;
    }
    for (let choice = 0; choice < 3; choice += 1) reached[choice] = next[choice] ?? 0; // sooner done than `set` is called
    last = lowest;
  }
  return chosenFrom(exact, from, reached);
}

const ownCost = (off: number, isForbidden: boolean): number => (isForbidden ? Number.POSITIVE_INFINITY : off ** 2);

const bitsOf = (difference: number): number => bitsOfSize[32 - Math.clz32(Math.abs(difference))] ?? 24;

/** Of equals the first. @param bits of the five differences that two choices can make, from two below */
function cheapestBefore(choice: number, reached: Float64Array, bits: Float64Array): number {
  const lower = (reached[0] ?? 0) + (bits[choice + 2] ?? 0);
  const nearest = (reached[1] ?? 0) + (bits[choice + 1] ?? 0);
  const higher = (reached[2] ?? 0) + (bits[choice] ?? 0);
  if (lower <= nearest && lower <= higher) return 0;
  return nearest <= higher ? 1 : 2;
}

function chosenFrom(exact: Float64Array, from: Uint8Array, reached: Float64Array): Int32Array {
  const means = new Int32Array(exact.length);
  let choice = reached.indexOf(Math.min(...reached));
  for (let i = exact.length - 1; i >= 0; i -= 1) {
    means[i] = Math.round(exact[i] ?? 0) - 1 + choice;
    choice = from[3 * i + choice] ?? 0;
  }
  return means;
}
