import {
  degrees,
  PDFDocument,
  type PDFImage,
  PDFOperator,
  type PDFOperatorNames,
  type PDFPage,
  StandardFonts,
} from "pdf-lib";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openReaders } from "../../ocr/readers.ts";
import { exact, must, options, textPdf, textPicture, upload } from "./fixtures.ts";

const readers = openReaders({ processes: 1 });
const [width, height] = [595.28, 841.89];
const atHundred = { width: 827, height: 1170 };
let coarse: Buffer;

beforeAll(async () => {
  const [page] = must(await readers.makePages(upload(await textPdf()), options({ engine: "none" }))).pages;
  const fine = await textPicture(page?.image ?? new Uint8Array());
  coarse = await sharp(fine)
    .resize({ ...atHundred, fit: "fill" })
    .png()
    .toBuffer();
});
afterAll(() => readers.stop());

type Draw = (sheet: PDFPage, embed: (png: Buffer) => Promise<PDFImage>, pdf: PDFDocument) => Promise<void>;

async function drawn(draw: Draw) {
  const pdf = await PDFDocument.create();
  await draw(pdf.addPage([width, height]), (png) => pdf.embedPng(png), pdf);
  const [page] = must(await readers.makePages(upload(exact(await pdf.save())), options({ engine: "none" }))).pages;
  if (page === undefined) throw new Error("no page");
  return page;
}

const half = (top: number) => sharp(coarse).extract({ left: 0, top, width: 827, height: 585 }).png().toBuffer();
const inStrips: Draw = async (sheet, embed) => {
  for (const [top, y] of [
    [0, height / 2],
    [585, 0],
  ] as const)
    sheet.drawImage(await embed(await half(top)), { x: 0, y, width, height: height / 2 });
};
const grey = (image: Uint8Array | Buffer) => sharp(image).greyscale().raw().toBuffer();

test("SCAN-1: a scan of 100 dpi in two strips counts as 100 dpi and is drawn dot for dot", async () => {
  const page = await drawn(inStrips);
  expect(page).toMatchObject({ dpi: 100.1, widthPx: 827, heightPx: 1170, warnings: ["RESOLUTION_TOO_LOW"] });
  const [made, scanned] = [await grey(page.image), await grey(coarse)];
  const off = made.reduce((sum, value, i) => sum + Math.abs(value - (scanned[i] ?? 0)), 0) / made.length;
  expect(off).toBeLessThan(2);
});

test("SCAN-1: so does one that is packed without loss, or lies turned", async () => {
  const whole = { x: 0, y: 0, width, height };
  expect(await drawn(async (sheet, embed) => sheet.drawImage(await embed(coarse), whole))).toMatchObject({
    dpi: 100.1,
  });
  const turned = await drawn(async (sheet, embed) => {
    sheet.drawImage(await embed(await sharp(coarse).rotate(270).png().toBuffer()), {
      ...whole,
      width: height,
      height: width,
    });
    sheet.setSize(height, width);
    sheet.setRotation(degrees(90));
  });
  expect(turned).toMatchObject({ dpi: 100.1, widthPx: 827, heightPx: 1170 });
});

test("SCAN-1: an app's name below the scan changes nothing; a page that was typed over a coarse picture is drawn at 200", async () => {
  const typed = (lines: number) =>
    drawn(async (sheet, embed, pdf) => {
      await inStrips(sheet, embed, pdf);
      const font = await pdf.embedFont(StandardFonts.Helvetica);
      for (let i = 0; i < lines; i++) sheet.drawText("Made by a phone", { x: 20, y: 20 + 12 * i, size: 9, font });
    });
  expect(await typed(1)).toMatchObject({ dpi: 100.1 });
  expect(await typed(40)).toMatchObject({ dpi: 200 });
});

/** Operators, as a program writes them that draws letters as curves. */
const operators = (sheet: PDFPage, text: string) =>
  sheet.pushOperators(...text.split("\n").map((line) => PDFOperator.of(line as PDFOperatorNames)));
const outlines = (letters: number) =>
  `0 g\n${"20 20 m\n24 30 l\n28 20 l\n22 24 l\n26 24 l\nh\nf\n".repeat(letters)}`.trimEnd();

test("SCAN-1: letters drawn as curves over a coarse picture are drawn at 200, a frame or a clip around it changes nothing", async () => {
  const over = (text: string) =>
    drawn(async (sheet, embed, pdf) => {
      await inStrips(sheet, embed, pdf);
      operators(sheet, text);
    });
  expect(await over(outlines(400))).toMatchObject({ dpi: 200 });
  expect(await over("0 0 595 841 re\nS")).toMatchObject({ dpi: 100.1 });
  expect(await over(`${"0 0 595 841 re\nW\nn\n".repeat(400)}q\nQ`)).toMatchObject({ dpi: 100.1 });
});

test("SCAN-1: what a pattern or a soft mask may show over a coarse picture is not taken for coarse", async () => {
  const masked = await drawn(async (sheet, embed, pdf) => {
    await inStrips(sheet, embed, pdf);
    const group = pdf.context.register(
      pdf.context.stream("0 0 595 841 re f", { Type: "XObject", Subtype: "Form", BBox: [0, 0, 595, 841] }),
    );
    const state = pdf.context.obj({ SMask: { S: "Luminosity", G: group } });
    operators(sheet, `/${sheet.node.newExtGState("GS", state).asString().slice(1)} gs\n0 0 595 841 re\nf`);
  });
  expect(masked).toMatchObject({ dpi: 200 });
  const patterned = await drawn(async (sheet, embed, pdf) => {
    await inStrips(sheet, embed, pdf);
    operators(sheet, "/Pattern cs\n/P1 scn\n0 0 595 841 re\nf");
  });
  expect(patterned).toMatchObject({ dpi: 200 });
});

test("SCAN-1: a picture on a part of the page, and a fine one beside coarse ones, are drawn at 200 or more", async () => {
  const small = await drawn(async (sheet, embed) =>
    sheet.drawImage(await embed(await half(0)), { x: 0, y: 600, width, height: 200 }),
  );
  expect(small).toMatchObject({ dpi: 200 });
  const mixed = await drawn(async (sheet, embed, pdf) => {
    await inStrips(sheet, embed, pdf);
    sheet.drawImage(await embed(await half(0)), { x: 0, y: 0, width: width / 3, height: height / 6 });
  });
  expect(mixed.dpi).toBeGreaterThanOrEqual(200);
});
