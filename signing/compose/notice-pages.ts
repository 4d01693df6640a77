import type { PDFRef } from "pdf-lib";
import type { Canvas, Style } from "./canvas.ts";
import { usualAppearances } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import { drawParagraph, openSheet, type Sheet } from "./flow-sheet.ts";
import { headingBlock } from "./letterhead.ts";
import { a4, type Box } from "./measure-sheet.ts";
import { type Paragraph, setParagraph } from "./notice-flow.ts";
import type { NoticeToCompose } from "./notice-to-compose.ts";
import { noticeText, noticeTitle, shortDay } from "./notice-wording.ts";
import { columnCentreMm, pageMargins } from "./page-margins.ts";
import { drawCentred, wrapEvenly } from "./typesetting.ts";

const lineMm = 6.4;
const betweenMm = 2;
const signerWidthMm = 88;
const signerCentreMm = a4.widthMm - pageMargins.rightMm - signerWidthMm / 2;
const spacing = { lineMm, betweenMm };

/** The drawn pages, and where the signature belongs: always on the last. */
export type NoticePages = { readonly canvases: readonly Canvas[]; readonly place: Box };

/** Draws the notice; a long reason goes on over as many pages as it needs. NĐ 30/2020 Appendix I. */
export function drawNotice(faces: Faces, notice: NoticeToCompose, field: PDFRef): NoticePages {
  const sheet = openSheet(faces, notice.development);
  drawHead(sheet, faces, notice);
  const paragraphs = paragraphsOf(faces, notice);
  for (const paragraph of paragraphs.slice(0, -1)) drawParagraph(sheet, paragraph, spacing);
  // The last paragraph goes with the signature: a signature alone on a page could be put under another text.
  const closing = paragraphs.slice(-1);
  const closingMm = closing.reduce((sum, { lines }) => sum + lines.length * lineMm + betweenMm, 0);
  sheet.room(closingMm + signerHeightMm(faces, notice));
  for (const paragraph of closing) drawParagraph(sheet, paragraph, spacing);
  const place = drawSigner(sheet, faces, notice, field);
  return { canvases: sheet.canvases, place };
}

function drawHead(sheet: Sheet, faces: Faces, notice: NoticeToCompose): void {
  const heading = headingBlock(faces, notice);
  heading.draw(sheet.canvas(), sheet.topMm);
  sheet.topMm += heading.heightMm + 8;
  const title: Style = { face: faces.bold, sizePt: 14 };
  sheet.canvas().tag({ kind: "H1" }, () => {
    for (const text of [`${noticeTitle.first} `, noticeTitle.second]) {
      drawCentred(sheet.canvas(), [{ style: title, text }], columnCentreMm, sheet.topMm + 5);
      sheet.topMm += 6.6;
    }
  });
  const small = { style: { face: faces.italic, sizePt: 12 }, text: noticeText.dossier(notice.dossierId) };
  sheet.canvas().tag({ kind: "P" }, () => drawCentred(sheet.canvas(), [small], columnCentreMm, sheet.topMm + 4.6));
  sheet.topMm += 11;
}

function paragraphsOf(faces: Faces, notice: NoticeToCompose): Paragraph[] {
  const plain: Style = { face: faces.regular, sizePt: 13 };
  const strong: Style = { face: faces.bold, sizePt: 13 };
  const italic: Style = { face: faces.italic, sizePt: 13 };
  const [first = "", ...others] = notice.reason.split("\n");
  const line = (text: string) => setParagraph([{ style: plain, text }]);
  return [
    setParagraph([
      { style: plain, text: noticeText.to },
      { style: strong, text: notice.applicant },
    ]),
    ...noticeText.grounds(notice.ground.isOfOriginal).map(line),
    setParagraph([
      { style: plain, text: noticeText.received(notice.receivedAt, notice.agency) },
      { style: strong, text: notice.paper },
      { style: plain, text: refusedText(notice.ground) },
    ]),
    setParagraph([{ style: italic, text: noticeText.ground(notice.ground.words, notice.ground.isOfOriginal) }], 6),
    line(`${noticeText.reason(notice.page)}${first}`),
    ...others.filter((text) => text !== "").map(line),
    line(noticeText.examined(notice.examined.by, shortDay(notice.examined.on))),
    line(`${returnedText(notice.ground)} ${noticeText.complaint}`),
    line(noticeText.check(notice.checkAt)),
  ];
}

type Ground = NoticeToCompose["ground"];

const refusedText = ({ isOfOriginal, rule }: Ground): string =>
  isOfOriginal ? noticeText.refused(rule) : noticeText.refusedOtherwise(rule);

function returnedText({ isOfOriginal, isPaperReturned }: Ground): string {
  if (!isPaperReturned) return noticeText.suspected;
  return isOfOriginal ? noticeText.original : noticeText.presented;
}

const pictureRoomMm = usualAppearances.signatureHeightMm + 4;

function signerLines(faces: Faces, { signer }: NoticeToCompose) {
  const style: Style = { face: faces.bold, sizePt: 13.5 };
  const titles = signer.titleLines.flatMap((text) => wrapEvenly(style, text, signerWidthMm));
  return { style, titles, names: wrapEvenly(style, signer.name, signerWidthMm) };
}

function signerHeightMm(faces: Faces, notice: NoticeToCompose): number {
  const { titles, names } = signerLines(faces, notice);
  return 4 + (titles.length + names.length) * lineMm + pictureRoomMm;
}

function drawSigner(sheet: Sheet, faces: Faces, notice: NoticeToCompose, field: PDFRef): Box {
  const { style, titles, names } = signerLines(faces, notice);
  const canvas = sheet.canvas();
  const drawLines = (lines: readonly string[]) => {
    for (const text of lines) {
      canvas.tag({ kind: "P" }, () => drawCentred(canvas, [{ style, text }], signerCentreMm, sheet.topMm + 4.6));
      sheet.topMm += lineMm;
    }
  };
  sheet.topMm += 4;
  drawLines(titles);
  canvas.annotate({ kind: "Form", alt: noticeText.field }, field);
  const { signatureWidthMm: widthMm, signatureHeightMm: heightMm } = usualAppearances;
  const place = { leftMm: signerCentreMm - widthMm / 2, topMm: sheet.topMm + 2, widthMm, heightMm };
  sheet.topMm += pictureRoomMm;
  drawLines(names);
  return place;
}
