import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { layoutOfJpeg } from "../../ocr/headers/jpeg.ts";
import type { FinalPage } from "../../ocr/pages.ts";
import { openReaders, type ReadOptions } from "../../ocr/readers.ts";
import { has, run } from "../support/tools.ts";
import { exact, meanColour, must, options, textPdf, textPicture, upload } from "./fixtures.ts";

const readers = openReaders({ processes: 1 });
const corpus = process.env["CHUNGTHUC_CORPUS"];
let picture: Buffer;

const pagesOf = async (bytes: Uint8Array, more: Partial<ReadOptions> = { engine: "none" }) =>
  must(await readers.makePages(upload(bytes), options(more))).pages;

async function onePage(bytes: Uint8Array, more?: Partial<ReadOptions>): Promise<FinalPage> {
  const [page] = await pagesOf(bytes, more);
  if (page === undefined) throw new Error("no page");
  return page;
}

beforeAll(async () => {
  const [page] = await pagesOf(await textPdf());
  picture = await textPicture(page?.image ?? new Uint8Array());
});
afterAll(() => readers.stop());

const withDensity = (density: number) => sharp(picture).withMetadata({ density }).jpeg({ quality: 92 }).toBuffer();

const pixels = (jpeg: Uint8Array) => sharp(jpeg).raw().toBuffer();

test("DESIGN way 2: an upright, light JPEG keeps its coded pixels; the same upload gives the same bytes", async () => {
  const light = await sharp(picture).withMetadata({ density: 200 }).jpeg({ quality: 15 }).toBuffer();
  const [first, second] = [await onePage(light), await onePage(light)];
  expect(first).toMatchObject({ keptAsReceived: true, colour: "srgb", uprightTurn: 0, widthPx: 1654, heightPx: 2339 });
  expect(digest(first.image)).toBe(digest(second.image));
  expect(digest(await pixels(first.image))).toBe(digest(await pixels(light)));
});

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test.each([
  ["90", 270],
  ["180", 180],
  ["270", 90],
] as const)("DESIGN way 2: a page scanned turned by %s degrees is made upright before its final bytes", async (turned, back) => {
  const page = await onePage(await sharp(picture).rotate(Number(turned)).jpeg().toBuffer(), {});
  expect(page).toMatchObject({ uprightTurn: back, widthPx: 1654, heightPx: 2339, keptAsReceived: false });
  await expectRedSeal(page.image);
});

test.each([
  [3, 180],
  [6, 270],
  [8, 90],
] as const)("DESIGN way 2: EXIF orientation %i is applied", async (orientation, stored) => {
  const turned = sharp(await sharp(picture).rotate(stored).toBuffer()).withMetadata({ orientation });
  const page = await onePage(await turned.jpeg().toBuffer());
  expect(page).toMatchObject({ uprightTurn: (360 - stored) % 360, widthPx: 1654, heightPx: 2339 });
  await expectRedSeal(page.image);
});

async function expectRedSeal(jpeg: Uint8Array) {
  const [red = 0, green = 0] = await meanColour(jpeg, { left: 1200, top: 1900, width: 300, height: 300 });
  expect(red - green).toBeGreaterThan(15);
}

test("privacy: place, device, comments and whatever follows the picture do not reach the final bytes", async () => {
  const exif = { IFD0: { Make: "SecretMaker" }, IFD3: { GPSLatitude: "10/1 46/1 37/1" } };
  const spoken = await sharp(picture).withExif(exif).jpeg().toBuffer();
  const page = await onePage(Buffer.concat([spoken, Buffer.from("<script>trailer</script>")]));
  const content = Buffer.from(page.image).toString("latin1");
  for (const word of ["Exif", "SecretMaker", "trailer"]) expect(content).not.toContain(word);
  const markers = layoutOfJpeg(page.image)?.segments.map((segment) => segment.marker) ?? [];
  expect(markers.filter((marker) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe)).toEqual([0xe0]);
});

test("NĐ 30/2020: resolution is believed where it makes a paper, inferred from A4 where it does not; under 200 warns", async () => {
  expect(await onePage(await withDensity(200))).toMatchObject({ dpi: 200, dpiSource: "metadata", warnings: [] });
  expect(await onePage(await withDensity(72))).toMatchObject({ dpi: 200.1, dpiSource: "inferred" });
  const coarse = await onePage(await sharp(picture).resize(992).withMetadata({ density: 120 }).jpeg().toBuffer());
  expect(coarse).toMatchObject({ dpi: 120, warnings: ["RESOLUTION_TOO_LOW"] });
});

test("DESIGN way 2: a page finer than 300 dpi is brought to 300", async () => {
  const fine = sharp(picture).resize(4961).withMetadata({ density: 600 });
  expect(await onePage(await fine.jpeg({ quality: 60 }).toBuffer())).toMatchObject({ dpi: 300, widthPx: 2481 });
});

test("DESIGN way 2: an empty page is told, and its noise is not read", async () => {
  const white = { width: 1654, height: 2339, channels: 3, background: "#fdfcf8" } as const;
  const page = await onePage(await sharp({ create: white }).jpeg().toBuffer());
  expect(page).toMatchObject({ blank: true, warnings: ["BLANK_PAGE"] });
  expect(must(await readers.readWords(page, options())).words).toEqual([]);
});

test("DESIGN way 2: transparent paper is white, 16 bits become 8, grey stays grey, colour is never made grey", async () => {
  const clear = await sharp(picture).ensureAlpha(0).png().toBuffer();
  const [red = 0, green = 0, blue = 0] = await meanColour((await onePage(clear)).image, {
    left: 0,
    top: 0,
    width: 90,
    height: 90,
  });
  expect(Math.min(red, green, blue)).toBeGreaterThan(250);
  const deep = await sharp(picture).greyscale().toColourspace("grey16").png().toBuffer();
  expect(await onePage(deep)).toMatchObject({ colour: "grey" });
  expect((await sharp((await onePage(deep)).image).metadata()).channels).toBe(1);
  expect(await onePage(await sharp(picture).webp().toBuffer())).toMatchObject({ colour: "srgb" });
});

