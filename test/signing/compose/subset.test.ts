import { create } from "fontkit";
import { expect, test } from "vitest";
import { openSubset } from "../../../signing/compose/subset.ts";
import { loadFonts } from "../../../src/fonts.ts";

const fonts = await loadFonts();
const letters = " AĂÂĐÊÔƠƯaăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ0123456789()/-.,:";

test.each([
  "regular",
  "bold",
  "italic",
] as const)("OpenType glyf, hmtx: a subset of the %s face keeps every outline and advance, without hinting", (face) => {
  const { font, outlines } = fonts[face];
  const subset = openSubset(outlines);
  const places = [...letters].map((letter) => {
    const { id } = font.glyphForCodePoint(letter.codePointAt(0) ?? 0);
    return { id, place: subset.include(id) };
  });
  const program = subset.encode();
  expect(program.length).toBeLessThan(30_000); // the whole face has some 400 kB

  const reopened = create(program);
  for (const { id, place } of places) {
    expect(reopened.getGlyph(place).path.toSVG()).toBe(font.getGlyph(id).path.toSVG());
    expect(reopened.getGlyph(place).advanceWidth).toBe(font.getGlyph(id).advanceWidth);
  }
});

test("OpenType glyf: the same letters give the same bytes, whatever another document took from the face before", () => {
  const { font, outlines } = fonts.regular;
  const subsetOf = (text: string) => {
    const subset = openSubset(outlines);
    for (const letter of text) subset.include(font.glyphForCodePoint(letter.codePointAt(0) ?? 0).id);
    return subset.encode();
  };
  const before = subsetOf("Bản sao");
  subsetOf(letters);
  expect(Buffer.from(subsetOf("Bản sao"))).toEqual(Buffer.from(before));
});
