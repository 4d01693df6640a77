import type { PDFRef } from "pdf-lib";
import { type Canvas, grey, lightGrey, type Style, type Tag } from "./canvas.ts";
import type { Faces } from "./faces.ts";
import { a4, type Box } from "./measure-sheet.ts";
import { columnMm, pageMargins } from "./page-margins.ts";
import { drawQrCode, modulesAcross, type QrCode } from "./qr.ts";
import { drawRuns, shrinkToFit, widthOf, wrap } from "./typesetting.ts";
import { checking, forScreenReaders } from "./wording.ts";

export type CheckingContent = {
  readonly code: QrCode;
  readonly link: string;
  readonly host: string;
  readonly linkAnnotation: PDFRef;
};

const codeSideMm = 42; // DESIGN "Signed code": at most 42 mm, quiet zone included
const textLeftMm = pageMargins.leftMm + codeSideMm + 4;
const textWidthMm = a4.widthMm - pageMargins.rightMm - textLeftMm;
const lineMm = 5;

export const checkingPanelHeightMm = codeSideMm + 2;

/**
 * The one signed code with how to check in two sentences, at the foot of the sheet.
 *
 * @returns where the link's annotation belongs
 */
export function drawCheckingPanel(canvas: Canvas, faces: Faces, topMm: number, content: CheckingContent): Box {
  canvas.artifact(() =>
    canvas.rule({ leftMm: pageMargins.leftMm, topMm, widthMm: columnMm, heightMm: 0.25 }, lightGrey),
  );
  drawCode(canvas, content.code, topMm + 2);
  const heading: Style = { face: faces.bold, sizePt: 12 };
  canvas.tag({ kind: "H2" }, () => canvas.text(heading, textLeftMm, topMm + 8, checking.heading));
  const link = drawLink(canvas, faces, topMm + 13.5, content);
  const vietnamese: Style = { face: faces.regular, sizePt: 11 };
  const afterMm = drawParagraph(canvas, vietnamese, checking.vietnamese, topMm + 21.5);
  drawParagraph(canvas, { face: faces.italic, sizePt: 9, colour: grey }, checking.english, afterMm + 1.2, "en");
  return link;
}

function drawCode(canvas: Canvas, code: QrCode, topMm: number): void {
  const moduleMm = codeSideMm / modulesAcross(code);
  // The dark modules, not the quiet zone, stand flush with the text above.
  const leftMm = pageMargins.leftMm - 4 * moduleMm;
  const box = { leftMm, topMm, widthMm: codeSideMm, heightMm: codeSideMm };
  canvas.tag({ kind: "Figure", alt: forScreenReaders.signedCode, box }, () => drawQrCode(canvas, code, box));
}

/** The domain large, because it is what a person must compare; the whole link below it where it can be read. */
function drawLink(canvas: Canvas, faces: Faces, baselineMm: number, content: CheckingContent): Box {
  const label: Style = { face: faces.regular, sizePt: 11 };
  const name: Style = { face: faces.bold, sizePt: 11 };
  const small = shrinkToFit(
    { face: faces.regular, sizePt: 9.5 },
    7,
    (style) => widthOf(style, content.link) <= textWidthMm,
  );
  const tag: Tag = { kind: "Link", alt: forScreenReaders.link(content.host) };
  const drawText = () => {
    drawRuns(
      canvas,
      [
        { style: label, text: checking.domain },
        { style: name, text: `${content.host} ` },
      ],
      textLeftMm,
      baselineMm,
    );
    if (small) canvas.text(small, textLeftMm, baselineMm + lineMm, content.link);
  };
  canvas.tag(tag, drawText, content.linkAnnotation);
  return { leftMm: textLeftMm, topMm: baselineMm - 4, widthMm: textWidthMm, heightMm: small ? 2 * lineMm : lineMm };
}

/** @returns where the next paragraph may begin */
function drawParagraph(canvas: Canvas, style: Style, text: string, topMm: number, lang?: string): number {
  const lines = wrap(style, text, textWidthMm);
  const stepMm = style.sizePt * 0.42;
  canvas.tag({ kind: "P", ...(lang && { lang }) }, () =>
    lines.forEach((line, i) => {
      canvas.text(style, textLeftMm, topMm + stepMm * (i + 0.8), line);
    }),
  );
  return topMm + stepMm * lines.length;
}
