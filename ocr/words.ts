import type { Grey } from "./decode/look.ts";
import { type Corners, inverse, mapped, mapToCorners, type Spot } from "./decode/plane.ts";
import type { ReadingPicture } from "./decode/reading-picture.ts";
import { placeBefore } from "./decode/skew.ts";
import type { Word } from "./pages.ts";

/** Reads Tesseract's TSV: level 5 rows are words; block, paragraph and line numbers start again in each parent. */
export function wordsOfTsv(tsv: string): readonly Word[] {
  const words: Word[] = [];
  const seen = { block: "", line: "", blocks: -1, lines: -1 };
  for (const row of tsv.split("\n")) {
    const [level, page, block, paragraph, line, , x, y, width, height, confidence, text] = row.split("\t");
    if (level !== "5" || text === undefined || text.trim() === "") continue;
    if (`${page}/${block}` !== seen.block) {
      seen.block = `${page}/${block}`;
      seen.blocks += 1;
    }
    if (`${page}/${block}/${paragraph}/${line}` !== seen.line) {
      seen.line = `${page}/${block}/${paragraph}/${line}`;
      seen.lines += 1;
    }
    const box = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
    const place = { line: seen.lines, block: seen.blocks };
    words.push({ text: clean(text), ...box, confidence: withinHundred(Number(confidence)), ...place });
  }
  return words;
}

const withinHundred = (confidence: number) => Math.min(Math.max(confidence, 0), 100);
/** A fraction's stroke, angle quotation marks and the Icelandic letter, which the model says for the signs that look alike. */
const alike: Readonly<Record<string, string>> = { "⁄": "/", "‹": "<", "›": ">", Ð: "Đ" };
const clean = (text: string) =>
  text
    .trim()
    .normalize("NFC")
    .replace(/[⁄‹›Ð]/gu, (sign) => alike[sign] ?? sign);
const mostWords = 20_000;

/** Parses what a reading process answered; null when it is not a list of words within the picture. */
export function wordsOfAnswer(head: unknown, grey: Pick<Grey, "width" | "height">): readonly Word[] | null {
  const list = (head as { words?: unknown } | null)?.words;
  if (!Array.isArray(list) || list.length > mostWords) return null;
  const words = list.map((item: unknown) => wordOf(item, grey));
  return words.every((word) => word !== null) ? words : null;
}

const numbers = ["x", "y", "width", "height", "confidence", "line", "block"] as const;

function wordOf(item: unknown, grey: Pick<Grey, "width" | "height">): Word | null {
  const word = item as Partial<Record<keyof Word, unknown>> | null;
  if (word === null || typeof word !== "object" || typeof word.text !== "string" || word.text.length > 1000)
    return null;
  if (!numbers.every((key) => Number.isFinite(word[key]))) return null;
  const { x, y, width, height, confidence, line, block } = word as Word;
  if (x < 0 || y < 0 || x + width > grey.width + 1 || y + height > grey.height + 1) return null;
  return { text: clean(word.text), x, y, width, height, confidence: withinHundred(confidence), line, block };
}

type Size = { readonly width: number; readonly height: number };

/**
 * Boxes from the picture that was read to the page that will be certified, in whole pixels. Where the picture was levelled
 * each box keeps its size and goes back to where its middle lies; where it was the sheet of a photograph, each goes back
 * to where its corners lie.
 */
export function wordsOnPage(
  words: readonly Word[],
  { grey, scale, skew, corners }: ReadingPicture,
  page: Size,
): readonly Word[] {
  const sheet = { width: grey.width / scale, height: grey.height / scale };
  const level = words.map((word) => {
    const middle = { x: word.x + word.width / 2, y: word.y + word.height / 2 };
    const { x, y } = skew === 0 ? middle : placeBefore(grey, skew, middle);
    const size = { width: word.width / scale, height: word.height / scale };
    return { ...word, ...size, x: x / scale - size.width / 2, y: y / scale - size.height / 2 };
  });
  if (corners === null) return level.map((word) => rounded(word, page));
  const map = mapToCorners(corners);
  return level.map((word) =>
    rounded(
      movedBy(word, sheet, page, (spot) => mapped(map, spot)),
      page,
    ),
  );
}

/** Boxes of a page as taken, as they lie on its straightened form. */
export function wordsOnStraight(words: readonly Word[], page: Size, straight: Size, corners: Corners): readonly Word[] {
  const map = inverse(mapToCorners(corners));
  return words.map((word) =>
    rounded(
      movedBy(word, page, straight, (spot) => mapped(map, spot)),
      straight,
    ),
  );
}

function movedBy(word: Word, from: Size, to: Size, move: (share: Spot) => Spot): Word {
  const { x, y, width, height } = word;
  const spots = [x, x + width].flatMap((across) =>
    [y, y + height].map((down) => move({ x: across / from.width, y: down / from.height })),
  );
  const [xs, ys] = [spots.map((spot) => spot.x * to.width), spots.map((spot) => spot.y * to.height)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { ...word, x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function rounded(word: Word, page: Size): Word {
  const size = { width: Math.round(word.width), height: Math.round(word.height) };
  const x = within(Math.round(word.x), page.width - size.width);
  return { ...word, ...size, x, y: within(Math.round(word.y), page.height - size.height) };
}

const within = (place: number, most: number): number => Math.max(0, Math.min(place, most));

/** Lines of text in reading order, words joined by one space. */
export function textOfWords(words: readonly Word[]): string {
  const lines = new Map<number, string[]>();
  for (const word of words) lines.set(word.line, [...(lines.get(word.line) ?? []), word.text]);
  return [...lines.values()].map((line) => line.join(" ")).join("\n");
}
