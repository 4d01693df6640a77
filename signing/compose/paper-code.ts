import type { Style } from "./canvas.ts";
import type { Faces } from "./faces.ts";
import type { Sheet } from "./flow-sheet.ts";
import { type NoticeLine, setParagraph } from "./notice-flow.ts";
import { columnMm, pageMargins } from "./page-margins.ts";
import type { PaperPart } from "./paper-to-compose.ts";
import { drawQrHere, makeQrCode, modulesAcross, type QrCode } from "./qr.ts";
import { drawRuns } from "./typesetting.ts";

type CodePart = Extract<PaperPart, { kind: "code" }>;

const lineMm = 5.2;
const gapMm = 3;
const moduleMm = 0.55;

/** @param closingMm what must stand on the same page below it */
export function drawCode(sheet: Sheet, faces: Faces, part: CodePart, closingMm: number): void {
  const { code, sideMm, lines } = setCode(faces, part);
  const heightMm = Math.max(sideMm, lines.length * lineMm + 2) + 2;
  sheet.room(heightMm + closingMm);
  const canvas = sheet.canvas();
  if (code !== null) {
    const box = { leftMm: pageMargins.leftMm, topMm: sheet.topMm, widthMm: sideMm, heightMm: sideMm };
    canvas.tag({ kind: "Figure", alt: part.says, box }, () => drawQrHere(canvas, code, box));
  }
  const leftMm = pageMargins.leftMm + (code === null ? 0 : sideMm + gapMm);
  canvas.tag({ kind: "P" }, () =>
    lines.forEach(({ runs }, i) => {
      drawRuns(canvas, runs, leftMm, sheet.topMm + 5.4 + i * lineMm);
    }),
  );
  sheet.topMm += heightMm;
}

/** Without its code where the text is too long for one. */
function setCode(faces: Faces, { text, beside }: CodePart): SetCode {
  const made = makeQrCode(text, text.length <= 84 ? 5 : 14);
  const code = made.ok ? made.value : null;
  const sideMm = code === null ? 0 : modulesAcross(code) * moduleMm;
  const widthMm = columnMm - (code === null ? 0 : sideMm + gapMm);
  const faceOf = { strong: faces.bold, italic: faces.italic } as const;
  const styleOf = (look: keyof typeof faceOf | undefined): Style => ({
    face: look === undefined ? faces.regular : faceOf[look],
    sizePt: 11.5,
  });
  const setRuns = (runs: CodePart["beside"][number]) =>
    setParagraph(
      runs.map(({ text: said, look }) => ({ style: styleOf(look), text: said })),
      0,
      0,
      widthMm,
    );
  const lines = beside.flatMap((runs) => setRuns(runs).lines);
  return { code, sideMm, lines };
}

type SetCode = {
  readonly code: QrCode | null;
  readonly sideMm: number;
  readonly lines: readonly NoticeLine[];
};
