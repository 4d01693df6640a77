import { type Canvas, lightGrey, openCanvas } from "./canvas.ts";
import type { OriginalPage } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import { drawHiddenWords } from "./hidden-words.ts";
import type { Box, Sheet } from "./measure-sheet.ts";
import { forScreenReaders } from "./wording.ts";

/** Resource name of the page's one image. */
export const imageResource = "Original";

/** Draws one page of the original with its words: the same in every copy. */
export function drawPageSheet(faces: Faces, sheet: Sheet, page: OriginalPage, place: PagePlace): Canvas {
  const canvas = openCanvas(sheet.heightMm);
  const alt = forScreenReaders.pageImage(place.page, place.pageCount);
  canvas.tag({ kind: "Figure", alt, box: sheet.original }, () => canvas.image(imageResource, sheet.original));
  if (standsAlone(sheet)) canvas.artifact(() => drawEdge(canvas, sheet.original));
  drawHiddenWords(canvas, faces.hidden, page, sheet.original);
  return canvas;
}

type PagePlace = { readonly page: number; readonly pageCount: number };

const standsAlone = (sheet: Sheet): boolean => sheet.original.topMm > 1 && sheet.original.leftMm > 1;

/** A hairline just outside a small original shows where its paper ends. */
function drawEdge(canvas: Canvas, original: Box): void {
  const awayMm = 0.4;
  const outside = {
    leftMm: original.leftMm - awayMm,
    topMm: original.topMm - awayMm,
    widthMm: original.widthMm + 2 * awayMm,
    heightMm: original.heightMm + 2 * awayMm,
  };
  canvas.frame(outside, 0.12, lightGrey);
}
