import { errorRate } from "./error-rate.ts";

/** Shares, 0 to 1 and above; case and tones count, white space is collapsed, handwriting in `[[ ]]` is left out. */
export type Measures = {
  /** Character error rate of the whole text in its order. */
  readonly order: number;
  /** The same with lines matched in any order. */
  readonly any: number;
  /** Share of the truth's words that were read, each as often as it stands there. */
  readonly recall: number;
};

/** A text may stop before its scan does: of the pages from the first on, as many are counted as fit it best. */
export function measure(truth: string, pages: readonly string[], overlays: readonly string[]): Measures {
  const readings = pages.map((_, i) => measureOne(truth, pages.slice(0, i + 1).join("\n"), overlays));
  return readings.reduce((best, one) => (one.any < best.any ? one : best), measureOne(truth, "", overlays));
}

function measureOne(truth: string, read: string, overlays: readonly string[]): Measures {
  const [wanted, got] = [tidy(truth.replace(/\[\[.*?\]\]/gsu, " ")), tidy(read)];
  return {
    order: distance(wanted, got) / Math.max(1, wanted.length),
    any: errorRate(truth, read, overlays).rate,
    recall: recallOf(wanted.split(" "), got.split(" ")),
  };
}

const tidy = (text: string): string => text.normalize("NFC").replace(/\s+/gu, " ").trim();

/** Levenshtein's, by characters. */
function distance(from: string, to: string): number {
  let row = Uint32Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 0; i < from.length; i += 1) {
    const next = new Uint32Array(to.length + 1);
    next[0] = i + 1;
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next[j + 1] = Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

function recallOf(wanted: readonly string[], read: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of read) left.set(word, (left.get(word) ?? 0) + 1);
  const found = wanted.filter((word) => {
    const times = left.get(word) ?? 0;
    left.set(word, times - 1);
    return times > 0;
  });
  return found.length / Math.max(1, wanted.length);
}
