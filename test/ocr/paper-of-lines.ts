import { inReadingOrder } from "../../ocr/layout/reading-order.ts";
import type { Word } from "../../ocr/pages.ts";
import { readPaper } from "../../ocr/paper/paper.ts";

/** Words of lines as an engine gives them, ten units a letter; invented people (hư cấu). */
const pageOf = (...lines: readonly string[]): Word[] =>
  lines.flatMap((text, number) => {
    let at = 100;
    return text.split(" ").map((part) => {
      const word = { text: part, x: at, y: number * 40, width: part.length * 10, height: 24, confidence: 95 };
      at += word.width + 8;
      return { ...word, line: number, block: 0 };
    });
  });

export const paperOf = (...lines: readonly string[]) =>
  readPaper([{ words: inReadingOrder(pageOf(...lines)), code: null }]);

export const valuesOf = (paper: ReturnType<typeof readPaper>) =>
  Object.fromEntries(paper.fields.map(({ name, normalised }) => [name, normalised]));

export const lookedAt = (paper: ReturnType<typeof readPaper>) =>
  paper.fields.filter(({ lookAgain }) => lookAgain).map(({ name }) => name);
