import type { Word } from "../pages.ts";

/** Words that stand together on one line, with nothing wide between them. */
export type Segment = {
  readonly words: readonly Word[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** Segments side by side at one height, from the left. */
export type Band = readonly Segment[];

const wideGap = 1.5; // line heights; justified text stays below one

/** Cuts each line of the engine at its wide gaps: engines run the lines of two columns together. */
export function segmentsOf(words: readonly Word[]): readonly Segment[] {
  const lines = [...byLine(words).values()];
  return lines.flatMap((line) => cutLine(line.toSorted((a, b) => a.x - b.x)).map(segmentOf));
}

export function byLine(words: readonly Word[]): ReadonlyMap<number, readonly Word[]> {
  const lines = new Map<number, Word[]>();
  for (const word of words) {
    const line = lines.get(word.line);
    if (line === undefined) lines.set(word.line, [word]);
    else line.push(word);
  }
  return lines;
}

function cutLine(words: readonly Word[]): readonly Word[][] {
  const height = median(words.map((word) => word.height));
  const pieces: Word[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const word of words) {
    if (word.x - right > wideGap * height) pieces.push([]);
    pieces.at(-1)?.push(word);
    right = Math.max(right, word.x + word.width);
  }
  return pieces;
}

function segmentOf(words: readonly Word[]): Segment {
  return {
    words,
    left: Math.min(...words.map(({ x }) => x)),
    right: Math.max(...words.map(({ x, width }) => x + width)),
    top: Math.min(...words.map(({ y }) => y)),
    bottom: Math.max(...words.map(({ y, height }) => y + height)),
  };
}

/** Groups what stands at one height, from the top; two segments over one another are never one band. */
export function bandsOf(segments: readonly Segment[]): readonly Band[] {
  const bands: Segment[][] = [];
  for (const segment of segments.toSorted((a, b) => a.top + a.bottom - b.top - b.bottom)) {
    const home = bands.slice(-3).findLast((band) => band.every((other) => isBeside(segment, other)));
    if (home === undefined) bands.push([segment]);
    else home.push(segment);
  }
  return bands.map((band) => band.toSorted((a, b) => a.left - b.left)).toSorted((a, b) => middleOf(a) - middleOf(b));
}

function isBeside(a: Segment, b: Segment): boolean {
  const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const apart = a.left >= b.right || b.left >= a.right;
  return apart && overlap >= 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top);
}

export const middleOf = (band: Band): number =>
  band.reduce((sum, { top, bottom }) => sum + (top + bottom) / 2, 0) / Math.max(1, band.length);

export const textOf = ({ words }: Segment): string => words.map(({ text }) => text).join(" ");

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
