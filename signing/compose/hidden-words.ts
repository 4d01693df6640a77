import { type PDFContext, type PDFRef, PDFString } from "pdf-lib";
import { type Canvas, num, pointsPerMm } from "./canvas.ts";
import type { Box } from "./measure-sheet.ts";
import { hex4, toUnicodeMap } from "./to-unicode.ts";
import type { EmbeddedFace } from "./typeface.ts";

/** A word as read by machine: an aid for searching and for screen readers, never what is certified. */
export type ReadWord = {
  readonly text: string;
  /** Pixels of the page image, from its upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 100. */
  readonly confidence: number;
};

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
    CIDToGIDMap: context.register(context.flateStream(glyphOfCode)),
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
      ToUnicode: context.register(context.flateStream(toUnicodeMap(unicode))),
    }),
  );
}

/** Lays the words invisibly (text rendering mode 3) over the image, one tagged paragraph after another. */
export function drawHiddenWords(
  canvas: Canvas,
  face: HiddenFace,
  page: { readonly words: readonly ReadWord[]; readonly widthPx: number; readonly heightPx: number },
  original: Box,
): void {
  const place = { leftMm: original.leftMm, topMm: original.topMm, mmPerPx: original.widthMm / page.widthPx };
  const words = readable(page.words).filter((word) => word.x < page.widthPx && word.y < page.heightPx);
  for (const paragraph of paragraphsOf(linesOf(words))) {
    canvas.tag({ kind: "P" }, () => {
      canvas.operators("q BT 3 Tr");
      for (const line of paragraph) drawLine(canvas, face, line, place);
      canvas.operators("ET Q");
    });
  }
}

type Line = { readonly words: ReadWord[]; top: number; bottom: number };

function readable(words: readonly ReadWord[]): ReadWord[] {
  return words
    .map((word) => ({ ...word, text: withoutUnmappable(word.text) }))
    .filter((word) => word.text !== "" && word.width > 0 && word.height > 0 && word.x >= 0 && word.y >= 0);
}

// ISO 19005-2 §6.2.11.7.2 forbids mapping to U+FEFF and U+FFFE, §6.2.11.7.3 to private use without replacement text; controls,
// direction marks (an attack: they turn what follows), unassigned characters, spaces and lone surrogates say nothing.
const withoutUnmappable = (text: string): string => text.replace(/[\p{C}\p{Z}]/gu, "").normalize("NFC");

/** A word begins a new line when it stands left of the one before, or beside less than half of the line's height. */
function linesOf(words: readonly ReadWord[]): Line[] {
  const lines: Line[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line && continues(line, word)) {
      line.words.push(word);
      line.top = Math.min(line.top, word.y);
      line.bottom = Math.max(line.bottom, word.y + word.height);
    } else {
      lines.push({ words: [word], top: word.y, bottom: word.y + word.height });
    }
  }
  return lines;
}

function continues(line: Line, word: ReadWord): boolean {
  const before = line.words.at(-1);
  if (!before || word.x < before.x) return false;
  const overlap = Math.min(line.bottom, word.y + word.height) - Math.max(line.top, word.y);
  return overlap > 0.5 * Math.min(word.height, line.bottom - line.top);
}

/** A paragraph ends where the gap to the next line is more than 0.8 of a line, or the next line stands higher (a new column). */
function paragraphsOf(lines: readonly Line[]): Line[][] {
  const paragraphs: Line[][] = [];
  let before: Line | undefined;
  for (const line of lines) {
    const paragraph = paragraphs.at(-1);
    if (paragraph && before && follows(before, line)) paragraph.push(line);
    else paragraphs.push([line]);
    before = line;
  }
  return paragraphs;
}

function follows(before: Line, line: Line): boolean {
  const gap = line.top - before.bottom;
  return gap < 0.8 * (before.bottom - before.top) && line.bottom > before.bottom;
}

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
  const y = (canvas.heightMm - place.topMm) * pointsPerMm - (line.bottom - descent * height) * pointsPerPx;
  canvas.operators(`/${face.resource} ${num(sizePt)} Tf`);
  line.words.forEach((word, i) => {
    const next = line.words[i + 1];
    const x = place.leftMm * pointsPerMm + word.x * pointsPerPx;
    const gap = next ? Math.max(1, next.x - word.x - word.width) : height / 4;
    canvas.operators(
      `1 0 0 1 ${num(x)} ${num(y)} Tm ${stretch(word.text, word.width * pointsPerPx, sizePt)} Tz <${face.encode(word.text)}> Tj ` +
        `${stretch(" ", gap * pointsPerPx, sizePt)} Tz <${face.encode(" ")}> Tj`,
    );
  });
}

/** Horizontal scaling in percent that makes the text exactly as wide as the word in the picture. */
function stretch(text: string, widthPt: number, sizePt: number): string {
  const natural = ([...text].length * advance * sizePt) / 1000;
  return num((100 * widthPt) / natural);
}
