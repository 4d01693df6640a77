import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { jbig2AsTiff } from "../../ocr/decode/jbig2-dots.ts";
import { decodeRegion } from "../../ocr/pdf/jbig2/generic-region.ts";
import { readJbig2 } from "../../ocr/pdf/jbig2/segments.ts";
import { openReaders } from "../../ocr/readers.ts";
import { encodeFax } from "../../signing/compose/encode-fax.ts";
import { has, run } from "../support/tools.ts";
import { must, options, upload } from "./fixtures.ts";
import { type Dots, dotsCoded, jbig2Page, type PlacedRegion } from "./jbig2.ts";
import { patchSize } from "./patches.ts";
import { pdfOf } from "./picture-kinds.ts";

/** JBIG2 of dots alone, as copiers and scanners write it; read again by poppler, which we did not write. */

const readers = openReaders({ processes: 1 });
afterAll(() => readers.stop());

const { width, height } = patchSize;
let state = 1;
const speckles = Array.from({ length: 97 }, () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state >>> 30 === 0;
});

/** Frames, strokes, a field of specks, rows that repeat. */
const black = (x: number, y: number): boolean => {
  if (x < 12 || y < 12 || x >= width - 12 || y >= height - 12) return (x >> 2) % 2 === 0;
  if (y > 300 && y < 420) return speckles[(7 * x + 31 * y) % 97] === true;
  return y % 40 < 14 && (x * x + 3 * y) % 23 < 9;
};
const sheet: Dots = { width, height, black };

const partOf = (dots: Dots, y: number, rows: number): Dots => ({
  width: dots.width,
  height: rows,
  black: (x, row) => dots.black(x, y + row),
});

function faxCoded({ width: w, height: h, black: isBlack }: Dots): Uint8Array {
  const rowBytes = Math.ceil(w / 8);
  const rows = new Uint8Array(rowBytes * h).fill(0xff);
  for (let y = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1)
      if (isBlack(x, y)) rows[rowBytes * y + (x >> 3)] = (rows[rowBytes * y + (x >> 3)] ?? 0) & ~(0x80 >> (x & 7));
  return Uint8Array.from([1, ...encodeFax({ widthPx: w, heightPx: h, rows })]);
}

const whole = (body: Uint8Array): PlacedRegion => ({ x: 0, y: 0, width, height, body });
const striped = [0, 300, 600].map((y, i): PlacedRegion => {
  const part = partOf(sheet, y, Math.min(300, height - y));
  const body = i === 1 ? faxCoded(part) : dotsCoded(part, { template: 1, repeats: true });
  return { x: 0, y, width, height: part.height, body };
});

const streams: readonly (readonly [string, Uint8Array])[] = [
  ["coded as a fax", jbig2Page(width, height, [whole(faxCoded(sheet))])],
  ...([0, 1, 2, 3] as const).flatMap((template) =>
    [false, true].map((repeats): readonly [string, Uint8Array] => [
      `template ${template}${repeats ? ", rows repeated" : ""}`,
      jbig2Page(width, height, [whole(dotsCoded(sheet, { template, repeats }))]),
    ]),
  ),
  [
    "neighbours of its own",
    jbig2Page(width, height, [whole(dotsCoded(sheet, { template: 2, repeats: false, adaptive: [[-40, -3]] }))]),
  ],
  ["in stripes, height unknown", jbig2Page(width, null, striped)],
];

const entries = { Width: width, Height: height, BitsPerComponent: 1, Filter: "JBIG2Decode" };
const pdfWith = (data: Uint8Array, more: Readonly<Record<string, unknown>> = { ColorSpace: "DeviceGray" }) =>
  pdfOf({ data: Buffer.from(data), entries: { ...entries, ...more } });

const dotsIn = (picture: Uint8Array) => sharp(picture).toColourspace("b-w").raw().toBuffer();
const wanted = (inverted = false) =>
  Buffer.from(
    Uint8Array.from({ length: width * height }, (_, i) =>
      black(i % width, Math.floor(i / width)) === inverted ? 255 : 0,
    ),
  );

async function pageOf(file: Uint8Array) {
  const made = must(await readers.makePages(upload(file), options({ engine: "none" })));
  return made.pages[0] ?? { image: new Uint8Array(), blank: true };
}

