import type { Style } from "./canvas.ts";
import type { Faces } from "./faces.ts";
import type { Sheet } from "./flow-sheet.ts";
import { columnMm, pageMargins } from "./page-margins.ts";
import type { PaperSigner, PaperToCompose } from "./paper-to-compose.ts";
import { drawCentred, wrap, wrapEvenly } from "./typesetting.ts";

const widthMm = 76;
const lineMm = 6;
const smallLineMm = 4.8;
const belowMm = 4;
const handMm = 20; // room for a signature and a seal's edge
const leftCentreMm = pageMargins.leftMm + widthMm / 2;
const rightCentreMm = pageMargins.leftMm + columnMm - widthMm / 2;

export const signersHeightMm = (faces: Faces, { signers, recipients }: PaperToCompose): number => {
  const tallest = Math.max(...signers.map((signer) => signerHeightMm(faces, signer)));
  const namedMm = recipients.length === 0 ? 0 : recipientsHeightMm(faces, recipients);
  return 4 + (signers.length === 1 ? Math.max(tallest, namedMm) : tallest + belowMm + namedMm);
};

/** One signs right with *nơi nhận* at the left; two sign side by side with *nơi nhận* below. NĐ 30/2020 Appendix I. */
export function drawSigners(sheet: Sheet, faces: Faces, paper: PaperToCompose): void {
  const [first, second] = paper.signers;
  sheet.topMm += 4;
  const heights = paper.signers.map((signer) => signerHeightMm(faces, signer));
  if (second === undefined) {
    drawRecipients(sheet, faces, paper.recipients, sheet.topMm);
    drawSigner(sheet, faces, first, rightCentreMm);
    return;
  }
  drawSigner(sheet, faces, first, leftCentreMm);
  drawSigner(sheet, faces, second, rightCentreMm);
  drawRecipients(sheet, faces, paper.recipients, sheet.topMm + Math.max(...heights) + belowMm);
}

const titleStyle = (faces: Faces): Style => ({ face: faces.bold, sizePt: 13 });

const titleLinesOf = (faces: Faces, { titleLines }: PaperSigner): string[] =>
  titleLines.flatMap((text) => wrapEvenly(titleStyle(faces), text, widthMm));
const nameLinesOf = (faces: Faces, { name }: PaperSigner): string[] => wrapEvenly(titleStyle(faces), name, widthMm);

function signerHeightMm(faces: Faces, signer: PaperSigner): number {
  const lines = titleLinesOf(faces, signer).length + nameLinesOf(faces, signer).length + (signer.how === "" ? 0 : 1);
  return lines * lineMm + handMm;
}

function drawSigner({ canvas, topMm }: Sheet, faces: Faces, signer: PaperSigner, centreMm: number): void {
  const italic: Style = { face: faces.italic, sizePt: 12 };
  const put = (style: Style, lines: readonly string[], fromMm: number): number => {
    lines.forEach((text, i) => {
      canvas().tag({ kind: "P" }, () => drawCentred(canvas(), [{ style, text }], centreMm, fromMm + 4.6 + i * lineMm));
    });
    return fromMm + lines.length * lineMm;
  };
  const titledMm = put(titleStyle(faces), titleLinesOf(faces, signer), topMm);
  const howMm = put(italic, signer.how === "" ? [] : [signer.how], titledMm);
  put(titleStyle(faces), nameLinesOf(faces, signer), howMm + handMm);
}

const recipientStyle = (faces: Faces): Style => ({ face: faces.regular, sizePt: 11 });
const recipientLines = (faces: Faces, recipients: readonly string[]): string[] =>
  recipients.flatMap((text) => wrap(recipientStyle(faces), `- ${text}`, widthMm));
const recipientsHeightMm = (faces: Faces, recipients: readonly string[]): number =>
  (recipientLines(faces, recipients).length + 1) * smallLineMm + 2;

function drawRecipients({ canvas }: Sheet, faces: Faces, recipients: readonly string[], topMm: number): void {
  if (recipients.length === 0) return;
  const heading: Style = { face: faces.italic, sizePt: 12 };
  canvas().tag({ kind: "P" }, () => canvas().text(heading, pageMargins.leftMm, topMm + 4, "Nơi nhận:"));
  canvas().tag({ kind: "P" }, () =>
    recipientLines(faces, recipients).forEach((text, i) => {
      canvas().text(recipientStyle(faces), pageMargins.leftMm, topMm + 4 + (i + 1) * smallLineMm, text);
    }),
  );
}
