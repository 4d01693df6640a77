import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jsqr from "jsqr";
import sharp from "sharp";
import { run } from "../../support/tools.ts";

/** What became of one sheet between the printer and the reader; each drawn from the ranges of a worn office. */
export type Wear = {
  /** How far toner spreads beyond its edge, in pixels of 600 dpi (0.04 mm). */
  readonly spread: number;
  /** Specks of stray toner, and holes in what is dark, a square centimetre. */
  readonly specks: number;
  readonly holes: number;
  readonly rotation: number;
  /** Where the sheet was folded: across or along, in mm from its edge, how slanted, and how wide the toner cracked. */
  readonly folds: readonly Fold[];
  /** Of paper and toner, 0 black to 255 white. */
  readonly paper: number;
  readonly toner: number;
  /** Of the scanner. */
  readonly noise: number;
  readonly blur: number;
  readonly shading: number;
  readonly quality: number;
};

type Fold = { readonly isAcross: boolean; readonly atMm: number; readonly slant: number; readonly widthMm: number };

type Random = () => number;

/** mulberry32: the same seed wears the same sheets. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const between = (random: Random, least: number, most: number) => least + (most - least) * random();

export const wearOf = (random: Random): Wear => ({
  spread: between(random, 0, 1.8),
  specks: between(random, 0, 25),
  holes: between(random, 0, 25),
  rotation: between(random, -3, 3),
  folds: foldsOf(random),
  paper: between(random, 205, 250),
  toner: between(random, 15, 85),
  noise: between(random, 2, 9),
  blur: between(random, 0.4, 0.9),
  shading: between(random, 0, 0.18),
  quality: Math.round(between(random, 55, 85)),
});

/** As letters are folded, at halves or thirds, either way; one sheet in four has a fold anywhere besides. */
function foldsOf(random: Random): Fold[] {
  const folded = (isAcross: boolean, atMm: number): Fold => ({
    ...{ isAcross, atMm, slant: between(random, -0.05, 0.05), widthMm: between(random, 0.15, 0.6) },
  });
  const usual = [
    ...[99, 148.5, 198].map((atMm) => folded(true, atMm + between(random, -8, 8))),
    folded(false, 105 + between(random, -8, 8)),
  ].filter(() => random() < 0.5);
  if (random() < 0.75) return usual;
  const isAcross = random() < 0.5;
  return [...usual, folded(isAcross, between(random, 10, isAcross ? 287 : 200))];
}

/** The hardest place: straight through the middle of what is looked at, both ways. */
export const foldedThrough = (wear: Wear, { leftMm, topMm, widthPx, heightPx }: Sheet): Wear => ({
  ...wear,
  folds: [
    { isAcross: true, atMm: topMm + (heightPx / printDpi) * 12.7, slant: 0.03, widthMm: 0.5 },
    { isAcross: false, atMm: leftMm + (widthPx / printDpi) * 12.7, slant: -0.03, widthMm: 0.5 },
  ],
});

/** A part of a printed A4 sheet, 600 dpi, and where on the sheet it lies. */
export type Sheet = {
  readonly pixels: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly leftMm: number;
  readonly topMm: number;
};

const printDpi = 600;
/** "Fit to page" of a printer that leaves a margin. */
export const fitted = 0.92;

