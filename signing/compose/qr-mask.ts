/** A code as an encoder gives it, under mask 0; `types` is 0 where a mask inverts. */
export type MaskedCode = {
  readonly size: number;
  readonly data: readonly (readonly boolean[])[];
  readonly types: readonly (readonly number[])[];
};

// ISO/IEC 18004:2015 table 10
const inverts: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const period = 12; // of every mask, across and down
const inverted = inverts.map((invert) =>
  Uint8Array.from({ length: period * period }, (_, i) => Number(invert(i % period, Math.floor(i / period)))),
);

/**
 * The same code under the mask that leaves the fewest shapes which mislead a reader, ISO/IEC 18004:2015 §7.8.3. The
 * encoder would choose the same one, in five times as long.
 */
export function underBestMask({ size, data, types }: MaskedCode): boolean[][] {
  const given = flat(size, (x, y) => data[y]?.[x] === true);
  const takesMask = flat(size, (x, y) => types[y]?.[x] === 0);
  const plain = masked(given, takesMask, size, 0);
  const level = formatOf(given, size) >> 13;
  let [best, fewest] = [given, Number.POSITIVE_INFINITY];
  for (let mask = 0; mask < inverted.length; mask++) {
    const grid = masked(plain, takesMask, size, mask);
    writeFormat(grid, size, formatBits((level << 3) | mask));
    const penalty = penaltyOf(grid, size);
    if (penalty < fewest) [best, fewest] = [grid, penalty];
  }
  return data.map((row, y) => row.map((_, x) => best[y * size + x] === 1));
}

// loops, here and below: by a callback or an iterator a module, two codes cost as much as the rest of a copy
function flat(size: number, isSet: (x: number, y: number) => boolean): Uint8Array {
  const grid = new Uint8Array(size * size);
  for (let y = 0, at = 0; y < size; y++) for (let x = 0; x < size; x++, at++) grid[at] = isSet(x, y) ? 1 : 0;
  return grid;
}

function masked(plain: Uint8Array, takesMask: Uint8Array, size: number, mask: number): Uint8Array {
  const grid = new Uint8Array(plain.length);
  const pattern = inverted[mask] ?? grid;
  for (let y = 0, at = 0; y < size; y++) {
    const row = period * (y % period);
    for (let x = 0, column = 0; x < size; x++, at++) {
      grid[at] = (plain[at] ?? 0) ^ ((takesMask[at] ?? 0) & (pattern[row + column] ?? 0));
      column = column === period - 1 ? 0 : column + 1;
    }
  }
  return grid;
}

const formatMask = 0x5412; // ISO/IEC 18004:2015 §7.9.1

/** Level and mask with the code that mends them: BCH (15,5) by x^10+x^8+x^5+x^4+x^2+x+1, Annex C. */
function formatBits(data: number): number {
  let rest = data;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  return ((data << 10) | rest) ^ formatMask;
}

/** Figure 25: bit i beside the upper left finder, and again beside the two others. */
const formatPlaces = (size: number, i: number): readonly (readonly [x: number, y: number])[] => [
  i < 6 ? [8, i] : i === 6 ? [8, 7] : i === 7 ? [8, 8] : i === 8 ? [7, 8] : [14 - i, 8],
  i < 8 ? [size - 1 - i, 8] : [8, size - 15 + i],
];

function writeFormat(grid: Uint8Array, size: number, bits: number): void {
  for (let i = 0; i < 15; i++) {
    for (const [x, y] of formatPlaces(size, i)) grid[y * size + x] = (bits >> i) & 1;
  }
}

function formatOf(grid: Uint8Array, size: number): number {
  let bits = 0;
  for (let i = 0; i < 15; i++) {
    const [[x, y] = [0, 0]] = formatPlaces(size, i);
    bits |= (grid[y * size + x] ?? 0) << i;
  }
  return bits ^ formatMask;
}

const points = { run: 3, block: 3, finder: 40, balance: 10 }; // table 11

function penaltyOf(grid: Uint8Array, size: number): number {
  const runs = new Int32Array(size + 3);
  let sum = points.block * blocksIn(grid, size) + points.balance * unbalance(grid);
  for (let i = 0; i < size; i++) {
    sum += linePenalty(runs, readRuns(grid, i * size, 1, size, runs));
    sum += linePenalty(runs, readRuns(grid, i, size, size, runs));
  }
  return sum;
}

/** Lengths of light and dark runs by turns, light first and last. @returns how many there are */
function readRuns(grid: Uint8Array, from: number, step: number, size: number, runs: Int32Array): number {
  let count = 0;
  let colour = 0;
  let length = 0;
  for (let i = 0, at = from; i < size; i++, at += step) {
    if (grid[at] === colour) length += 1;
    else {
      runs[count++] = length;
      colour = 1 - colour;
      length = 1;
    }
  }
  runs[count++] = length;
  if (colour === 1) runs[count++] = 0;
  return count;
}

/** Runs of five and more; 1:1:3:1:1 with four times as much light on a side, the margin being light. */
function linePenalty(runs: Int32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const length = runs[i] ?? 0;
    if (length >= 5) sum += points.run + length - 5;
    if (i >= 6 && i % 2 === 0) sum += points.finder * findersBefore(runs, i, count);
  }
  return sum;
}

function findersBefore(runs: Int32Array, i: number, count: number): number {
  const n = runs[i - 1] ?? 0;
  const isCore = runs[i - 2] === n && runs[i - 3] === 3 * n && runs[i - 4] === n && runs[i - 5] === n;
  if (!isCore) return 0;
  const after = i === count - 1 ? Infinity : (runs[i] ?? 0);
  const before = i === 6 ? Infinity : (runs[i - 6] ?? 0);
  return Number(after >= 4 * n && before >= n) + Number(before >= 4 * n && after >= n);
}

function blocksIn(grid: Uint8Array, size: number): number {
  let blocks = 0;
  for (let y = 0; y + 1 < size; y++) {
    for (let at = y * size, end = at + size - 1; at < end; at++) {
      const four = (grid[at] ?? 0) + (grid[at + 1] ?? 0) + (grid[at + size] ?? 0) + (grid[at + size + 1] ?? 0);
      if (four === 0 || four === 4) blocks += 1;
    }
  }
  return blocks;
}

/** How many times five of a hundred the dark modules are from half. */
function unbalance(grid: Uint8Array): number {
  const total = grid.length;
  let dark = 0;
  for (let i = 0; i < total; i++) dark += grid[i] ?? 0;
  return Math.ceil(Math.abs(dark * 20 - total * 10) / total) - 1;
}