test("DESIGN way 2: CMYK comes out in sRGB with the colours that were seen", async () => {
  const cmyk = await sharp(picture).toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer();
  const page = await onePage(cmyk);
  expect((await sharp(page.image).metadata()).space).toBe("srgb");
  await expectRedSeal(page.image);
});

test("DESIGN way 2: four inks without a marker that would show as a negative are refused", async () => {
  const jpeg = await sharp(picture).resize(827).negate().toColourspace("cmyk").jpeg().toBuffer();
  const marker = jpeg.indexOf(Buffer.from("Adobe")) - 4;
  const bare = Buffer.concat([jpeg.subarray(0, marker), jpeg.subarray(marker + 2 + jpeg.readUInt16BE(marker + 2))]);
  expect(await readers.makePages(upload(bare), options())).toEqual({
    ok: false,
    failure: { code: "upload_refused", reason: "UNSUPPORTED_TYPE" },
  });
});

test("DESIGN way 2: fax pixels are made square", async () => {
  const squashed = sharp(picture).resize(1654, 1169, { fit: "fill" });
  const tiff = await squashed.tiff({ xres: 200 / 25.4, yres: 100 / 25.4 }).toBuffer();
  expect(await onePage(tiff)).toMatchObject({ widthPx: 1654, heightPx: 2338, dpi: 200 });
});

test("DESIGN way 2: a scan PDF's own JPEG is taken as it is, in the resolution that its page gives it", async () => {
  const pdf = await PDFDocument.create();
  const image = await pdf.embedJpg(picture);
  pdf.addPage([595.28, 841.89]).drawImage(image, { x: 0, y: 0, width: 595.28, height: 841.89 });
  const page = await onePage(exact(await pdf.save()));
  expect(page).toMatchObject({ keptAsReceived: true, dpi: 200.1, dpiSource: "metadata", widthPx: 1654 });
  expect(digest(await pixels(page.image))).toBe(digest(await pixels(picture)));
});

test("DESIGN way 2: a picture under a mark or a turn is drawn by the renderer, as it is seen", async () => {
  const pdf = await PDFDocument.create();
  const image = await pdf.embedJpg(picture);
  const sheet = pdf.addPage([595.28, 841.89]);
  sheet.drawImage(image, { x: 0, y: 0, width: 595.28, height: 841.89 });
  sheet.drawRectangle({ x: 0, y: 741.89, width: 100, height: 100 });
  const page = await onePage(exact(await pdf.save()));
  expect(page).toMatchObject({ keptAsReceived: false, dpi: 200, widthPx: 1654, heightPx: 2339 });
  const [corner = 255] = await meanColour(page.image, { left: 10, top: 10, width: 200, height: 200 });
  expect(corner).toBeLessThan(20);
});

test.skipIf(!has("tiffcp"))("DESIGN way 2: every page of a TIFF comes, in order; progress counts them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pages-"));
  for (const [i, shade] of ["#ffffff", "#dddddd"].entries()) {
    const page = { width: 800, height: 1100, channels: 3, background: shade } as const;
    await sharp({ create: page })
      .tiff()
      .toFile(join(folder, `page-${i}.tif`));
  }
  run("tiffcp", [join(folder, "page-0.tif"), join(folder, "page-1.tif"), join(folder, "both.tif")]);
  const progress: string[] = [];
  const onProgress = (done: number, total: number) => progress.push(`${done}/${total}`);
  const pages = await pagesOf(readFileSync(join(folder, "both.tif")), { engine: "none", onProgress });
  expect(pages.map((page) => page.number)).toEqual([1, 2]);
  expect(progress).toEqual(["1/2", "2/2"]);
  const [first = 0] = await meanColour(pages[0]?.image ?? picture, { left: 0, top: 0, width: 50, height: 50 });
  const [second = 0] = await meanColour(pages[1]?.image ?? picture, { left: 0, top: 0, width: 50, height: 50 });
  expect([Math.round(first), Math.round(second)]).toEqual([255, 221]);
});

test.skipIf(corpus === undefined)("DESIGN way 2: the two fax pages of vietsample.tif", async () => {
  const pages = await pagesOf(readFileSync(join(corpus ?? "", "scans-vi/real/vietsample.tif")));
  expect(pages).toHaveLength(2);
  for (const page of pages) expect(page).toMatchObject({ widthPx: 2550, heightPx: 3300, dpi: 300, colour: "grey" });
});

test("hostile input: a picture cut anywhere is refused, never filled with grey", async () => {
  for (const share of [0.2, 0.5, 0.9, 0.99]) {
    const cut = picture.subarray(0, Math.floor(picture.length * share));
    expect(await readers.makePages(upload(cut), options())).toEqual({
      ok: false,
      failure: { code: "upload_refused", reason: "CORRUPT_IMAGE" },
    });
  }
});

test("cancelling ends a reading at once, and the next upload is served", async () => {
  const cancel = new AbortController();
  const reading = readers.makePages(upload(picture), options({ signal: cancel.signal }));
  cancel.abort();
  expect(await reading).toEqual({ ok: false, failure: { code: "read_cancelled" } });
  expect((await onePage(picture)).number).toBe(1);
  const late = await readers.makePages(upload(picture), options({ deadlineSeconds: 0.001 }));
  expect(late).toEqual({ ok: false, failure: { code: "decode_timeout" } });
});
