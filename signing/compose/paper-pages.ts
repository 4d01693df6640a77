import type { Canvas, Style } from "./canvas.ts";
import type { Faces } from "./faces.ts";
import { drawParagraph, openSheet, type Sheet, type Spacing } from "./flow-sheet.ts";
import { headingBlock } from "./letterhead.ts";
import { type Paragraph, setParagraph } from "./notice-flow.ts";
import { columnCentreMm, columnMm, pageMargins } from "./page-margins.ts";
import { drawCode } from "./paper-code.ts";
import { drawSigners, signersHeightMm } from "./paper-signers.ts";
import { drawTable } from "./paper-table.ts";
import type { PaperPart, PaperRun, PaperToCompose } from "./paper-to-compose.ts";
import { drawCentred, type Run, wrapEvenly } from "./typesetting.ts";

const spacing: Spacing = { lineMm: 6.2, betweenMm: 1.4 };
const bodyPt = 13;

/** Draws a paper over as many pages as it needs. Who signs never stands alone on a page: it could be put under another text. */
export function drawPaper(faces: Faces, paper: PaperToCompose): readonly Canvas[] {
  const sheet = openSheet(faces, paper.development);
  drawHead(sheet, faces, paper);
  const closingMm = signersHeightMm(faces, paper);
  paper.parts.forEach((part, i) => {
    drawPart(sheet, faces, part, i === paper.parts.length - 1 ? closingMm : 0);
  });
  drawSigners(sheet, faces, paper);
  return sheet.canvases;
}

function drawHead(sheet: Sheet, faces: Faces, paper: PaperToCompose): void {
  const heading = headingBlock(faces, paper);
  heading.draw(sheet.canvas(), sheet.topMm);
  sheet.topMm += heading.heightMm + 7;
  drawTitleLines(sheet, "H1", { face: faces.bold, sizePt: 14 }, paper.title);
  if (paper.about !== "") drawTitleLines(sheet, "P", { face: faces.bold, sizePt: bodyPt }, paper.about);
  sheet.topMm += 4;
}

function drawTitleLines(sheet: Sheet, kind: "H1" | "P", style: Style, text: string): void {
  sheet.canvas().tag({ kind }, () => {
    for (const line of wrapEvenly(style, text, columnMm - 10)) {
      drawCentred(sheet.canvas(), [{ style, text: line }], columnCentreMm, sheet.topMm + 5);
      sheet.topMm += 6.4;
    }
  });
}

/** @param closingMm what must stand on the same page as the part's last line */
function drawPart(sheet: Sheet, faces: Faces, part: PaperPart, closingMm: number): void {
  if (part.kind === "heading") drawHeading(sheet, faces, part.text);
  else if (part.kind === "table") drawTable(sheet, faces, part, closingMm);
  else if (part.kind === "code") drawCode(sheet, faces, part, closingMm);
  else drawWith(sheet, paragraphOf(faces, part), closingMm);
}

type Text = Extract<PaperPart, { kind: "paragraph" | "fact" }>;

function paragraphOf(faces: Faces, part: Text): Paragraph {
  if (part.kind === "paragraph") return setParagraph(runsOf(faces, part.runs));
  return setParagraph(runsOf(faces, [{ text: `${part.label}: ` }, { text: part.value, look: "strong" }]), 0, 0);
}

function drawWith(sheet: Sheet, paragraph: Paragraph, closingMm: number): void {
  if (closingMm > 0) sheet.room(paragraph.lines.length * spacing.lineMm + spacing.betweenMm + closingMm);
  drawParagraph(sheet, paragraph, spacing);
}

/** With room for two lines below it: a heading alone at the foot of a page belongs to nothing. */
function drawHeading(sheet: Sheet, faces: Faces, text: string): void {
  sheet.room(3 * spacing.lineMm);
  const style: Style = { face: faces.bold, sizePt: bodyPt };
  const canvas = sheet.canvas();
  canvas.tag({ kind: "H2" }, () => canvas.text(style, pageMargins.leftMm, sheet.topMm + 4.7, text));
  sheet.topMm += spacing.lineMm;
}

function runsOf(faces: Faces, runs: readonly PaperRun[]): Run[] {
  const faceOf = { strong: faces.bold, italic: faces.italic } as const;
  return runs.map(({ text, look }) => ({
    style: { face: look === undefined ? faces.regular : faceOf[look], sizePt: bodyPt },
    text,
  }));
}