describe("ISO 32000-1 §7.4.7, ITU-T T.88: a scan whose dots are coded as JBIG2", () => {
  test.each(
    streams.filter((_, i) => i < 3 || i === streams.length - 1),
  )("%s: the page is its dots, and not blank", async (_, stream) => {
    const { image, blank } = await pageOf(await pdfWith(stream));
    expect(blank).toBe(false);
    expect((await dotsIn(image)).equals(wanted())).toBe(true);
  });

  test("each template, with its own neighbours too, gives the dots that were coded", () => {
    for (const [name, stream] of streams)
      for (const region of readJbig2(stream)?.regions ?? [])
        if (region.coded === "dots") {
          const { dots } = decodeRegion(region);
          const isSame = dots.every(
            (dot, i) => (dot === 1) === black(i % region.width, region.y + Math.floor(i / region.width)),
          );
          expect(isSame, name).toBe(true);
        }
  });

  test("as a mask, and turned by Decode", async () => {
    const stream = jbig2Page(width, height, [whole(dotsCoded(sheet, { template: 0, repeats: true }))]);
    const mask = await pageOf(await pdfWith(stream, { ImageMask: true }));
    expect((await dotsIn(mask.image)).equals(wanted())).toBe(true);
    const turned = await pageOf(await pdfWith(stream, { ColorSpace: "DeviceGray", Decode: [1, 0] }));
    expect((await dotsIn(turned.image)).equals(wanted(true))).toBe(true);
  });

  test.skipIf(!has("pdfimages"))("poppler finds the same dots in what our tests write", async () => {
    const folder = mkdtempSync(join(tmpdir(), "jbig2-"));
    for (const [name, stream] of streams) {
      writeFileSync(join(folder, "in.pdf"), await pdfWith(stream));
      run("pdfimages", ["-png", join(folder, "in.pdf"), join(folder, "out")]);
      expect((await dotsIn(readFileSync(join(folder, "out-000.png")))).equals(wanted()), name).toBe(true);
    }
  });
});

describe("JBIG2 that means harm", () => {
  const [, stream = new Uint8Array()] = streams.at(-1) ?? [];

  test("cut anywhere it is left to the renderer or read without it, and nothing throws", () => {
    for (let length = 0; length < stream.length; length += 37) {
      const page = readJbig2(stream.subarray(0, length));
      for (const region of page?.regions ?? []) if (region.coded === "dots") decodeRegion(region);
    }
    expect(readJbig2(stream.subarray(0, stream.length - 1))).toBeNull();
  });

  test("dots that were not decoded yet are no neighbours, symbols and refinements are not ours", () => {
    const ahead = dotsCoded(partOf(sheet, 0, 4), { template: 2, repeats: false, adaptive: [[-1, 0]] });
    ahead[1] = 1; // one to the right, in its own row
    expect(readJbig2(jbig2Page(width, 4, [{ ...whole(ahead), height: 4 }]))).toBeNull();
    const symbols = Uint8Array.from(stream);
    symbols[4] = 0; // the page's segment says that it is a dictionary
    expect(readJbig2(symbols)).toBeNull();
  });

  test.each([
    [0, 0xffffffff],
    [0xffffffff, 0],
    [4 * width * height, 1],
  ])("a region of %i by %i dots is given no memory", async (w, h) => {
    const page = readJbig2(
      jbig2Page(width, height, [
        { ...whole(dotsCoded(partOf(sheet, 0, 2), { template: 3, repeats: true })), width: w, height: h },
      ]),
    );
    if (page === null) throw new Error("not read");
    const stream = { page, widthPx: width, heightPx: height, blackIsBlack: true };
    await expect(jbig2AsTiff(stream)).rejects.toMatchObject({ reason: "IMAGE_TOO_LARGE" });
  });

  test("regions that each claim a page are summed before any is decoded", async () => {
    const body = dotsCoded(partOf(sheet, 0, 2), { template: 3, repeats: true });
    const many = Array.from({ length: 2000 }, () => ({ ...whole(body), width: 20_000, height: 20_000 }));
    const file = await pdfWith(jbig2Page(width, height, many));
    const made = await readers.makePages(upload(file), options({ engine: "none" }));
    expect(made).toEqual({ ok: false, failure: { code: "upload_refused", reason: "DECOMPRESSION_LIMIT" } });
  });
});
