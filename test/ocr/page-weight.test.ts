import { readFileSync } from "node:fs";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { lossOf, thumbnailOf } from "../../ocr/decode/fidelity.ts";
import { openReaders } from "../../ocr/readers.ts";
import { samplePaths } from "../../src/development/sample.ts";

/** What a page weighs in the copy, and what it keeps. The sample is our own fictional paper: A4, 200 dpi, seal and signature. */

const readers = openReaders({ processes: 1 });
afterAll(() => readers.stop());
const sample = readFileSync(samplePaths.scan);

async function finalOf(bytes: Uint8Array) {
  const options = { signal: new AbortController().signal, deadlineSeconds: 60, engine: "none" } as const;
  const made = await readers.makePages({ bytes: new Uint8Array(bytes), fileName: null, declaredType: null }, options);
  const page = made.ok ? made.value.pages[0] : undefined;
  if (page === undefined) throw new Error("no page");
  return page;
}

const dense = (options: { quality: number; chromaSubsampling?: string }) =>
  sharp(sample).withMetadata({ density: 200 }).jpeg(options).toBuffer();

/** Mean red less mean green where the seal stands. */
async function redness(jpeg: Uint8Array): Promise<number> {
  const { data } = await sharp(jpeg)
    .extract({ left: 830, top: 1690, width: 230, height: 170 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += (data[i] ?? 0) - (data[i + 1] ?? 0);
  return sum / (data.length / 3);
}

describe("PERFORMANCE size: a page in the copy", () => {
  test("a heavy scan is encoded once, to less than half; the same scan gives the same bytes", async () => {
    const heavy = await dense({ quality: 92, chromaSubsampling: "4:4:4" });
    const [page, again] = [await finalOf(heavy), await finalOf(heavy)];
    expect(page).toMatchObject({ keptAsReceived: false, colour: "srgb", widthPx: 1654, heightPx: 2339, dpi: 200 });
    expect(page.image.length).toBeLessThan(heavy.length / 2);
    expect(Buffer.from(page.image).equals(again.image)).toBe(true);
  });

  test("the seal keeps its red, in full resolution unless it came with half", async () => {
    const fine = await finalOf(await dense({ quality: 95, chromaSubsampling: "4:4:4" }));
    const halved = await finalOf(await dense({ quality: 95, chromaSubsampling: "4:2:0" }));
    expect((await sharp(fine.image).metadata()).chromaSubsampling).toBe("4:4:4");
    expect((await sharp(halved.image).metadata()).chromaSubsampling).toBe("4:2:0");
    const before = await redness(sample);
    for (const page of [fine, halved]) expect(Math.abs((await redness(page.image)) - before)).toBeLessThan(2);
  });

  test("a light JPEG keeps its coded pixels, and no page is heavier than the JPEG it came in", async () => {
    const light = await dense({ quality: 15, chromaSubsampling: "4:2:0" });
    expect(light.length * 8).toBeLessThan(0.25 * 1654 * 2339);
    expect(await finalOf(light)).toMatchObject({ keptAsReceived: true });
    for (const quality of [45, 80]) {
      const received = await dense({ quality });
      expect((await finalOf(received)).image.length).toBeLessThanOrEqual(received.length);
    }
  });

  test("one blurred line counts, the scanner's grain on the whole page does not", async () => {
    const size = { width: 827, height: 1169 };
    const line = `<text x="60" y="300" font-size="16" font-family="serif">Số 0457/GCN, ngày 12 tháng 3 năm 2020</text>`;
    const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="827" height="1169"><rect width="100%" height="100%" fill="#fffdf6"/>${line}</svg>`;
    const clean = await sharp(Buffer.from(paper)).removeAlpha().png().toBuffer();
    const original = await thumbnailOf(sharp(clean), 100);
    const strip = { left: 0, top: 280, width: 827, height: 40 };
    const blurred = await sharp(clean).extract(strip).blur(2).toBuffer();
    const oneLine = await sharp(clean)
      .composite([{ input: blurred, left: 0, top: strip.top }])
      .png()
      .toBuffer();
    const grain = {
      create: { ...size, channels: 3, background: "#808080", noise: { type: "gaussian", mean: 128, sigma: 4 } },
    } as const;
    const grey = await sharp(grain).png().toBuffer();
    const grainy = await sharp(clean)
      .composite([{ input: grey, blend: "soft-light" }])
      .png()
      .toBuffer();
    expect(await lossOf(original, oneLine)).toBeGreaterThan(1);
    expect(await lossOf(original, grainy)).toBeLessThan(1);
    expect(await lossOf(original, clean)).toBe(0);
  });

  test("a pale line that went counts as much as black print that blurred", async () => {
    const sheet = (line: string) =>
      sharp(
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="827" height="1169"><rect width="100%" height="100%" fill="#fffdf6"/>${line}</svg>`,
        ),
      )
        .removeAlpha()
        .png()
        .toBuffer();
    const pencil = await sheet(
      `<text x="60" y="300" font-size="18" font-family="serif" fill="#dedcd6">bút chì 0457, 12 tháng 3</text>`,
    );
    const original = await thumbnailOf(sharp(pencil), 100);
    expect(await lossOf(original, await sheet(""))).toBeGreaterThan(1);
  });

  test("README, limits: a picture of nearly 80 million pixels is a page within the bound of memory", async () => {
    const side = 8880;
    const white = { create: { width: side, height: side, channels: 3, background: "#fff" } } as const;
    const page = await finalOf(await sharp(white).withMetadata({ density: 300 }).png().toBuffer());
    expect([page.widthPx, page.heightPx, page.blank]).toEqual([side, side, true]);
  }, 60_000);
});
