import type { PDFRef } from "pdf-lib";
import type { Canvas, Style } from "./canvas.ts";
import type { AppearanceSizes, CopyToCompose } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import { a4, type Box } from "./measure-sheet.ts";
import { pageMargins } from "./page-margins.ts";
import { drawCentred, wrapEvenly } from "./typesetting.ts";
import { forScreenReaders } from "./wording.ts";

/** Where the two signing people's pictures will stand. */
export type SignaturePlaces = { readonly officer: Box; readonly agency: Box };
export type WidgetRefs = { readonly officer: PDFRef; readonly agency: PDFRef };

const widthMm = 88;
const centreMm = a4.widthMm - pageMargins.rightMm - widthMm / 2;
const lineMm = 6;
const aroundPicturesMm = 1.5;
const overlapShare = 1 / 3; // NĐ 30/2020 Appendix I: the seal covers about a third of the signature, on its left

/** Height of title, signatures and name together. */
export function signerHeightMm(faces: Faces, copy: CopyToCompose): number {
  const { titles, names } = linesOf(faces, copy);
  return (titles.length + names.length) * lineMm + pictureRoomMm(copy.appearances);
}

/**
 * Draws title and printed name with room between them for the signature, centred, and the seal over its left third.
 *
 * @returns the two places, for the widgets of the empty fields
 */
export function drawSigner(
  canvas: Canvas,
  faces: Faces,
  copy: CopyToCompose,
  topMm: number,
  widgets: WidgetRefs,
): SignaturePlaces {
  const { titles, names, style } = linesOf(faces, copy);
  const roomTopMm = topMm + titles.length * lineMm;
  const places = placesIn(copy.appearances, roomTopMm + pictureRoomMm(copy.appearances) / 2);
  const drawLines = (lines: readonly string[], fromMm: number) =>
    lines.forEach((text, i) => {
      canvas.tag({ kind: "P" }, () => drawCentred(canvas, [{ style, text }], centreMm, fromMm + 4.6 + i * lineMm));
    });
  drawLines(titles, topMm);
  canvas.annotate({ kind: "Form", alt: forScreenReaders.officerField }, widgets.officer);
  canvas.annotate({ kind: "Form", alt: forScreenReaders.agencyField }, widgets.agency);
  drawLines(names, roomTopMm + pictureRoomMm(copy.appearances));
  return places;
}

function linesOf(faces: Faces, copy: CopyToCompose): { titles: string[]; names: string[]; style: Style } {
  const style: Style = { face: faces.bold, sizePt: 13.5 };
  const { name, titleLines } = copy.certificate.officer;
  return {
    titles: titleLines.flatMap((line) => wrapEvenly(style, line, widthMm)),
    names: wrapEvenly(style, name, widthMm),
    style,
  };
}

const pictureRoomMm = (sizes: AppearanceSizes): number =>
  Math.max(sizes.signatureHeightMm, sizes.sealDiameterMm) + 2 * aroundPicturesMm;

function placesIn(sizes: AppearanceSizes, middleMm: number): SignaturePlaces {
  const { signatureWidthMm, signatureHeightMm, sealDiameterMm } = sizes;
  const signatureLeftMm = centreMm - signatureWidthMm / 2;
  return {
    officer: {
      leftMm: signatureLeftMm,
      topMm: middleMm - signatureHeightMm / 2,
      widthMm: signatureWidthMm,
      heightMm: signatureHeightMm,
    },
    agency: {
      leftMm: signatureLeftMm + signatureWidthMm * overlapShare - sealDiameterMm,
      topMm: middleMm - sealDiameterMm / 2,
      widthMm: sealDiameterMm,
      heightMm: sealDiameterMm,
    },
  };
}
