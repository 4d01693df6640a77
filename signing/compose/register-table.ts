import { black, type Canvas, grey, lightGrey, type Style } from "./canvas.ts";
import type { Faces } from "./faces.ts";
import type { RegisterColumn, RegisterRow } from "./register-to-compose.ts";
import { registerSheet } from "./register-to-compose.ts";
import { drawRuns, widthOf, wrap } from "./typesetting.ts";

const lineMm = 4.7;
const paddingMm = 1.1;
const ruleMm = 0.15;

/** A line of the table, broken into the lines of its cells. */
export type SetRow = {
  readonly cells: readonly (readonly string[])[];
  /** How many lines of each cell are struck through, from the first. */
  readonly struckLines: readonly number[];
  readonly heightMm: number;
  readonly style: Style;
  readonly kind: "TH" | "TD";
};

/** The table of one print: how its lines are broken and drawn. */
export type Table = {
  readonly head: SetRow;
  readonly set: (row: RegisterRow, strong?: boolean) => SetRow;
  readonly draw: (canvas: Canvas, row: SetRow, topMm: number) => void;
};

/** @param isNumbered each head ends with the number of its column, as on a form */
export function openTable(faces: Faces, columns: readonly RegisterColumn[], isNumbered = true): Table {
  const plain: Style = { face: faces.regular, sizePt: 11 };
  const strong: Style = { face: faces.bold, sizePt: 11 };
  const places = placesOf(columns);
  const set = ({ texts, struck, was }: RegisterRow, style: Style, kind: SetRow["kind"]): SetRow => {
    const linesOf = (text: string, widthMm: number) => cellLines(style, text, widthMm - 2 * paddingMm);
    const before = columns.map(({ widthMm }, i) => (was?.[i] ?? []).flatMap((text) => linesOf(text, widthMm)));
    const cells = columns.map(({ widthMm }, i) => [...(before[i] ?? []), ...linesOf(texts[i] ?? "", widthMm)]);
    const isNote = (i: number) => i === columns.length - 1; // it says why, so it is never struck
    const struckLines = cells.map((lines, i) => (struck && !isNote(i) ? lines.length : (before[i]?.length ?? 0)));
    return { cells, struckLines, heightMm: heightOf(cells), style, kind };
  };
  const heads = columns.map(({ head }, i) => (isNumbered ? `${head} (${i + 1})` : head));
  return {
    head: set({ texts: heads, struck: false }, strong, "TH"),
    set: (row, isStrong = false) => set(row, isStrong ? strong : plain, "TD"),
    draw: (canvas, row, topMm) => drawRow(canvas, places, row, topMm),
  };
}

const heightOf = (cells: SetRow["cells"]): number =>
  Math.max(1, ...cells.map((lines) => lines.length)) * lineMm + 2 * paddingMm;

/** A line that is higher than a page goes on over the next: reasons and corrections may be long. */
export function brokenTo(row: SetRow, mostMm: number): SetRow[] {
  const most = Math.max(1, Math.floor((mostMm - 2 * paddingMm) / lineMm));
  const count = Math.max(1, ...row.cells.map((lines) => lines.length));
  return Array.from({ length: Math.ceil(count / most) }, (_, i) => {
    const cells = row.cells.map((lines) => lines.slice(i * most, (i + 1) * most));
    const struckLines = row.struckLines.map((struck, at) =>
      Math.min(cells[at]?.length ?? 0, Math.max(0, struck - i * most)),
    );
    return { ...row, cells, struckLines, heightMm: heightOf(cells) };
  });
}

type Place = RegisterColumn & { readonly leftMm: number };

function placesOf(columns: readonly RegisterColumn[]): Place[] {
  let leftMm: number = registerSheet.leftMm;
  return columns.map((column) => {
    const place = { ...column, leftMm };
    leftMm += column.widthMm;
    return place;
  });
}

function drawRow(canvas: Canvas, places: readonly Place[], row: SetRow, topMm: number): void {
  canvas.group("TR", () =>
    places.forEach((place, i) => {
      const lines = row.cells[i] ?? [];
      canvas.tag({ kind: row.kind }, () => drawCell(canvas, place, lines, row, topMm));
    }),
  );
  canvas.artifact(() => {
    for (const { leftMm, widthMm } of places) {
      canvas.frame({ leftMm, topMm, widthMm, heightMm: row.heightMm }, ruleMm, row.kind === "TH" ? black : lightGrey);
    }
    strike(canvas, places, row, topMm);
  });
}

function drawCell(canvas: Canvas, place: Place, lines: readonly string[], row: SetRow, topMm: number): void {
  lines.forEach((text, i) => {
    const rightMm = place.leftMm + place.widthMm - paddingMm - widthOf(row.style, text.trimEnd());
    const leftMm = place.align === "right" && row.kind === "TD" ? rightMm : place.leftMm + paddingMm;
    drawRuns(canvas, [{ style: row.style, text }], leftMm, topMm + paddingMm + (i + 0.76) * lineMm);
  });
}

function strike(canvas: Canvas, places: readonly Place[], row: SetRow, topMm: number): void {
  places.forEach(({ leftMm, widthMm }, i) => {
    for (let line = 0; line < (row.struckLines[i] ?? 0); line++) {
      const middleMm = topMm + paddingMm + (line + 0.55) * lineMm;
      canvas.rule(
        { leftMm: leftMm + paddingMm, topMm: middleMm, widthMm: widthMm - 2 * paddingMm, heightMm: 0.2 },
        grey,
      );
    }
  });
}

/** A word wider than its column is cut: a name may be one long word. */
function cellLines(style: Style, text: string, widthMm: number): string[] {
  return wrap(style, text, widthMm).flatMap((line) =>
    widthOf(style, line.trimEnd()) <= widthMm ? [line] : cut(style, line, widthMm),
  );
}

function cut(style: Style, line: string, widthMm: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const sign of line) {
    if (piece !== "" && widthOf(style, piece + sign) > widthMm) {
      pieces.push(piece);
      piece = "";
    }
    piece += sign;
  }
  return [...pieces, piece];
}
