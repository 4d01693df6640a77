import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReadPage } from "../../ocr/pages.ts";
import { openReaders } from "../../ocr/readers.ts";
import { measureSheet } from "../../signing/compose/measure-sheet.ts";
import { composed } from "../signing/compose/composed.ts";
import { papers, sampleCopy } from "../signing/compose/sample.ts";
import { has, run } from "../support/tools.ts";
import { must, options, upload } from "./fixtures.ts";
import { patchColours, patchSheet, patchWords } from "./patches.ts";
import { dots, type PictureKind, pictureKinds } from "./picture-kinds.ts";

const readers = openReaders({ processes: 1 });
const tried = pictureKinds.filter(({ needs }) => needs === undefined || has(needs));
const taken: { readonly kind: PictureKind; readonly file: Uint8Array; readonly pages: readonly ReadPage[] }[] = [];
let sheet: Buffer;

beforeAll(async () => {
  sheet = await patchSheet(readers);
});
afterAll(() => readers.stop());

/** What each patch shows once it is grey, or black and white, as the machine that sent it made it. */
async function wantedOf(shows: PictureKind["shows"]) {
  if (shows === "grey") return patchColours(await sharp(sheet).greyscale().png().toBuffer());
  return patchColours(shows === "dots" ? await dots(sheet).png().toBuffer() : sheet);
}

/** Inks mean what a press makes of them: the pure colours of a screen are not among them. */
async function expectPatches(picture: Uint8Array, { shows, name }: PictureKind, more = 0) {
  const [shown, wanted] = [await patchColours(picture), await wantedOf(shows)];
  const allowed = (shows === "inks" ? 85 : 8) + more;
  for (const [patch, colour] of Object.entries(wanted)) {
    const away = colour.map((value, i) => Math.abs(value - (shown[patch]?.[i] ?? 999)));
    expect(Math.max(...away), `${name}: ${patch} is ${shown[patch]}`).toBeLessThan(allowed);
  }
}

const jfifHead = 18; // bytes that tell the density, put into a JPEG that came without

const colourOf = { colour: "srgb", inks: "srgb", grey: "grey", dots: "grey" } as const;

// Eight orientations are one picture, and inks are inks in a PDF too: they are read once.
const isRead = ({ name }: PictureKind) => !/orientation [2-8]|PDF, JPEG of four inks/.test(name);

describe("issue 5: every kind of picture that is sent goes the whole way", () => {
  test.each(tried)("$name: the page has its colours, and its words are read", async (kind) => {
    const file = await kind.make(sheet);
    const { pages } = must(await readers.readScan(upload(file), options(isRead(kind) ? {} : { engine: "none" })));
    taken.push({ kind, file, pages });
    expect(pages).toHaveLength(kind.name.includes("three") ? 3 : 1);
    for (const page of pages) {
      expect(page.widthPx / page.heightPx).toBeCloseTo(620 / 874, 2);
      expect(page.colour).toBe(colourOf[kind.shows]);
      await expectPatches(page.image, kind);
      const words = page.words.map(({ text }) => text.replace(/[,.]/g, ""));
      expect(words).toEqual(expect.arrayContaining(isRead(kind) ? [...patchWords] : []));
    }
  });

  test("black and white dots stay the dots that came", async () => {
    const stored = taken.filter(({ kind }) => kind.name.startsWith("TIFF, fax group") || kind.name === "PNG, 1 bit");
    expect(stored.length).toBeGreaterThan(0);
    const dotsIn = (picture: Uint8Array) => sharp(picture).toColourspace("b-w").raw().toBuffer();
    for (const { kind, file, pages } of stored) {
      const image = pages[0]?.image ?? new Uint8Array();
      expect(Buffer.compare(await dotsIn(file), await dotsIn(image)), kind.name).toBe(0);
    }
  });

  test.skipIf(!has("pdfimages") || !has("pdftoppm"))(
    "in the copy each has its colours, and weighs no more than what was sent",
    async () => {
      const sample = await sampleCopy([papers.a5Portrait], { development: true });
      const pages = taken.flatMap(({ pages: all }) => all);
      const copy = await composed({ ...sample, original: { ...sample.original, pages } });
      const folder = mkdtempSync(join(tmpdir(), "every-"));
      writeFileSync(join(folder, "copy.pdf"), copy.pdf);
      let number = 0;
      run("pdftoppm", ["-r", "72", "-png", join(folder, "copy.pdf"), join(folder, "page")]);
      for (const { kind, file, pages: own } of taken) {
        const streams = own.map((_, i) => copy.pageStreams[number + i]?.length ?? 0);
        if (kind.weighs !== null)
          expect(
            streams.reduce((sum, length) => sum + length, 0),
            kind.name,
          ).toBeLessThanOrEqual(kind.weighs(file) + jfifHead);
        for (const page of own) {
          number += 1;
          const drawn = readFileSync(join(folder, `page-${String(number).padStart(2, "0")}.png`));
          const { leftMm, topMm, widthMm, heightMm } = must(measureSheet(page)).original;
          const px = (mm: number) => Math.round((mm * 72) / 25.4);
          const region = { left: px(leftMm), top: px(topMm), width: px(widthMm), height: px(heightMm) };
          await expectPatches(await sharp(drawn).extract(region).png().toBuffer(), kind, 6);
        }
      }
    },
  );
});
