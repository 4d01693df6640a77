/** A Huffman code, RFC 1951 §3.2.2: short codes by table (symbol and length in one number), longer ones by counting. */
export type Code = { readonly fast: Uint16Array; readonly counts: Uint16Array; readonly symbols: Uint16Array };

export const fastBits = 9; // a larger table would cost more to fill than a hostile block of a few bytes is worth
export const longestCode = 15;

export const newCode = (): Code => ({
  fast: new Uint16Array(1 << fastBits),
  counts: new Uint16Array(longestCode + 1),
  symbols: new Uint16Array(288),
});

/**
 * Fills `code` for these lengths; 0 is a symbol without a code.
 *
 * @returns how many codes of the longest length are left over: 0 for a complete code, below 0 for an impossible one
 */
export function buildCode(code: Code, lengths: Uint8Array): number {
  code.fast.fill(0);
  const left = countLengths(code, lengths);
  if (left >= 0) assignSymbols(code, lengths);
  return left;
}

function countLengths({ counts }: Code, lengths: Uint8Array): number {
  counts.fill(0);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  let left = 1;
  for (let length = 1; length <= longestCode && left >= 0; length++) left = 2 * left - (counts[length] ?? 0);
  return left;
}

function assignSymbols({ fast, counts, symbols }: Code, lengths: Uint8Array): void {
  const places = startsOf(counts, (start, count) => start + count);
  const next = startsOf(counts, (start, count) => 2 * (start + count));
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0;
    if (length === 0) continue;
    const [place = 0, value = 0] = [places[length], next[length]];
    symbols[place] = symbol;
    if (length <= fastBits) putFast(fast, value, length, symbol);
    places[length] = place + 1;
    next[length] = value + 1;
  }
}

/** For each length, what the codes of it start with. */
function startsOf(counts: Uint16Array, after: (start: number, count: number) => number): number[] {
  const starts = [0, 0];
  for (let length = 1; length <= longestCode; length++) starts.push(after(starts[length] ?? 0, counts[length] ?? 0));
  return starts;
}

/** The input gives the highest bit of a code first, the table is asked with it lowest. */
function putFast(fast: Uint16Array, value: number, length: number, symbol: number): void {
  let reversed = 0;
  for (let i = 0; i < length; i++) reversed |= ((value >> i) & 1) << (length - 1 - i);
  for (let at = reversed; at < fast.length; at += 1 << length) fast[at] = (symbol << 4) | length;
}

/** Symbol and length in one number, as the table holds them, of the code that the lowest bits of `hold` begin with; 0 for none. */
export function findLong({ counts, symbols }: Code, hold: number): number {
  let value = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= longestCode; length++) {
    value = 2 * value + ((hold >> (length - 1)) & 1);
    const count = counts[length] ?? 0;
    if (value - first < count) return ((symbols[index + value - first] ?? 0) << 4) | length;
    index += count;
    first = 2 * (first + count);
  }
  return 0;
}
