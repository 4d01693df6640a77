import type { PDFRef } from "pdf-lib";
import { type Canvas, grey, type Style } from "./canvas.ts";
import type { Faces } from "./faces.ts";
import { drawParagraph, openSheet, type Sheet } from "./flow-sheet.ts";
import type { Box } from "./measure-sheet.ts";
import { type Paragraph, setParagraph } from "./notice-flow.ts";
import { columnCentreMm, columnMm, pageMargins } from "./page-margins.ts";
import type { ReportRow, ReportToCompose } from "./report-to-compose.ts";
import { drawCentred, drawRuns, wrapEvenly } from "./typesetting.ts";

const spacing = { lineMm: 5.3, betweenMm: 0.8 };
const headingLineMm = 6;
const fieldMm = { widthMm: columnMm, heightMm: 12 };

/** Draws the report over as many pages as it needs; the signature's place is always on the last. */
export function drawReport(
  faces: Faces,
  report: ReportToCompose,
  field: PDFRef,
): { readonly canvases: readonly Canvas[]; readonly place: Box } {
  const sheet = openSheet(faces, report.development);
  drawTitle(sheet, faces, report);
  const plain: Style = { face: faces.regular, sizePt: 11 };
  const strong: Style = { face: faces.bold, sizePt: 11 };
  for (const { heading, rows } of report.sections) {
    drawHeading(sheet, { face: faces.bold, sizePt: 12.5 }, heading);
    for (const row of rows) drawParagraph(sheet, rowParagraph(row, plain, strong), spacing);
    sheet.topMm += 2;
  }
  return { canvases: sheet.canvases, place: drawField(sheet, faces, report, field) };
}

function drawTitle(sheet: Sheet, faces: Faces, { title, titleBeside, language }: ReportToCompose): void {
  const other = language === "vi" ? "en" : "vi";
  const lines = [
    { tag: { kind: "H1" } as const, style: { face: faces.bold, sizePt: 15 }, text: title },
    { tag: { kind: "P", lang: other } as const, style: { face: faces.italic, sizePt: 12 }, text: titleBeside },
  ];
  for (const { tag, style, text } of lines) {
    sheet.canvas().tag(tag, () => {
      for (const line of wrapEvenly(style, text, columnMm)) {
        drawCentred(sheet.canvas(), [{ style, text: line }], columnCentreMm, sheet.topMm + 5);
        sheet.topMm += 6.6;
      }
    });
  }
  sheet.topMm += 3;
}

/** With room for two lines below it: a heading alone at the foot of a page belongs to nothing. */
function drawHeading(sheet: Sheet, style: Style, text: string): void {
  const { lines } = setParagraph([{ style, text }], 0, 0);
  sheet.room(lines.length * headingLineMm + 2 * spacing.lineMm);
  const canvas = sheet.canvas();
  canvas.tag({ kind: "H2" }, () => {
    for (const { runs } of lines) {
      drawRuns(canvas, runs, pageMargins.leftMm, sheet.topMm + 4.4);
      sheet.topMm += headingLineMm;
    }
  });
}

function rowParagraph({ label, value }: ReportRow, plain: Style, strong: Style): Paragraph {
  const said = { style: plain, text: value };
  return label === null
    ? setParagraph([said], 0, 0)
    : setParagraph([{ style: strong, text: `${label}: ` }, said], 0, 0);
}

function drawField(sheet: Sheet, faces: Faces, { signedBy }: ReportToCompose, field: PDFRef): Box {
  const paragraph = setParagraph([{ style: { face: faces.italic, sizePt: 11 }, text: signedBy }], 0, 0);
  sheet.room(paragraph.lines.length * spacing.lineMm + fieldMm.heightMm + 4);
  drawParagraph(sheet, paragraph, spacing);
  const canvas = sheet.canvas();
  const place = { leftMm: pageMargins.leftMm, topMm: sheet.topMm + 1, ...fieldMm };
  canvas.artifact(() => canvas.frame(place, 0.2, grey));
  canvas.annotate({ kind: "Form", alt: signedBy }, field);
  return place;
}
