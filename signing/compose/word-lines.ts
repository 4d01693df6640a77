/** A word as read by machine: an aid for searching and for screen readers, never what is certified. */
export type ReadWord = {
  readonly text: string;
  /** Pixels of the page image, from its upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 100. */
  readonly confidence: number;
  /** Running numbers in reading order, as the reading found them; without them the places of the words tell. */
  readonly line?: number;
  readonly block?: number;
};

/** Words beside one another. The line may fall: `top` and `bottom` are as measured at `left`, in pixels. */
export type Line = {
  readonly words: readonly ReadWord[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Pixels down for each pixel to the right. */
  readonly slope: number;
  readonly block: number;
};

/** In the order of the words, none left out. */
export function linesOf(words: readonly ReadWord[]): Line[] {
  const lines: ReadWord[][] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line && continues(line, word)) line.push(word);
    else lines.push([word]);
  }
  return lines.map(lineOf);
}

/** Parts of a line with more than a line's height and a half between them: the gap at which the reading cuts too. */
export function cellsOf({ words, top, bottom }: Line): Line[] {
  const cells: ReadWord[][] = [];
  for (const word of words) {
    const before = cells.at(-1)?.at(-1);
    const isBeside = before !== undefined && word.x - before.x - before.width < 1.5 * (bottom - top);
    if (isBeside) cells.at(-1)?.push(word);
    else cells.push([word]);
  }
  return cells.map(lineOf);
}

/** The line that the reading found; else a word goes on to the right beside at least half of what stands there. */
function continues(line: readonly ReadWord[], word: ReadWord): boolean {
  const before = line.at(-1);
  if (before === undefined || word.x < before.x) return false;
  if (before.line !== undefined && word.line !== undefined) return word.line === before.line;
  const { top, bottom } = lineOf(line);
  const overlap = Math.min(bottom, word.y + word.height) - Math.max(top, word.y);
  return overlap > 0.5 * Math.min(word.height, bottom - top);
}

function lineOf(words: readonly ReadWord[]): Line {
  const left = Math.min(...words.map(({ x }) => x));
  const slope = slopeOf(words);
  const fall = ({ x, width }: ReadWord) => slope * (x + width / 2 - left);
  return {
    words,
    left,
    right: Math.max(...words.map(({ x, width }) => x + width)),
    top: Math.min(...words.map((word) => word.y - fall(word))),
    bottom: Math.max(...words.map((word) => word.y + word.height - fall(word))),
    slope,
    block: words[0]?.block ?? 0,
  };
}

const steepest = 0.05; // three degrees: more is no skew of a scan
const fewestForSlope = 4; // of fewer words their own ascenders would tell

/** Least squares through the middles of the words. */
function slopeOf(words: readonly ReadWord[]): number {
  if (words.length < fewestForSlope) return 0;
  const middles = words.map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(middles.map(({ x }) => x)), mean(middles.map(({ y }) => y))];
  const spread = middles.reduce((sum, { x }) => sum + (x - x0) ** 2, 0);
  const slope = middles.reduce((sum, { x, y }) => sum + (x - x0) * (y - y0), 0) / Math.max(1, spread);
  return Math.max(-steepest, Math.min(steepest, slope));
}
