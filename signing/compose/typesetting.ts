import type { Canvas, Style } from "./canvas.ts";

/** Piece of a line in one style. */
export type Run = { readonly style: Style; readonly text: string };

export const widthOf = ({ face, sizePt }: Style, text: string): number => face.widthMm(text, sizePt);

export const widthOfRuns = (runs: readonly Run[]): number =>
  runs.reduce((sum, run) => sum + widthOf(run.style, run.text), 0);

export function drawRuns(canvas: Canvas, runs: readonly Run[], leftMm: number, baselineMm: number): void {
  let at = leftMm;
  for (const run of runs) {
    canvas.text(run.style, at, baselineMm, run.text);
    at += widthOf(run.style, run.text);
  }
}

export function drawCentred(canvas: Canvas, runs: readonly Run[], centreMm: number, baselineMm: number): void {
  drawRuns(canvas, runs, centreMm - widthOfRuns(runs) / 2, baselineMm);
}

/**
 * Breaks text at spaces. Every line but the last keeps the space at its end, so that drawn lines read as one sentence when copied.
 * A short bracket is never broken. A word wider than the column stands alone and sticks out: the caller measures and refuses.
 */
export function wrap(style: Style, text: string, columnMm: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [word] of text.matchAll(/\([^()]{1,24}\)\S*|\S+/gu)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(style, longer) > columnMm) {
      lines.push(`${line} `);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** As few lines as `wrap` makes, and those as even as they can be: for centred text. */
export function wrapEvenly(style: Style, text: string, columnMm: number): string[] {
  const fewest = wrap(style, text, columnMm);
  let even = fewest;
  for (let narrowerMm = columnMm - 1; narrowerMm > columnMm / 3; narrowerMm -= 1) {
    const lines = wrap(style, text, narrowerMm);
    const widest = Math.max(...lines.map((line) => widthOf(style, line.trimEnd())));
    if (lines.length > fewest.length || widest > columnMm) break;
    even = lines;
  }
  return even;
}

/** Smaller in steps of a quarter point until `fits`; null when even the smallest does not. */
export function shrinkToFit(style: Style, smallestPt: number, fits: (style: Style) => boolean): Style | null {
  for (let sizePt = style.sizePt; sizePt >= smallestPt; sizePt -= 0.25) {
    const smaller = { ...style, sizePt };
    if (fits(smaller)) return smaller;
  }
  return null;
}
