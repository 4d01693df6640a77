import { fail, ok, type Result } from "../../src/core/kernel.ts";
import { black, type Canvas, grey, lightGrey, type Style, warningRed } from "./canvas.ts";
import type { Certificate } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import type { Box } from "./measure-sheet.ts";
import { drawQrCode, modulesAcross, type QrCode } from "./qr.ts";
import { drawRuns, type Run, shrinkToFit, widthOfRuns } from "./typesetting.ts";
import { dateWithZone, forScreenReaders, stripText, worthless } from "./wording.ts";

export type StripContent = {
  readonly certificate: Certificate;
  readonly page: number;
  readonly pageCount: number;
  readonly host: string;
  readonly code: QrCode;
  readonly development: boolean;
};

const marginMm = 12;
const codeSideMm = 23; // version 5 with its quiet zone is 45 modules: 0.511 mm each
const betweenTextAndCodeMm = 3;
const ruleMm = 0.25;
const smallestPt = 5.5;

/** Draws the strip below the original: what the page is, of which certificate, and where to check it. Never over the original. */
export function drawStrip(
  canvas: Canvas,
  faces: Faces,
  strip: Box,
  content: StripContent,
): Result<null, { code: "text_does_not_fit"; place: "strip" }> {
  const textWidthMm = strip.widthMm - 2 * marginMm - codeSideMm + codeInsetMm(content.code) - betweenTextAndCodeMm;
  const lines = linesOf(faces, content).map((line) => fitted(line, textWidthMm));
  if (lines.some((line) => line === null)) return fail({ code: "text_does_not_fit", place: "strip" });

  canvas.artifact(() =>
    canvas.rule({ ...strip, leftMm: marginMm, widthMm: strip.widthMm - 2 * marginMm, heightMm: ruleMm }, lightGrey),
  );
  drawLines(
    canvas,
    lines.filter((line) => line !== null),
    strip,
  );
  const alt = forScreenReaders.linkCode;
  const box = codeBox(strip, content.code);
  canvas.tag({ kind: "Figure", alt, box }, () => drawQrCode(canvas, content.code, box));
  return ok(null);
}

function linesOf(faces: Faces, content: StripContent): Run[][] {
  const { certificate, page, pageCount, host } = content;
  const { copy } = certificate;
  const strong = (text: string, sizePt = 9.5): Run => ({ style: { face: faces.bold, sizePt }, text });
  const plain = (text: string, colour = black): Run => ({ style: { face: faces.regular, sizePt: 9.5, colour }, text });
  const lines = [
    [strong(stripText.made, 8.5)],
    [
      plain(stripText.number),
      strong(certificate.number),
      plain(stripText.book),
      strong(certificate.book),
      plain(`${stripText.date}${dateWithZone(certificate.date)}`),
    ],
    [plain(certificate.agency)],
    [
      strong(`${stripText.page(page, pageCount)} `),
      ...(copy === undefined ? [] : [strong(stripText.copy(copy.ordinal, copy.of))]),
      plain(`· ${stripText.check}`, grey),
      plain(host, grey),
    ],
  ];
  const warning: Style = { face: faces.bold, sizePt: 8.5, colour: warningRed };
  return content.development
    ? [...lines, [{ style: warning, text: `${worthless.vietnamese} · ${worthless.english}` }]]
    : lines;
}

/** The whole line smaller, so that its parts keep their proportion. */
function fitted(line: readonly Run[], widthMm: number): Run[] | null {
  const first = line[0];
  if (!first) return [];
  const scaled = (style: Style): Run[] =>
    line.map((run) => ({
      ...run,
      style: { ...run.style, sizePt: (run.style.sizePt * style.sizePt) / first.style.sizePt },
    }));
  const style = shrinkToFit(first.style, smallestPt, (smaller) => widthOfRuns(scaled(smaller)) <= widthMm);
  return style && scaled(style);
}

function drawLines(canvas: Canvas, lines: readonly Run[][], strip: Box): void {
  const lineMm = lines.length > 4 ? 4.1 : 4.5;
  const firstBaselineMm = strip.topMm + (strip.heightMm - lineMm * lines.length) / 2 + 0.78 * lineMm;
  lines.forEach((line, i) => {
    const baselineMm = firstBaselineMm + i * lineMm;
    if (i === pageLine) drawPageLine(canvas, line, baselineMm);
    else canvas.tag({ kind: "P" }, () => drawRuns(canvas, line, marginMm, baselineMm));
  });
}

const pageLine = 3;

/** The page's number is its heading: those who listen hear it before the page, and can go from page to page by it. */
function drawPageLine(canvas: Canvas, [page, ...others]: readonly Run[], baselineMm: number): void {
  if (page === undefined) return;
  canvas.tag({ kind: "H1", leads: true }, () => drawRuns(canvas, [page], marginMm, baselineMm));
  canvas.tag({ kind: "P" }, () => drawRuns(canvas, others, marginMm + widthOfRuns([page]), baselineMm));
}

// The quiet zone may reach into the margin: the dark modules end where the rule ends.
const codeInsetMm = (code: QrCode): number => (codeSideMm * 4) / modulesAcross(code);

function codeBox(strip: Box, code: QrCode): Box {
  return {
    leftMm: strip.leftMm + strip.widthMm - marginMm - codeSideMm + codeInsetMm(code),
    topMm: strip.topMm + (strip.heightMm - codeSideMm) / 2 + ruleMm,
    widthMm: codeSideMm,
    heightMm: codeSideMm,
  };
}
