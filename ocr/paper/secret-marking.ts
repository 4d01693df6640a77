import { byLine } from "../layout/segments.ts";
import type { Word } from "../pages.ts";

/** The three marks of the law on state secrets (Law 29/2018/QH14 Art. 8), stamped in capitals below number and head. */
export type SecretMarking = "TUYỆT MẬT" | "TỐI MẬT" | "MẬT";

// Engines lose marks first; `MẮT` and `MẶT` are other words, and a stamp is never written small.
const marking = /^(TUY[ỆEÊẸ]T|T[ỐOÔÓ]I)?M[ẬÂAẠ]T$/u;
const gap = 1.2; // of the height of a word: what stands farther away is no part of the stamp

/**
 * A mark of secrecy that stands for itself: alone in its line, or away from the words beside it. A hint only: a stamp read
 * badly is not found, and the official decides.
 */
export function secretMarking(words: readonly Word[]): SecretMarking | null {
  for (const line of byLine(words).values()) {
    for (const run of runsOf(line)) {
      const found = marking.exec(run.map(({ text }) => text.replace(/[^\p{L}]/gu, "")).join(""));
      if (found !== null) return nameOf(found[1]);
    }
  }
  return null;
}

function nameOf(degree: string | undefined): SecretMarking {
  if (degree === undefined) return "MẬT";
  return degree.startsWith("TUY") ? "TUYỆT MẬT" : "TỐI MẬT";
}

function runsOf(line: readonly Word[]): readonly (readonly Word[])[] {
  const runs: Word[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const word of line.toSorted((a, b) => a.x - b.x)) {
    if (word.x - end > gap * word.height) runs.push([]);
    runs.at(-1)?.push(word);
    end = word.x + word.width;
  }
  return runs;
}
