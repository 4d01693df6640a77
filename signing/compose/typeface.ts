import { createHash } from "node:crypto";
import { create, type Font } from "fontkit";
import { type PDFContext, type PDFRef, PDFString } from "pdf-lib";
import type { Bytes } from "../../src/core/kernel.ts";
import { packedStream } from "./packed-stream.ts";
import { type Outlines, openOutlines, openSubset } from "./subset.ts";
import { hex4, toUnicodeMap } from "./to-unicode.ts";

/** TrueType files of one Times-like family. NĐ 30/2020 Appendix I asks for Times New Roman or the like. */
export type FontFiles = { readonly regular: Bytes; readonly bold: Bytes; readonly italic: Bytes };

/** The same, opened once for all documents: reading the tables costs more than drawing a page. */
export type Fonts = Readonly<Record<keyof FontFiles, OpenFont>>;

type OpenFont = { readonly font: Font; readonly outlines: Outlines };

export const openFonts = ({ regular, bold, italic }: FontFiles): Fonts => ({
  regular: openFont(regular),
  bold: openFont(bold),
  italic: openFont(italic),
});

const openFont = (file: Bytes): OpenFont => ({ font: create(file), outlines: openOutlines(file) });

/** One face, opened for one document: remembers the glyphs that were used and embeds only those. */
export type Typeface = {
  /** Name under which content streams call it. */
  readonly resource: string;
  readonly ref: PDFRef;
  /** First character of the text that the face cannot draw; null when it can draw all. */
  readonly missing: (text: string) => string | null;
  readonly widthMm: (text: string, sizePt: number) => number;
  /** Hexadecimal string for Tj; two bytes a glyph. The text must not have `missing` characters. */
  readonly encode: (text: string) => string;
  /** Takes signs into the subset that only some of the documents will show which share it. */
  readonly foresee: (signs: string) => void;
  /** Writes the subset, once all text was encoded. A sign that is new afterwards throws: it would show as another. */
  readonly embed: () => EmbeddedFace;
};

/** What the invisible text layer borrows. */
export type EmbeddedFace = { readonly name: string; readonly descriptor: PDFRef };

type UsedGlyph = { readonly place: number; readonly width: number; readonly codePoint: number };

const mmPerPoint = 25.4 / 72;
const spaceCodePoint = 0x20;

export function openTypeface(
  context: PDFContext,
  { font, outlines }: OpenFont,
  resource: string,
  look: Look,
): Typeface {
  const subset = openSubset(outlines);
  const used = new Map<number, UsedGlyph>();
  const ref = context.nextRef();
  let isEmbedded = false;
  const glyphOf = (codePoint: number): UsedGlyph => {
    const known = used.get(codePoint);
    if (known) return known;
    if (isEmbedded) throw new Error(`U+${hex4(codePoint)} is not in the subset that was written`);
    const glyph = font.glyphForCodePoint(codePoint);
    const width = (glyph.advanceWidth * 1000) / font.unitsPerEm;
    const added = { place: subset.include(glyph.id), width, codePoint };
    used.set(codePoint, added);
    return added;
  };
  const widths = new Map<string, number>(); // breaking lines asks the same words again and again
  const widthOf = (text: string): number => {
    const width = widths.get(text) ?? [...text].reduce((sum, sign) => sum + glyphOf(codePointOf(sign)).width, 0);
    widths.set(text, width);
    return width;
  };
  glyphOf(spaceCodePoint); // always place 1: the invisible layer draws it
  return {
    resource,
    ref,
    missing: (text) => [...text].find((character) => !font.hasGlyphForCodePoint(codePointOf(character))) ?? null,
    widthMm: (text, sizePt) => (widthOf(text) / 1000) * sizePt * mmPerPoint,
    encode: (text) => [...text].map((character) => hex4(glyphOf(codePointOf(character)).place)).join(""),
    foresee: (signs) => {
      for (const sign of signs) glyphOf(codePointOf(sign));
    },
    embed: () => {
      isEmbedded = true;
      return embedFace(context, ref, font, look, subset.encode(), [...used.values()]);
    },
  };
}

export type Look = { readonly flags: number; readonly stemV: number };

const serifNonsymbolic = 34; // ISO 32000-1 table 123
export const looks = {
  regular: { flags: serifNonsymbolic, stemV: 82 },
  bold: { flags: serifNonsymbolic, stemV: 138 },
  italic: { flags: serifNonsymbolic + 64, stemV: 76 },
} satisfies Record<keyof Fonts, Look>;

function embedFace(
  context: PDFContext,
  ref: PDFRef,
  font: Font,
  look: Look,
  program: Bytes,
  glyphs: readonly UsedGlyph[],
): EmbeddedFace {
  const name = `${subsetTag(program)}+${font.postscriptName}`;
  const descriptor = context.register(describe(context, font, look, name, program));
  const cidFont = context.register(
    context.obj({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 },
      CIDToGIDMap: "Identity",
      FontDescriptor: descriptor,
      W: widthsOf(glyphs),
    }),
  );
  const unicode = firstAtEachPlace(glyphs).map((glyph) => ({ code: glyph.place, codePoint: glyph.codePoint }));
  context.assign(
    ref,
    context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [cidFont],
      ToUnicode: packedStream(context, toUnicodeMap(unicode)),
    }),
  );
  return { name, descriptor };
}

function describe(context: PDFContext, font: Font, look: Look, name: string, program: Bytes) {
  const scaled = (units: number) => Math.round((units * 1000) / font.unitsPerEm);
  const { minX, minY, maxX, maxY } = font.bbox;
  return context.obj({
    Type: "FontDescriptor",
    FontName: name,
    Flags: look.flags,
    FontBBox: [scaled(minX), scaled(minY), scaled(maxX), scaled(maxY)],
    ItalicAngle: Math.round(font.italicAngle),
    Ascent: scaled(font.ascent),
    Descent: scaled(font.descent),
    CapHeight: scaled(font.capHeight),
    XHeight: scaled(font.xHeight),
    StemV: look.stemV,
    FontFile2: packedStream(context, program, { Length1: program.length }),
  });
}

/** `W` array, ISO 32000-1 §9.7.4.3: a place, then the widths from there on without a hole. */
function widthsOf(glyphs: readonly UsedGlyph[]): (number | number[])[] {
  const runs: { first: number; widths: number[] }[] = [];
  for (const { place, width } of firstAtEachPlace(glyphs)) {
    const run = runs.at(-1);
    if (run && run.first + run.widths.length === place) run.widths.push(rounded(width));
    else runs.push({ first: place, widths: [rounded(width)] });
  }
  return runs.flatMap(({ first, widths }) => [first, widths]);
}

/** Two characters may share a glyph (space and no-break space): the one used first gives the meaning. */
function firstAtEachPlace(glyphs: readonly UsedGlyph[]): UsedGlyph[] {
  const seen = new Set<number>();
  return glyphs.filter(({ place }) => !seen.has(place) && seen.add(place)).sort((a, b) => a.place - b.place);
}

const rounded = (width: number): number => Math.round(width * 100) / 100;

/** Six letters that tell subsets of one font apart, ISO 32000-1 §9.6.4. Drawn from the program: no chance involved. */
function subsetTag(program: Bytes): string {
  const digest = createHash("sha256").update(program).digest();
  return [...digest.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join("");
}

const codePointOf = (character: string): number => character.codePointAt(0) ?? spaceCodePoint;
