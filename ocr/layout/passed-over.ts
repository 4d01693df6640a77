import { type Area, areasOf, type Boxes } from "../decode/glyphs.ts";
import type { Word } from "../pages.ts";
import { median } from "./segments.ts";

const letter = { least: 0.3, most: 1.4, widest: 4 }; // of the height of a word; letters of bold print touch
const joined = { least: 0.6, widest: 15 }; // letters that an underline holds together
const gapMost = 0.9;
const line = { letters: 4, wide: 2.5, tall: 2 };
const mostLoose = 1500; // so many loose pieces are a picture, not a line that was passed over

/**
 * Lines of print that have no words: pieces of the size of letters, side by side, where nothing was read. Engines pass over a name that
 * stands close to a pen's stroke. From the top.
 *
 * @param glyphs in pixels of the picture that the words lie on
 */
export function passedOver(glyphs: Boxes, words: readonly Word[]): readonly Area[] {
  const height = median(words.filter(({ confidence }) => confidence >= 80).map((word) => word.height));
  if (height === 0) return [];
  const strips = stripsOf(words);
  const loose = areasOf(glyphs).filter((box) => isLetter(box, height) && !hasWord(box, strips));
  if (loose.length > mostLoose) return [];
  const rows: Area[][] = [];
  for (const box of loose.toSorted((a, b) => a.x - b.x)) {
    const home = rows.find((row) => row.some((other) => follows(box, other, height)));
    if (home === undefined) rows.push([box]);
    else home.push(box);
  }
  return rows
    .filter((row) => row.length >= line.letters || row.some(({ width }) => width > letter.widest * height))
    .map(around)
    .filter((row) => row.width >= line.wide * height && row.height <= line.tall * height)
    .toSorted((a, b) => a.y - b.y);
}

const isLetter = ({ width, height: tall }: Area, height: number): boolean =>
  tall >= letter.least * height &&
  tall <= letter.most * height &&
  width <= (tall >= joined.least * height ? joined.widest : letter.widest) * height;

const stripTall = 64; // pixels: a page has thousands of letters and hundreds of words, but few words at one height
const lowest = 2 * 0xffff; // a box's top and height are of 16 bits

/** Words by the strips of the picture that they may reach. */
function stripsOf(words: readonly Word[]): ReadonlyMap<number, readonly Word[]> {
  const strips = new Map<number, Word[]>();
  for (const word of words) {
    const [first, last] = [Math.max(0, stripAt(word.y - word.height)), stripAt(word.y + 2 * word.height)];
    for (let strip = first; strip <= Math.min(last, stripAt(lowest)); strip += 1) {
      const there = strips.get(strip);
      if (there === undefined) strips.set(strip, [word]);
      else there.push(word);
    }
  }
  return strips;
}

const stripAt = (y: number): number => Math.floor(y / stripTall);

const hasWord = (box: Area, strips: ReadonlyMap<number, readonly Word[]>): boolean =>
  strips.get(stripAt(box.y + box.height / 2))?.some((word) => isWithin(box, word)) ?? false;

/** Whether the middle of the box lies on the word, or a little above or below it. */
export function isWithin({ x, y, width, height }: Area, word: Area): boolean {
  const [across, down] = [x + width / 2, y + height / 2];
  const beside = across < word.x || across > word.x + word.width;
  return !beside && down > word.y - 0.2 * word.height && down < word.y + 1.2 * word.height;
}

/** To the right of the other or over it, near, and at its height. */
function follows(box: Area, other: Area, height: number): boolean {
  if (box.x - other.x - other.width > gapMost * height) return false;
  const overlap = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
  return overlap >= 0.4 * Math.min(box.height, other.height);
}

export function around(boxes: readonly Area[]): Area {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
