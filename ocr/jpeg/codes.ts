/** Huffman codes of one scan. */
export type Codes = {
  /** How many codes there are of 1 to 16 bits, then their symbols, as a DHT segment tells them. T.81 §B.2.4.2. */
  readonly told: Uint8Array;
  readonly code: Uint16Array;
  readonly bits: Uint8Array;
};

const reserved = 256; // takes the code of all ones, which no symbol may have
const longest = 16;

/** The codes that make these symbols shortest, none longer than 16 bits. T.81 §K.2, Annex C. */
export function codesFor(symbols: Uint32Array): Codes {
  const counts = new Float64Array(257);
  for (let i = 0; i < symbols.length; i += 1) {
    const symbol = (symbols[i] ?? 0) & 255;
    counts[symbol] = (counts[symbol] ?? 0) + 1;
  }
  counts[reserved] = 1;
  const lengths = codeLengths(counts);
  const ofLength = lengthCounts(lengths);
  const inOrder = [...lengths.keys()]
    .filter((symbol) => symbol !== reserved && (lengths[symbol] ?? 0) > 0)
    .toSorted((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  const [code, bits] = [new Uint16Array(256), new Uint8Array(256)];
  let [next, taken] = [0, 0];
  for (let length = 1; length <= longest; length += 1) {
    for (let left = ofLength[length] ?? 0; left > 0; left -= 1) {
      const symbol = inOrder[taken] ?? 0;
      code[symbol] = next;
      bits[symbol] = length;
      next += 1;
      taken += 1;
    }
    next <<= 1;
  }
  return { told: Uint8Array.from([...ofLength.slice(1, longest + 1), ...inOrder]), code, bits };
}

/** Depth of each symbol in the tree that joins the two rarest again and again; of equals the later symbol goes deeper. T.81 figure K.1. */
function codeLengths(counts: Float64Array): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const trees = [...counts.entries()]
    .filter(([, count]) => count > 0)
    .map(([symbol, count]) => ({ count, symbols: [symbol], last: symbol }));
  for (;;) {
    trees.sort((a, b) => b.count - a.count || a.last - b.last);
    const [first, second] = [trees.pop(), trees.pop()];
    if (first === undefined || second === undefined) return lengths;
    const symbols = [...first.symbols, ...second.symbols];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    trees.push({ count: first.count + second.count, symbols, last: Math.max(first.last, second.last) });
  }
}

/** Codes of each length, with those longer than 16 bits brought up, and without the reserved one. T.81 figure K.3. */
function lengthCounts(lengths: Uint8Array): number[] {
  const counts = Array.from({ length: 258 }, () => 0);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  const change = (length: number, by: number) => {
    counts[length] = (counts[length] ?? 0) + by;
  };
  for (let length = counts.length - 1; length > longest; length -= 1) {
    while ((counts[length] ?? 0) > 0) {
      let shorter = length - 2;
      while (counts[shorter] === 0) shorter -= 1;
      change(length, -2);
      change(length - 1, 1);
      change(shorter + 1, 2);
      change(shorter, -1);
    }
  }
  const deepest = counts.findLastIndex((count) => count > 0);
  change(deepest, -1);
  return counts;
}
