import type { Word } from "../pages.ts";
import { byLine, median } from "./segments.ts";

const symbolsOnly = /^[^\p{L}\p{N}]+$/u;
const usualMarks = /^[-–—:;,.…/()&"“”%+*•]+$/u;

/**
 * Leaves out what the engine made of signatures, rules and dust: marks that no text has, and doubtful words of a shape that
 * no printed word of the page has. A word read with confidence is never left out.
 */
export function dropNoise(words: readonly Word[]): readonly Word[] {
  const height = median(words.filter(({ confidence }) => confidence >= 80).map((word) => word.height));
  const lines = byLine(words);
  return words.filter((word) => !isNoise(word, lines.get(word.line) ?? [], height));
}

function isNoise(word: Word, line: readonly Word[], height: number): boolean {
  const { text, confidence } = word;
  if (symbolsOnly.test(text) && !isMark(word, line)) return true;
  if (/^[()&%]+$/u.test(text) && word.height < 0.5 * height) return true;
  if (confidence >= 50) return false;
  return isMisshapen(word, height) || isAloneInDoubt(line);
}

const isMark = ({ text, confidence }: Word, line: readonly Word[]): boolean =>
  usualMarks.test(text) && (confidence >= 60 || (confidence >= 30 && line.length > 2));

// A stroke of a pen is taller or far wider than so few letters in print.
const isMisshapen = ({ text, width, height: tall }: Word, height: number): boolean =>
  height > 0 && (tall > 2 * height || width > 2.2 * height * text.length || tall < 0.5 * height);

const isAloneInDoubt = (line: readonly Word[]): boolean =>
  line.every(({ confidence }) => confidence < 50) && line.reduce((sum, { text }) => sum + text.length, 0) <= 12;
