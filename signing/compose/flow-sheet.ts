import { warningBlock } from "./attestation-blocks.ts";
import { type Canvas, openCanvas } from "./canvas.ts";
import type { Faces } from "./faces.ts";
import { a4 } from "./measure-sheet.ts";
import type { Paragraph } from "./notice-flow.ts";
import { columnCentreMm, pageMargins } from "./page-margins.ts";
import { drawCentred, drawRuns } from "./typesetting.ts";

const bottomMm = a4.heightMm - pageMargins.bottomMm;

/** A4 pages filled from the top, as many as the text needs. */
export type Sheet = {
  readonly canvases: Canvas[];
  topMm: number;
  readonly canvas: () => Canvas;
  readonly fits: (neededMm: number) => boolean;
  /** A new page where less is left. */
  readonly room: (neededMm: number) => void;
};

/** @param development warns on every page, DESIGN decision 10 */
export function openSheet(faces: Faces, development: boolean): Sheet {
  const sheet: Sheet = {
    canvases: [],
    topMm: 0,
    canvas: () => sheet.canvases.at(-1) ?? newPage(),
    fits: (neededMm) => sheet.topMm + neededMm <= bottomMm,
    room: (neededMm) => {
      if (!sheet.fits(neededMm)) newPage();
    },
  };
  const newPage = (): Canvas => {
    const canvas = openCanvas(a4.heightMm);
    sheet.canvases.push(canvas);
    sheet.topMm = pageMargins.topMm;
    drawPageNumber(canvas, faces, sheet.canvases.length);
    if (!development) return canvas;
    const warning = warningBlock(faces);
    warning.draw(canvas, sheet.topMm);
    sheet.topMm += warning.heightMm + 3;
    return canvas;
  };
  newPage();
  return sheet;
}

/** From the second page on, in the middle above. NĐ 30/2020 Appendix I. */
function drawPageNumber(canvas: Canvas, faces: Faces, page: number): void {
  if (page === 1) return;
  const run = { style: { face: faces.regular, sizePt: 13 }, text: String(page) };
  canvas.artifact(() => drawCentred(canvas, [run], columnCentreMm, pageMargins.topMm - 6));
}

/** Distance of lines and of paragraphs. */
export type Spacing = { readonly lineMm: number; readonly betweenMm: number };

/** Line by line over the end of a page; what stands on each page is a tag of its own. */
export function drawParagraph(sheet: Sheet, { lines }: Paragraph, { lineMm, betweenMm }: Spacing): void {
  let rest = lines;
  while (rest.length > 0) {
    sheet.room(lineMm);
    const fitting = Math.max(1, Math.floor((bottomMm - sheet.topMm) / lineMm));
    const canvas = sheet.canvas();
    canvas.tag({ kind: "P" }, () => {
      for (const { indentMm, runs } of rest.slice(0, fitting)) {
        drawRuns(canvas, runs, pageMargins.leftMm + indentMm, sheet.topMm + 0.75 * lineMm);
        sheet.topMm += lineMm;
      }
    });
    rest = rest.slice(fitting);
  }
  sheet.topMm += betweenMm;
}
