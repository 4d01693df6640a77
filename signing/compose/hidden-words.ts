import { type PDFContext, type PDFRef, PDFString } from "pdf-lib";
import { type Canvas, num, pointsPerMm, type StructureKind } from "./canvas.ts";
import type { Box } from "./measure-sheet.ts";
import { packedStream } from "./packed-stream.ts";
import { hex4, toUnicodeMap } from "./to-unicode.ts";
import type { EmbeddedFace } from "./typeface.ts";
import { blocksOf, type WordBlock } from "./word-layout.ts";
import type { Line, ReadWord } from "./word-lines.ts";

/**
 * Font of the invisible layer: any character at all, each two bytes, all drawn (if they were drawn) by the space of a face
 * that the file embeds anyway. So what a page says never makes the fonts larger, and no character can be missing.
 */
export type HiddenFace = {
  readonly resource: string;
  readonly ref: PDFRef;
  readonly encode: (text: string) => string;
  readonly embed: (lender: EmbeddedFace) => void;
};

const spacePlace = 1;
const advance = 250; // thousandths: the space of a Times-like face, ISO 19005-2 §6.2.11.5

export function openHiddenFace(context: PDFContext, resource: string): HiddenFace {
  const codes = new Map<number, number>();
  const ref = context.nextRef();
  const codeOf = (codePoint: number): number => {
    const code = codes.get(codePoint) ?? codes.size + 1;
    codes.set(codePoint, code);
    return code;
  };
  return {
    resource,
    ref,
    encode: (text) => Array.from(text, (character) => hex4(codeOf(character.codePointAt(0) ?? 0))).join(""),
    embed: (lender) => embedHidden(context, ref, lender, codes),
  };
}

function embedHidden(context: PDFContext, ref: PDFRef, lender: EmbeddedFace, codes: ReadonlyMap<number, number>): void {
  const glyphOfCode = new Uint8Array(2 * (codes.size + 1));
  for (const code of codes.values()) glyphOfCode[2 * code + 1] = spacePlace;
  const cidFont = context.obj({
    Type: "Font",
    Subtype: "CIDFontType2",
    BaseFont: lender.name,
    CIDSystemInfo: { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 },
    CIDToGIDMap: packedStream(context, glyphOfCode),
    FontDescriptor: lender.descriptor,
    DW: advance,
  });
  const unicode = [...codes].map(([codePoint, code]) => ({ code, codePoint }));
  context.assign(
    ref,
    context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: lender.name,
      Encoding: "Identity-H",
      DescendantFonts: [context.register(cidFont)],
      ToUnicode: packedStream(context, toUnicodeMap(unicode)),
    }),
  );
}

type Page = { readonly words: readonly ReadWord[]; readonly widthPx: number; readonly heightPx: number };

/**
 * Lays the words invisibly (text rendering mode 3) over the image, in reading order: tagged headings, paragraphs, tables.
 * To a tenth of a point: nobody marks text finer, and more decimals were a quarter of its weight.
 */
export function drawHiddenWords(canvas: Canvas, face: HiddenFace, page: Page, original: Box): void {
  const place = { leftMm: original.leftMm, topMm: original.topMm, mmPerPx: original.widthMm / page.widthPx };
  const words = readable(page.words).filter((word) => word.x < page.widthPx && word.y < page.heightPx);
  const drawLines = (kind: StructureKind, lines: readonly Line[]) =>
    canvas.tag({ kind }, () => {
      canvas.operators("q BT 3 Tr");
      for (const line of lines) drawLine(canvas, face, line, place);
      canvas.operators("ET Q");
    });
  for (const block of blocksOf(words)) {
    if (block.kind === "Table") drawTable(canvas, block, drawLines);
    else drawLines(block.kind, block.lines);
  }
}

function drawTable(
  canvas: Canvas,
  { rows, hasHeader }: Extract<WordBlock, { kind: "Table" }>,
  drawLines: (kind: StructureKind, lines: readonly Line[]) => void,
): void {
  canvas.group("Table", () =>
    rows.forEach((cells, row) => {
      canvas.group("TR", () => {
        for (const cell of cells) drawLines(row === 0 && hasHeader ? "TH" : "TD", [cell]);
      });
    }),
  );
}

function readable(words: readonly ReadWord[]): ReadWord[] {
  return words
    .map((word) => ({ ...word, text: withoutUnmappable(word.text) }))
    .filter((word) => word.text !== "" && word.width > 0 && word.height > 0 && word.x >= 0 && word.y >= 0);
}

// ISO 19005-2 §6.2.11.7.2 forbids mapping to U+FEFF and U+FFFE, §6.2.11.7.3 to private use without replacement text; controls,
// direction marks (an attack: they turn what follows), unassigned characters, spaces and lone surrogates say nothing.
const withoutUnmappable = (text: string): string => text.replace(/[\p{C}\p{Z}]/gu, "").normalize("NFC");

const widestSpace = 0.4; // of the line's height: marking one cell of a table does not mark the way to the next
const descent = 0.2; // share of a line of Vietnamese below the baseline, close enough for marking text with the mouse

function drawLine(
  canvas: Canvas,
  face: HiddenFace,
  line: Line,
  place: { leftMm: number; topMm: number; mmPerPx: number },
): void {
  const pointsPerPx = place.mmPerPx * pointsPerMm;
  const height = line.bottom - line.top;
  const sizePt = Math.max(1, height * pointsPerPx);
  const bottomPt = (canvas.heightMm - place.topMm) * pointsPerMm - (line.bottom - descent * height) * pointsPerPx;
  canvas.operators(`/${face.resource} ${num(sizePt, 1)} Tf`);
  line.words.forEach((word, i) => {
    const next = line.words[i + 1];
    const x = place.leftMm * pointsPerMm + word.x * pointsPerPx;
    const y = bottomPt - line.slope * (word.x + word.width / 2 - line.left) * pointsPerPx;
    const gap = next ? Math.max(1, Math.min(next.x - word.x - word.width, widestSpace * height)) : height / 4;
    // With its space in one string: PDFium (Chromium) passes over a text whose glyphs cover nothing, as one space alone does.
    const text = `${word.text} `;
    const scale = stretch(text, (word.width + gap) * pointsPerPx, sizePt);
    canvas.operators(`1 0 0 1 ${num(x, 1)} ${num(y, 1)} Tm ${scale} Tz <${face.encode(text)}> Tj`);
  });
}

/** Horizontal scaling in percent that makes the text as wide as the word in the picture with the space behind it. */
function stretch(text: string, widthPt: number, sizePt: number): string {
  const natural = ([...text].length * advance * sizePt) / 1000;
  return num((100 * widthPt) / natural, 1);
}
