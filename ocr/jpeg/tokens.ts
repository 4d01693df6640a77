import type { Levels } from "./coefficients.ts";

/**
 * What a scan says, before its codes are chosen: in each, the symbol to be coded in the lowest 8 bits, and above them the bits that follow
 * its code as they are (T.81 §F.1.2).
 */
export type Tokens = { readonly list: Uint32Array; readonly followers: (symbol: number) => number };

const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));
const bitsOf = (value: number, size: number): number => (value < 0 ? value + (1 << size) - 1 : value);

/** Means, each as the difference from the one before. T.81 §G.1.2.1. */
export function meanTokens(means: Int32Array): Tokens {
  const list = new Uint32Array(means.length);
  let last = 0;
  for (let i = 0; i < means.length; i += 1) {
    const difference = (means[i] ?? 0) - last;
    last = means[i] ?? 0;
    const size = sizeOf(difference);
    list[i] = (bitsOf(difference, size) << 8) | size;
  }
  return { list, followers: (symbol) => symbol };
}

/** First and last coefficient of a scan in zigzag order. */
export type Band = readonly [from: number, to: number];

const longestEnd = 0x7fff;
const sixteenZeros = 0xf0;

/** The levels of one band, with runs of blocks that have none of them told at once. T.81 §G.1.2.2. */
export function levelTokens({ at, levels }: Pick<Levels, "at" | "levels">, band: Band): Tokens {
  const list = new TokenList();
  let empty = 0;
  const end = () => {
    if (empty === 0) return;
    const size = sizeOf(empty) - 1;
    list.add(size << 4, empty - (1 << size));
    empty = 0;
  };
  for (let i = 0; i < at.length; i += 1) {
    const start = at[i] ?? -1;
    const lasts = start >= 0 && addLevels(list, levels, { start, band, end });
    if (!lasts) empty += 1;
    if (empty === longestEnd) end();
  }
  end();
  return { list: list.all(), followers: (symbol) => symbol & 15 || (symbol === sixteenZeros ? 0 : symbol >> 4) };
}

type Place = { readonly start: number; readonly band: Band; readonly end: () => void };

/** @returns whether the band's last level is not zero: then its end is not told */
function addLevels(list: TokenList, levels: Int16Array, { start, band: [from, to], end }: Place): boolean {
  let zeros = 0;
  for (let k = from; k <= to; k += 1) {
    const level = levels[start + k] ?? 0;
    if (level === 0) {
      zeros += 1;
      continue;
    }
    end();
    for (; zeros > 15; zeros -= 16) list.add(sixteenZeros, 0);
    const size = sizeOf(level);
    list.add((zeros << 4) | size, bitsOf(level, size));
    zeros = 0;
  }
  return levels[start + to] !== 0;
}

class TokenList {
  #list = new Uint32Array(1 << 15);
  #length = 0;

  add(symbol: number, follower: number): void {
    if (this.#length === this.#list.length) {
      const larger = new Uint32Array(2 * this.#list.length);
      larger.set(this.#list);
      this.#list = larger;
    }
    this.#list[this.#length] = (follower << 8) | symbol;
    this.#length += 1;
  }

  all(): Uint32Array {
    return this.#list.subarray(0, this.#length);
  }
}
