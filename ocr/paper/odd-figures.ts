import { type Area, areasOf, glyphBoxes } from "../decode/glyphs.ts";
import { histogramOf, percentile } from "../decode/histogram.ts";
import type { Grey } from "../decode/look.ts";
import { around } from "../layout/passed-over.ts";
import { median } from "../layout/segments.ts";
import type { Word } from "../pages.ts";

const fewest = 4;
const sure = 30; // a figure that is odd is read less surely; what counts is that pieces and signs are as many
const asTall = 0.6; // of the tallest: points and hyphens are shorter
const mostWords = 80;
const odd = { size: 0.1, rise: 0.06, most: 0.35 }; // of a figure's height; beyond, pieces were taken for what they are not
const alike = 0.5;
const mostOdd = 2; // more is the manner of the page

/**
 * Figures that are taller or shorter than the others of the same number, or do not stand on its line: as if set later. Figures of one face are
 * as tall as each other; where a face has figures of several heights, the same figure differs alike wherever it stands, and is
 * passed over. Each comes as a word of one sign. A hint: the official looks.
 *
 * @param grey the picture that the words lie on, its lines level
 */
export function oddFigures(words: readonly Word[], grey: Grey): readonly Word[] {
  const all = figureShapes(words, grey);
  const found = all.filter((one) => isOdd(one) && !all.some((other) => other !== one && differsAlike(one, other)));
  return found.length > mostOdd ? [] : found.map(({ word, figure, box }) => ({ ...word, ...box, text: figure }));
}

type Shape = {
  readonly word: Word;
  readonly figure: string;
  readonly box: Area;
  /** By how much of its height it is taller, and stands higher, than the others of its number. */
  readonly size: number;
  readonly rise: number;
};

function figureShapes(words: readonly Word[], grey: Grey): readonly Shape[] {
  const numbers = words.filter(isNumber).slice(0, mostWords);
  return numbers.flatMap((word) => compared(figuresOf(word, grey)).map((one) => ({ ...one, word })));
}

function isOdd({ size, rise }: Shape): boolean {
  const isMeasured = Math.max(Math.abs(size), Math.abs(rise)) < odd.most;
  return isMeasured && (Math.abs(size) > odd.size || Math.abs(rise) > odd.rise);
}

const differsAlike = (one: Shape, other: Shape): boolean =>
  one.figure === other.figure && isNear(one.size, other.size, odd.size) && isNear(one.rise, other.rise, odd.rise);

const isNear = (a: number, b: number, limit: number): boolean =>
  Math.abs(a) < limit ? Math.abs(b) < limit : Math.abs(a - b) < alike * Math.abs(a);

const isNumber = ({ text, confidence }: Word): boolean =>
  confidence >= sure && /^[\dA-ZĐ()/.,;:-]+$/u.test(text) && (text.match(/\d/gu)?.length ?? 0) >= fewest;

type Figure = { readonly figure: string; readonly box: Area; readonly top: number; readonly bottom: number };

/** Empty where the pieces of ink are not as many as the figures that were read. */
function figuresOf(word: Word, grey: Grey): readonly Figure[] {
  const cut = cutOut(grey, word);
  const levels = histogramOf(cut.pixels);
  const [paper, dark] = [percentile(levels, cut.pixels.length * 0.8), percentile(levels, cut.pixels.length * 0.03)];
  const half = (paper + dark) / 2;
  if (paper - dark < 60) return [];
  const pieces = asColumns(areasOf(glyphBoxes(cut, half, 1)));
  const tallest = Math.max(0, ...pieces.map(({ height }) => height));
  const tall = pieces.filter(({ height }) => height >= asTall * tallest);
  const signs = [...word.text].filter((sign) => /[\dA-ZĐ()/]/u.test(sign));
  if (tall.length !== signs.length) return [];
  return tall.flatMap((piece, i) => {
    const sign = signs[i] ?? "";
    if (!/\d/u.test(sign)) return [];
    const box = { ...piece, x: piece.x + cut.left, y: piece.y + cut.top };
    return [{ figure: sign, box, top: edgeOf(cut, piece, half, -1), bottom: edgeOf(cut, piece, half, 1) }];
  });
}

/** Pieces above each other as one, from the left: thin print breaks a figure apart. */
function asColumns(pieces: readonly Area[]): readonly Area[] {
  const columns: Area[] = [];
  for (const piece of pieces.toSorted((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    const shared = last === undefined ? 0 : last.x + last.width - piece.x;
    if (last === undefined || shared < Math.min(last.width, piece.width) / 2) columns.push(piece);
    else columns.splice(-1, 1, around([last, piece]));
  }
  return columns;
}

function cutOut({ width, height, pixels }: Grey, word: Word): Grey & { readonly left: number; readonly top: number } {
  const margin = Math.round(word.height * 0.2);
  const [left, top] = [Math.max(0, word.x - 2), Math.max(0, word.y - margin)];
  const right = Math.min(width, word.x + word.width + 2);
  const bottom = Math.min(height, word.y + word.height + margin);
  const cut = new Uint8Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y += 1)
    cut.set(pixels.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  return { width: right - left, height: bottom - top, pixels: cut, left, top };
}

/** Where the darkest of a row crosses half, above or below the piece, between the rows. */
function edgeOf({ width, height, pixels }: Grey, piece: Area, half: number, way: 1 | -1): number {
  const darkest = (y: number) => {
    if (y < 0 || y >= height) return 255;
    return pixels
      .subarray(y * width + piece.x, y * width + piece.x + piece.width)
      .reduce((a, b) => Math.min(a, b), 255);
  };
  const last = way === 1 ? piece.y + piece.height - 1 : piece.y;
  const [inside, outside] = [darkest(last), darkest(last + way)];
  return last + way * (outside <= inside ? 0.5 : (half - inside) / (outside - inside));
}

function compared(figures: readonly Figure[]): readonly Omit<Shape, "word">[] {
  if (figures.length < fewest) return [];
  const height = median(figures.map(({ top, bottom }) => bottom - top));
  const foot = median(figures.map(({ bottom }) => bottom));
  return figures.map(({ figure, box, top, bottom }) => ({
    figure,
    box,
    size: (bottom - top - height) / height,
    rise: (foot - bottom) / height,
  }));
}
