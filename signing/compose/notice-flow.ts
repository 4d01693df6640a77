import type { Style } from "./canvas.ts";
import { columnMm } from "./page-margins.ts";
import { type Run, widthOf } from "./typesetting.ts";

/** A line of text to be drawn: its pieces, and how far it stands in from the left edge of the column. */
export type NoticeLine = { readonly indentMm: number; readonly runs: readonly Run[] };

/** What belongs together as one tag. */
export type Paragraph = { readonly lines: readonly NoticeLine[] };

const firstLineMm = 10; // NĐ 30/2020 Appendix I: the first line stands 1 or 1.27 cm in

/** Breaks a paragraph in several styles into lines. A word wider than the column is cut: a reason may hold any text. */
export function setParagraph(
  runs: readonly Run[],
  insetMm = 0,
  firstMm = firstLineMm,
  widthMm: number = columnMm,
): Paragraph {
  const lines: NoticeLine[] = [];
  let indentMm = insetMm + firstMm;
  let line: Run[] = [];
  let usedMm = 0;
  const close = () => {
    if (line.length > 0) lines.push({ indentMm, runs: line });
    indentMm = insetMm;
    line = [];
    usedMm = 0;
  };
  for (const word of runs.flatMap(wordsOf)) {
    const roomMm = widthMm - insetMm - indentMm - usedMm;
    if (line.length > 0 && widthOf(word.style, word.text.trimEnd()) > roomMm) close();
    line.push(word);
    usedMm += widthOf(word.style, word.text);
  }
  close();
  return { lines };
}

/** Words with the space after them, so that drawn lines read as one sentence when copied. */
const wordsOf = ({ style, text }: Run): Run[] =>
  (text.match(/\s*\S+\s*|\s+/gu) ?? []).flatMap((word) => cut(style, word)).map((word) => ({ style, text: word }));

const widestMm = columnMm / 2;

function cut(style: Style, word: string): string[] {
  if (widthOf(style, word) <= widestMm) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const sign of word) {
    if (widthOf(style, piece + sign) > widestMm) {
      pieces.push(piece);
      piece = "";
    }
    piece += sign;
  }
  return [...pieces, piece];
}