/** The part of a page around its code as the printer draws it: 600 dpi at 0.92, black and white, 15 mm around. */
export async function aroundCode(pdfPath: string, page: number): Promise<Sheet & { readonly text: string }> {
  const folder = mkdtempSync(join(tmpdir(), "print-scan-"));
  try {
    const draw = (dpi: number, ...more: string[]) => {
      const name = join(folder, `p${dpi}${more.length}`);
      const pages = ["-f", String(page), "-l", String(page), "-singlefile"];
      run("pdftoppm", ["-gray", "-png", "-r", String(dpi), ...pages, ...more, pdfPath, name]);
      return sharp(readFileSync(`${name}.png`));
    };
    const { data, info } = await draw(150)
      .ensureAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const found = jsqr.default(new Uint8ClampedArray(data), info.width, info.height);
    if (found === null) throw new Error("no code on the clean page");
    const { topLeftCorner: a, bottomRightCorner: b } = found.location;
    const scale = (fitted * printDpi) / 150;
    const marginPx = (15 / 25.4) * printDpi;
    const [left, top] = [a.x, a.y].map((at) => Math.max(0, Math.round(at * scale - marginPx))) as [number, number];
    const side = Math.round((b.x - a.x) * scale + 2 * marginPx);
    const box = ["-x", left, "-y", top, "-W", side, "-H", side].map(String);
    const { data: pixels, info: size } = await draw(fitted * printDpi, ...box)
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const onSheet = (at: number, pageSide: number, sheetMm: number) =>
      (at / printDpi) * 25.4 + (sheetMm - (pageSide / 150) * 25.4 * fitted) / 2;
    return {
      pixels: new Uint8Array(pixels),
      ...{ widthPx: size.width, heightPx: size.height, text: found.data },
      ...{ leftMm: onSheet(left, info.width, 210), topMm: onSheet(top, info.height, 297) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Printed, carried about and scanned: what a reader gets, 200 dpi, grey, as JPEG. */
export async function printedAndScanned(sheet: Sheet, wear: Wear, random: Random): Promise<Buffer> {
  const printed = await print(sheet, wear, random);
  foldSheet(printed, wear, random);
  return scan(printed, wear, random);
}

/** A laser printer: toner spreads beyond its edge, the edge is rough, specks stray and holes stay. */
async function print(sheet: Sheet, wear: Wear, random: Random): Promise<Sheet> {
  const raw = { width: sheet.widthPx, height: sheet.heightPx, channels: 1 as const };
  const sigma = Math.max(0.5, wear.spread);
  const soft = await sharp(sheet.pixels, { raw }).blur(sigma).toColourspace("b-w").raw().toBuffer();
  // An edge at half way stays where it is; one that turns dark earlier moves outwards by the spread.
  const threshold = 127 + 100 * Math.min(1, wear.spread / 1.8) * 0.8;
  const pixels = new Uint8Array(soft.length);
  for (let i = 0; i < soft.length; i++)
    pixels[i] = (soft[i] ?? 0) + 24 * (random() - 0.5) < threshold ? wear.toner : wear.paper;
  const squareCm = (sheet.widthPx * sheet.heightPx) / (printDpi / 2.54) ** 2;
  for (let i = 0; i < wear.specks * squareCm; i++) dot({ ...sheet, pixels }, wear.toner, random);
  for (let i = 0; i < wear.holes * squareCm; i++) dot({ ...sheet, pixels }, wear.paper, random);
  return { ...sheet, pixels };
}

/** Up to 0.25 mm across. */
function dot({ pixels, widthPx, heightPx }: Sheet, grey: number, random: Random): void {
  const radius = between(random, 0.6, 3);
  const [x, y] = [Math.round(between(random, 3, widthPx - 4)), Math.round(between(random, 3, heightPx - 4))];
  for (let dy = -3; dy <= 3; dy++)
    for (let dx = -3; dx <= 3; dx++) if (Math.hypot(dx, dy) <= radius) pixels[(y + dy) * widthPx + x + dx] = grey;
}

const pxPerMm = printDpi / 25.4;

/** Toner cracks off along a fold, and one side of it lies in shade for two millimetres. */
function foldSheet(sheet: Sheet, wear: Wear, random: Random): void {
  for (const one of wear.folds) {
    const along = one.isAcross ? sheet.widthPx : sheet.heightPx;
    for (let i = 0; i < along; i++) {
      const middle = (one.atMm - (one.isAcross ? sheet.topMm : sheet.leftMm)) * pxPerMm + one.slant * (i - along / 2);
      creaseLine(sheet, { ...one, i, middle }, wear.paper, random);
    }
  }
}

type Crossing = Fold & { readonly i: number; readonly middle: number };

/** One line of pixels across the fold. */
function creaseLine(sheet: Sheet, { isAcross, i, middle, widthMm }: Crossing, paper: number, random: Random): void {
  const half = (widthMm * pxPerMm) / 2;
  const most = Math.min(isAcross ? sheet.heightPx : sheet.widthPx, middle + half + 2 * pxPerMm);
  for (let j = Math.max(0, Math.round(middle - half)); j < most; j++) {
    const at = isAcross ? j * sheet.widthPx + i : i * sheet.widthPx + j;
    sheet.pixels[at] = creased(sheet.pixels[at] ?? 0, j < middle + half, paper, random);
  }
}

const creased = (grey: number, isCracked: boolean, paper: number, random: Random): number =>
  isCracked && random() < 0.55 ? paper * 0.93 : grey * 0.9;

/** A flat-bed scanner at 200 dpi: turned, unevenly lit, a little blurred, noisy, JPEG. */
async function scan({ pixels, widthPx, heightPx }: Sheet, wear: Wear, random: Random): Promise<Buffer> {
  const raw = { width: widthPx, height: heightPx, channels: 1 as const };
  const turned = await sharp(pixels, { raw })
    .rotate(wear.rotation, { background: { r: wear.paper, g: wear.paper, b: wear.paper } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  const { data, info } = await sharp(turned)
    .resize({ width: Math.round((widthPx * 200) / printDpi) })
    .blur(wear.blur)
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const lit = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const shade = 1 - wear.shading * ((i % info.width) / info.width);
    const noise = wear.noise * (random() + random() + random() - 1.5) * 2;
    lit[i] = Math.max(0, Math.min(255, (data[i] ?? 0) * shade + noise));
  }
  const size = { width: info.width, height: info.height, channels: 1 as const };
  return sharp(lit, { raw: size }).jpeg({ quality: wear.quality }).toBuffer();
}

/** ZBar, the reader that tests have; null where it finds no code. */
export const readByZbar = (path: string): string | null =>
  run("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path]).output.split("\n")[0] || null;

/** The second look: the same scan at twice its size, as somebody who zooms in. */
export async function nearer(scanned: Buffer): Promise<Buffer> {
  const { width = 1 } = await sharp(scanned).metadata();
  const larger = sharp(scanned).resize({ width: 2 * width, kernel: "cubic" });
  return larger.png().toBuffer();
}
