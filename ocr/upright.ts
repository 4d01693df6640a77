import { type Grey, isPlainlyUpright, turnGrey } from "./decode/look.ts";
import type { Looked } from "./decoder.ts";
import type { Turn, Word } from "./pages.ts";

/** Reads a band of lines; null when that failed. */
export type ReadBand = (band: Grey) => Promise<readonly Word[] | null>;

/**
 * Which clockwise turn makes the page upright. The shape of plain text tells without reading; else the densest rows are
 * read, the likeliest way first. One clear reading ends it; else the best of all must be clearly better than leaving the page as it is.
 */
export async function findTurn(looked: Looked, readBand: ReadBand): Promise<Turn> {
  if (isPlainlyUpright(looked)) return 0;
  const scores = new Map<Turn, number>();
  for (const turn of candidates(looked.lines)) {
    // The band of a page whose lines run down was laid across by a turn of 90 already.
    const words = await readBand(turnGrey(looked.band, looked.lines === "down" ? bandTurn(turn) : turn));
    if (words === null) return 0;
    if (isClear(words)) return turn;
    scores.set(turn, evidence(words));
  }
  return clearlyBest(scores);
}

const candidates = (lines: Looked["lines"]): readonly Turn[] =>
  lines === "down" ? [90, 270, 0, 180] : lines === "across" ? [0, 180, 90, 270] : [0, 90, 270, 180];

const bandTurn = (turn: Turn): Turn => ((turn + 270) % 360) as Turn;

const letters = (text: string) => text.replace(/[^\p{L}\d]/gu, "").length;

/** Letters in words of two and more that were read with confidence, each weighed by it. */
function evidence(words: readonly Word[]): number {
  const sure = words.filter((word) => word.confidence >= 50 && letters(word.text) >= 2);
  return sure.reduce((sum, word) => sum + letters(word.text) * (word.confidence / 100) ** 2, 0);
}

function isClear(words: readonly Word[]): boolean {
  const total = words.reduce((sum, word) => sum + letters(word.text), 0);
  return evidence(words) >= 25 && evidence(words) >= 0.6 * total;
}

function clearlyBest(scores: ReadonlyMap<Turn, number>): Turn {
  const asItIs = scores.get(0) ?? 0;
  const [best] = [...scores].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] < 12) return 0;
  const rival = Math.max(asItIs, ...[...scores].filter(([turn]) => turn !== best[0]).map(([, score]) => score));
  return best[0] === 0 || best[1] > 1.5 * rival ? best[0] : 0;
}
