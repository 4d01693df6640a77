/** The part of fontkit 2.0.4 that composing uses; the package ships no types. */
declare module "fontkit" {
  export type Glyph = { readonly id: number; readonly advanceWidth: number };
  export type Font = {
    readonly postscriptName: string;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly capHeight: number;
    readonly xHeight: number;
    readonly italicAngle: number;
    readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
    getGlyph(id: number): Glyph & { readonly path: { toSVG(): string } };
  };
  export function create(bytes: Uint8Array): Font;
}
