import type { PdfObject } from "../../../signing/format/pdf/object.ts";
import { type Shown, textShown } from "./content.ts";
import { readFontProgram } from "./font-program.ts";
import { has, type OpenPdf, ofType } from "./open-pdf.ts";
import { type Rule, unless } from "./rule.ts";

const composite = (pdf: OpenPdf) => ofType(pdf, "Font").filter((font) => pdf.name(font, "Subtype") === "Type0");
const cidFont = (pdf: OpenPdf, font: PdfObject): PdfObject => pdf.list(font, "DescendantFonts")[0] ?? { kind: "null" };
const nameIn = (pdf: OpenPdf, font: PdfObject) => pdf.name(font, "BaseFont") ?? "nameless";
const programOf = (pdf: OpenPdf, font: PdfObject) =>
  readFontProgram(pdf.decode(pdf.get(cidFont(pdf, font), "FontDescriptor", "FontFile2")));

/** What each font is asked to draw, every code once a mode. */
const known = new WeakMap<OpenPdf, Shown[]>();

const uses = (pdf: OpenPdf): Shown[] => {
  const seen = new Map<string, Shown>();
  const before = known.get(pdf);
  if (before !== undefined) return before;
  for (const shown of textShown(pdf)) {
    const key = `${nameIn(pdf, shown.font)} ${has(cidFont(pdf, shown.font), "DW")} ${shown.mode}`;
    seen.set(key, { ...shown, codes: [...new Set([...(seen.get(key)?.codes ?? []), ...shown.codes])] });
  }
  known.set(pdf, [...seen.values()]);
  return [...seen.values()];
};

const glyphOf = (pdf: OpenPdf, font: PdfObject): ((code: number) => number) => {
  const map = pdf.get(cidFont(pdf, font), "CIDToGIDMap");
  if (map.kind !== "stream") return (code) => code;
  const bytes = Buffer.from(pdf.decode(map));
  return (code) => (2 * code + 1 < bytes.length ? bytes.readUInt16BE(2 * code) : 0);
};

/** `W` and `DW`, ISO 32000-1 §9.7.4.3. */
function widthIn(pdf: OpenPdf, font: PdfObject): (code: number) => number {
  const widths = new Map<number, number>();
  const items = pdf.list(cidFont(pdf, font), "W");
  for (let i = 0; i + 1 < items.length; i += 2) {
    const first = pdf.number(items[i] ?? font) ?? 0;
    pdf.list(items[i + 1] ?? font).forEach((width, k) => {
      widths.set(first + k, pdf.number(width) ?? Number.NaN);
    });
  }
  const usual = pdf.number(cidFont(pdf, font), "DW") ?? 1000;
  return (code) => widths.get(code) ?? usual;
}

const unicodeIn = (pdf: OpenPdf, font: PdfObject): ReadonlyMap<number, string> => {
  const map = Buffer.from(pdf.decode(pdf.get(font, "ToUnicode"))).toString("latin1");
  const pairs = [...map.matchAll(/^<([0-9a-f]{4})> <((?:[0-9a-f]{4})+)>$/gim)];
  const utf16 = (hex: string) => new TextDecoder("utf-16be").decode(Buffer.from(hex, "hex"));
  return new Map(pairs.map(([, code = "", hex = ""]) => [Number.parseInt(code, 16), utf16(hex)]));
};

