import { cellsOf, type Line, linesOf, type ReadWord } from "./word-lines.ts";

/** What the words of a page are to a reader: in reading order, none added and none lost. */
export type WordBlock =
  | { readonly kind: "P" | "H2"; readonly lines: readonly Line[] }
  | { readonly kind: "Table"; readonly rows: readonly (readonly Line[])[]; readonly hasHeader: boolean };

const fewestColumns = 3; // two are a label with its value, which reads across
const headingHeight = 1.2; // of the usual line
const mostHeadingLines = 4;

/** Tables where rows of three or more cells stand over one another, headings in tall capitals, paragraphs of all the rest. */
export function blocksOf(words: readonly ReadWord[]): WordBlock[] {
  const lines = linesOf(words);
  const blocks: WordBlock[] = [];
  let plain: Line[] = [];
  const usual = median(lines.map(heightOf));
  const close = () => {
    blocks.push(...paragraphsOf(plain).map((paragraph) => blockOf(paragraph, usual)));
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const rows = tableFrom(lines, at);
    if (rows.length > 1) {
      close();
      blocks.push({ kind: "Table", rows, hasHeader: isHeader(rows[0] ?? []) });
    } else plain.push(...lines.slice(at, at + 1));
    at += Math.max(1, rows.length);
  }
  close();
  return blocks;
}

function tableFrom(lines: readonly Line[], at: number): Line[][] {
  const rows: Line[][] = [];
  for (const line of lines.slice(at)) {
    const cells = cellsOf(line);
    const above = rows.at(-1);
    const isRow = cells.length >= fewestColumns && (above === undefined || isUnder(above, cells, heightOf(line)));
    if (!isRow) break;
    rows.push(cells);
  }
  return rows;
}

/** Each cell below its own and no other, in the next lines. */
function isUnder(above: readonly Line[], cells: readonly Line[], height: number): boolean {
  if (above.length !== cells.length) return false;
  const overlaps = (a: Line, b: Line) => a.left < b.right && b.left < a.right;
  const isNext = cells.every((cell) =>
    above.every((other) => cell.top > other.top && cell.top - other.bottom < 4 * height),
  );
  return isNext && cells.every((cell, i) => above.every((other, k) => overlaps(cell, other) === (i === k)));
}

const isHeader = (cells: readonly Line[]): boolean => !cells.some((cell) => /\d/.test(textOf(cell)));

/** A paragraph ends with its block, where the gap to the next line is more than 0.8 of a line, or where the next stands higher. */
function paragraphsOf(lines: readonly Line[]): Line[][] {
  const paragraphs: Line[][] = [];
  let before: Line | undefined;
  for (const line of lines) {
    const paragraph = paragraphs.at(-1);
    if (paragraph && before && follows(before, line)) paragraph.push(line);
    else paragraphs.push([line]);
    before = line;
  }
  return paragraphs;
}

function follows(before: Line, line: Line): boolean {
  const gap = line.top - before.bottom;
  return line.block === before.block && gap < 0.8 * heightOf(before) && line.bottom > before.bottom;
}

function blockOf(lines: readonly Line[], usual: number): WordBlock {
  const text = lines.map(textOf).join(" ");
  const isCapital = text === text.toUpperCase() && /\p{Lu}{2}/u.test(text);
  const isTall = lines.length <= mostHeadingLines && median(lines.map(heightOf)) > headingHeight * usual;
  return { kind: isCapital && isTall ? "H2" : "P", lines };
}

const textOf = ({ words }: Line): string => words.map(({ text }) => text).join(" ");
const heightOf = ({ top, bottom }: Line): number => bottom - top;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
