import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { dotsAsPng } from "../../../ocr/decode/png-page.ts";
import { faxAsTiff } from "../../../ocr/pdf/fax-tiff.ts";
import { encodeFax } from "../../../signing/compose/encode-fax.ts";
import { readPageImage } from "../../../signing/compose/page-image.ts";
import { withoutRepeats } from "../../../signing/compose/repeated-rows.ts";

const dotsArbitrary = fc
  .record({ widthPx: fc.integer({ min: 1, max: 200 }), heightPx: fc.integer({ min: 1, max: 12 }), wide: fc.boolean() })
  .chain(({ widthPx, heightPx, wide }) => {
    const width = wide ? widthPx + 5600 : widthPx; // longer than the longest run that has a code
    const rowBytes = Math.ceil(width / 8);
    const sparse = fc.oneof({ weight: 9, arbitrary: fc.constant(255) }, fc.integer({ min: 0, max: 255 }));
    return fc
      .array(sparse, { minLength: rowBytes * heightPx, maxLength: rowBytes * heightPx })
      .map((rows) => ({ widthPx: width, heightPx, rows: Uint8Array.from(rows) }));
  });

test("ITU-T T.6: a decoder that is not ours finds every dot that was coded", async () => {
  await fc.assert(
    fc.asyncProperty(dotsArbitrary, async (dots) => {
      const { widthPx, heightPx, rows } = dots;
      const tiff = faxAsTiff({ data: encodeFax(dots), widthPx, heightPx, blackIsBlack: true });
      const found = await sharp(tiff, { failOn: "warning" }).toColourspace("b-w").raw().toBuffer();
      const rowBytes = Math.ceil(widthPx / 8);
      const coded = found.map((_, i) => {
        const x = i % widthPx;
        const byte = rows[Math.floor(i / widthPx) * rowBytes + (x >> 3)] ?? 0;
        return (byte & (0x80 >> (x & 7))) === 0 ? 0 : 255;
      });
      expect(Buffer.compare(found, coded)).toBe(0);
    }),
    { numRuns: 60 },
  );
});

const chanceRows = (heightPx: number, rowOf: (y: number) => number) =>
  Uint8Array.from({ length: 8 * heightPx }, (_, i) => Math.imul(rowOf(i >> 3) * 8 + (i & 7) + 1, 0x9e3779b1) >>> 24);

test("ISO 32000-1 §8.9.5: rows that a fax repeated to make its dots square stand once; other rows stay as they are", () => {
  const heightPx = 1143;
  const repeated = { widthPx: 64, heightPx, rows: chanceRows(heightPx, (y) => Math.floor((y * 549) / heightPx)) };
  expect(withoutRepeats(repeated)).toEqual({ widthPx: 64, heightPx: 549, rows: chanceRows(549, (y) => y) });
  const plain = { widthPx: 64, heightPx, rows: chanceRows(heightPx, (y) => y) };
  expect(withoutRepeats(plain)).toBe(plain);
});

test("ISO 19005-2 §6.2.8: a PNG that is interlaced, has alpha, 16 bits, or chunks that change colours is refused", async () => {
  const create = { width: 40, height: 40, channels: 4, background: { r: 9, g: 99, b: 200, alpha: 0.5 } } as const;
  const alpha = await sharp({ create }).png().toBuffer();
  const interlaced = await sharp(alpha).removeAlpha().png({ progressive: true }).toBuffer();
  const deep = await sharp(alpha).removeAlpha().toColourspace("rgb16").png().toBuffer();
  const profiled = await sharp(alpha).removeAlpha().withIccProfile("p3").png().toBuffer();
  const cut = dotsAsPng({ width: 40, height: 40, pixels: new Uint8Array(1600) }, 200).subarray(0, 60);
  for (const png of [alpha, interlaced, deep, profiled, cut])
    expect(readPageImage(new Uint8Array(png))).toEqual({ ok: false, failure: { code: "page_png_unsupported" } });
});
