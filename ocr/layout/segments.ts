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
const possibleGap = 0.6;

/**
 * Cuts each line of the engine at its wide gaps: engines run the lines of two columns together. A gap that alone would say
 * little is one too where a line just above or below is wide open at the same place.
 */
export function segmentsOf(words: readonly Word[]): readonly Segment[] {
  const lines = [...byLine(words).values()].map((line) => line.toSorted((a, b) => a.x - b.x));
  const wide = lines.flatMap((line) => gapsOf(line).filter(({ heights }) => heights > wideGap));
  return lines.flatMap((line) => cutLine(line, cutsOf(line, wide)).map(segmentOf));
}

/** Between the word at `before` and the next; `heights` in heights of its line. */
type Gap = {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly heights: number;
  readonly before: number;
};

function gapsOf(line: readonly Word[]): readonly Gap[] {
  const height = Math.max(1, median(line.map((word) => word.height)));
  let right = Number.NEGATIVE_INFINITY;
  return line.flatMap(({ x, y, width, height: tall }, i) => {
    const from = right;
    right = Math.max(right, x + width);
    return i === 0 ? [] : [{ from, to: x, y: y + tall / 2, heights: (x - from) / height, before: i }];
  });
}

function cutsOf(line: readonly Word[], wide: readonly Gap[]): ReadonlySet<number> {
  const gaps = gapsOf(line);
  const cuts = new Set(gaps.filter(({ heights }) => heights > wideGap).map(({ before }) => before));
  const [widest, next] = gaps.toSorted((a, b) => b.heights - a.heights);
  const standsOut = widest !== undefined && widest.heights > Math.max(possibleGap, 1.7 * (next?.heights ?? 0));
  if (cuts.size === 0 && standsOut && wide.some((other) => isOver(other, widest, line))) cuts.add(widest.before);
  return cuts;
}

function isOver(other: Gap, { from, to, y }: Gap, [word]: readonly Word[]): boolean {
  const near = Math.abs(other.y - y) < 4 * (word?.height ?? 0);
  return near && other.from < (from + to) / 2 && other.to > (from + to) / 2;
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

function cutLine(words: readonly Word[], cuts: ReadonlySet<number>): readonly Word[][] {
  const pieces: Word[][] = [[]];
  for (const [i, word] of words.entries()) {
    if (cuts.has(i)) pieces.push([]);
    pieces.at(-1)?.push(word);
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
