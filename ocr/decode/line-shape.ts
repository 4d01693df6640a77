import type { InkSums } from "./ink-sums.ts";

const fewestLines = 40;
const coreRows = { fewest: 5, most: 30 }; // x-height of small print to headings at 150 dpi

/**
 * Latin letters have more above their middle than below: ascenders, capitals and, in Vietnamese, nearly all marks. Ink just
 * above the core of each line piece against ink just below it: about +0.3 for upright text, as much below zero upside
 * down, near zero on its side. Zero when there are too few lines to tell.
 *
 * @returns -1 to 1
 */
export function topHeaviness(strips: InkSums["rows"]): number {
  let above = 0;
  let below = 0;
  let lines = 0;
  for (const rows of strips) {
    for (const core of cores(rows)) {
      const reach = Math.round((core.end - core.start) * 0.6);
      above += sum(rows, core.start - reach, core.start);
      below += sum(rows, core.end, core.end + reach);
      lines += 1;
    }
  }
  return lines < fewestLines || above + below === 0 ? 0 : (above - below) / (above + below);
}

type Core = { readonly start: number; readonly end: number };

// Runs of rows about as dark as the darker rows of the strip: the band between baseline and x-height.
function* cores(rows: Uint32Array): Generator<Core> {
  const dark = Math.max((rows.toSorted()[Math.floor(rows.length * 0.93)] ?? 0) * 0.45, 3);
  for (let start = 0; start < rows.length; start += 1) {
    if ((rows[start] ?? 0) < dark) continue;
    let end = start;
    while (end < rows.length && (rows[end] ?? 0) >= dark) end += 1;
    const tall = end - start;
    if (tall >= coreRows.fewest && tall <= coreRows.most) yield { start, end };
    start = end;
  }
}

function sum(rows: Uint32Array, from: number, to: number): number {
  let total = 0;
  for (let row = Math.max(from, 0); row < to; row += 1) total += rows[row] ?? 0;
  return total;
}