/** §6.2.11 Fonts. */
export const fontRules: readonly Rule[] = [
  {
    clause: "6.2.11.2",
    says: "every font is a composite TrueType font with all entries of ISO 32000-1 tables 117, 121 and 122",
    findings: (pdf) => [
      ...ofType(pdf, "Font").flatMap((font) =>
        unless(
          ["Type0", "CIDFontType2"].includes(pdf.name(font, "Subtype") ?? "") && has(font, "BaseFont"),
          nameIn(pdf, font),
        ),
      ),
      ...ofType(pdf, "FontDescriptor").flatMap((descriptor) =>
        "FontName Flags FontBBox ItalicAngle Ascent Descent CapHeight StemV"
          .split(" ")
          .flatMap((key) => unless(has(descriptor, key), `descriptor /${key}`)),
      ),
    ],
  },
  {
    clause: "6.2.11.3.1",
    says: "codes are two bytes that are the CID (Identity-H), and the CID font says of which collection",
    findings: (pdf) =>
      composite(pdf).flatMap((font) =>
        unless(
          pdf.name(font, "Encoding") === "Identity-H" && has(cidFont(pdf, font), "CIDSystemInfo"),
          nameIn(pdf, font),
        ),
      ),
  },
  {
    clause: "6.2.11.3.2",
    says: "a CIDFontType2 says by which map a CID finds its glyph",
    findings: (pdf) =>
      composite(pdf).flatMap((font) => {
        const map = pdf.get(cidFont(pdf, font), "CIDToGIDMap");
        return unless(map.kind === "stream" || (map.kind === "name" && map.value === "Identity"), nameIn(pdf, font));
      }),
  },
  {
    clause: "6.2.11.4.1",
    says: "every program is embedded whole, with the tables that a CID font needs, and draws each glyph that is asked of it",
    findings: (pdf) => [
      ...composite(pdf).flatMap((font) => {
        const program = programOf(pdf, font);
        const isComplete = ["glyf", "head", "hhea", "hmtx", "loca", "maxp"].every((name) => program.tables.has(name));
        return unless(isComplete && program.isWhole, nameIn(pdf, font));
      }),
      ...uses(pdf).flatMap(({ font, codes }) => {
        const [{ glyphs }, glyph] = [programOf(pdf, font), glyphOf(pdf, font)];
        return codes.flatMap((code) => unless(glyph(code) < glyphs, `${nameIn(pdf, font)} ${code}`));
      }),
    ],
  },
  {
    clause: "6.2.11.4.2",
    says: "a subset is named as one, the same in font, CID font and descriptor; no CIDSet that could be wrong",
    findings: (pdf) =>
      composite(pdf).flatMap((font) => {
        const names = [
          nameIn(pdf, font),
          nameIn(pdf, cidFont(pdf, font)),
          pdf.name(cidFont(pdf, font), "FontDescriptor", "FontName"),
        ];
        const isSubset = names.every((name) => name === names[0] && /^[A-Z]{6}\+./.test(name ?? ""));
        return unless(isSubset && !has(pdf.get(cidFont(pdf, font), "FontDescriptor"), "CIDSet"), names.join());
      }),
  },
  {
    clause: "6.2.11.5",
    says: "widths in the font and in its program agree to a thousandth of the em",
    findings: (pdf) =>
      uses(pdf).flatMap(({ font, codes }) => {
        const [program, glyph, width] = [programOf(pdf, font), glyphOf(pdf, font), widthIn(pdf, font)];
        return codes.flatMap((code) =>
          unless(Math.abs(program.widthOf(glyph(code)) - width(code)) <= 1, `${nameIn(pdf, font)} ${code}`),
        );
      }),
  },
  {
    clause: "6.2.11.7.2",
    says: "every code that is shown has a Unicode value, none of them 0, U+FEFF or U+FFFE",
    findings: (pdf) =>
      uses(pdf).flatMap(({ font, codes }) => {
        const unicode = unicodeIn(pdf, font);
        const isGood = (text: string | undefined) =>
          text !== undefined && text !== "" && !/[\0\uFEFF\uFFFE\uFFFD]/.test(text);
        return codes.flatMap((code) => unless(isGood(unicode.get(code)), `${nameIn(pdf, font)} ${code}`));
      }),
  },
  {
    clause: "6.2.11.7.3",
    says: "no character of a private use area, which would need replacement text (level A)",
    findings: (pdf) =>
      composite(pdf).flatMap((font) =>
        [...unicodeIn(pdf, font)].flatMap(([code, text]) =>
          unless(!/\p{Co}/u.test(text), `${nameIn(pdf, font)} ${code}`),
        ),
      ),
  },
  {
    clause: "6.2.11.8",
    says: "no text shows the missing glyph, whatever its rendering mode",
    findings: (pdf) =>
      uses(pdf).flatMap(({ font, codes }) => {
        const glyph = glyphOf(pdf, font);
        return codes.flatMap((code) => unless(glyph(code) !== 0, `${nameIn(pdf, font)} ${code}`));
      }),
  },
];
