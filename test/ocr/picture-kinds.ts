import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument, PDFName } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { readTiffPages } from "../../ocr/headers/tiff.ts";
import { run } from "../support/tools.ts";
import { patchDpi, patchSize } from "./patches.ts";

/** One kind of file that a scanner, a copier, a fax machine, a phone or a program writes. */
export type PictureKind = {
  readonly name: string;
  readonly make: (sheet: Buffer) => Promise<Uint8Array>;
  readonly shows: "colour" | "inks" | "grey" | "dots";
  /** What the picture weighs in its file; null where the copy cannot be held to it (docs/deviations.md). */
  readonly weighs: ((file: Uint8Array) => number) | null;
  readonly needs?: string;
};

const whole = (file: Uint8Array) => file.length;
const strips = (file: Uint8Array) => {
  const pages = readTiffPages(file, 10);
  return pages.ok ? pages.value.reduce((sum, page) => sum + page.storedBytes, 0) : 0;
};

const density = { density: patchDpi };
const perMm = patchDpi / 25.4;
const resolution = { xres: perMm, yres: perMm };

/** Darker than the middle is black. */
export const dots = (sheet: Buffer) => sharp(sheet).greyscale().threshold(128).toColourspace("b-w");

const asFax = (picture: Sharp, xDpi: number, yDpi: number): Promise<Buffer> =>
  picture.tiff({ compression: "ccittfax4", bitdepth: 1, xres: xDpi / 25.4, yres: yDpi / 25.4 }).toBuffer();

const g4 = (sheet: Buffer) => asFax(dots(sheet), patchDpi, patchDpi);

/** Twice as many dots across as down, as fax machines write them. */
async function fax(sheet: Buffer): Promise<Buffer> {
  const squashed = await sharp(sheet).resize(843, 572, { fit: "fill" }).png().toBuffer();
  return asFax(dots(squashed), 204, 98);
}

function throughTiffcp(options: readonly string[], ...files: readonly Buffer[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "kinds-"));
  const paths = files.map((_, i) => join(folder, `${i}.tif`));
  for (const [i, file] of files.entries()) writeFileSync(paths[i] ?? "", file);
  run("tiffcp", [...options, ...paths, join(folder, "out.tif")]);
  return readFileSync(join(folder, "out.tif"));
}

const inks = (sheet: Buffer) => sharp(sheet).toColourspace("cmyk").jpeg({ quality: 92 }).toBuffer();

/** Inks are written upside down; that Adobe's marker is missing changes nothing for browsers, nor here. */
async function unmarkedInks(sheet: Buffer): Promise<Buffer> {
  const jpeg = await inks(sheet);
  const marker = jpeg.indexOf(Buffer.from("Adobe")) - 4;
  return Buffer.concat([jpeg.subarray(0, marker), jpeg.subarray(marker + 2 + jpeg.readUInt16BE(marker + 2))]);
}

type Stream = { readonly data: Uint8Array; readonly entries: Readonly<Record<string, unknown>> };

/** A page of true size that is this picture. */
export async function pdfOf({ data, entries }: Stream): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const size = [(patchSize.width * 72) / patchDpi, (patchSize.height * 72) / patchDpi] as const;
  const page = pdf.addPage([...size]);
  const image = pdf.context.stream(data, { Type: "XObject", Subtype: "Image", ...(entries as object) });
  const content = pdf.context.stream(Buffer.from(`q ${size[0]} 0 0 ${size[1]} 0 0 cm /Im Do Q`));
  page.node.set(PDFName.of("Contents"), pdf.context.register(content));
  page.node.set(PDFName.of("Resources"), pdf.context.obj({ XObject: { Im: pdf.context.register(image) } }));
  return pdf.save();
}

const { width, height } = patchSize;
const sized = { Width: width, Height: height };

/** The one strip of a TIFF that has one. */
function stripIn(tiff: Buffer): { start: number; end: number } {
  const view = new DataView(tiff.buffer, tiff.byteOffset);
  const little = tiff[0] === 0x49;
  const directory = view.getUint32(4, little);
  const value = (tag: number): number => {
    let at = directory + 2;
    while (view.getUint16(at, little) !== tag) at += 12;
    return view.getUint16(at + 2, little) === 3 ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little);
  };
  return { start: value(273), end: value(273) + value(279) };
}

/** As fax machines code: black is black. The TIFF of `g4` says that its black is white, so the colours are turned first. */
async function faxStream(sheet: Buffer): Promise<Buffer> {
  const turned = await sharp(await dots(sheet).png().toBuffer())
    .negate()
    .png()
    .toBuffer();
  const tiff = throughTiffcp(["-r", String(height)], await g4(turned));
  const { start, end } = stripIn(tiff);
  return tiff.subarray(start, end);
}

async function faxPdf(sheet: Buffer, more: Readonly<Record<string, unknown>>): Promise<Uint8Array> {
  const data = await faxStream(sheet);
  const entries = {
    ...sized,
    BitsPerComponent: 1,
    Filter: "CCITTFaxDecode",
    DecodeParms: { K: -1, Columns: width, Rows: height },
  };
  return pdfOf({ data, entries: { ...entries, ...more } });
}

const streamOfPdf = (file: Uint8Array) => {
  const text = Buffer.from(file).toString("latin1");
  return Number(/\/Subtype \/Image[\s\S]*?\/Length (\d+)/.exec(text)?.[1]);
};

const jp2 = () => readFileSync(new URL("./pictures/patches.jp2", import.meta.url));

export const pictureKinds: readonly PictureKind[] = [
  {
    name: "JPEG, baseline",
    make: (s) => sharp(s).withMetadata(density).jpeg({ quality: 90 }).toBuffer(),
    shows: "colour",
    weighs: whole,
  },
  {
    name: "JPEG, progressive, half the colours",
    make: (s) => sharp(s).withMetadata(density).jpeg({ progressive: true, chromaSubsampling: "4:2:0" }).toBuffer(),
    shows: "colour",
    weighs: whole,
  },
  {
    name: "JPEG, grey",
    make: (s) => sharp(s).greyscale().toColourspace("b-w").jpeg().toBuffer(),
    shows: "grey",
    weighs: whole,
  },
  { name: "JPEG, four inks, Adobe's marker", make: (s) => inks(s), shows: "inks", weighs: whole },
  { name: "JPEG, four inks, no marker", make: (s) => unmarkedInks(s), shows: "inks", weighs: whole },
  {
    name: "TIFF, four inks",
    make: (s) =>
      sharp(s)
        .toColourspace("cmyk")
        .tiff({ compression: "lzw", ...resolution })
        .toBuffer(),
    shows: "inks",
    weighs: strips,
  },
  {
    name: "TIFF, LZW",
    make: (s) =>
      sharp(s)
        .tiff({ compression: "lzw", ...resolution })
        .toBuffer(),
    shows: "colour",
    weighs: strips,
  },
  {
    name: "TIFF, 16 bits a colour",
    make: (s) =>
      sharp(s)
        .toColourspace("rgb16")
        .tiff({ compression: "deflate", ...resolution })
        .toBuffer(),
    shows: "colour",
    weighs: strips,
  },
  { name: "PNG", make: async (s) => s, shows: "colour", weighs: whole },
  {
    name: "PNG, 16 bits a colour",
    make: (s) => sharp(s).toColourspace("rgb16").withMetadata(density).png().toBuffer(),
    shows: "colour",
    weighs: whole,
  },
  {
    name: "PNG, 16 bits a colour, with a profile",
    make: (s) => sharp(s).toColourspace("rgb16").withIccProfile("srgb").png().toBuffer(),
    shows: "colour",
    weighs: whole,
  },
  {
    name: "PNG, grey, 16 bits",
    make: (s) => sharp(s).greyscale().toColourspace("grey16").png().toBuffer(),
    shows: "grey",
    weighs: whole,
  },
  { name: "PNG, palette with a transparent colour", make: palettePng, shows: "colour", weighs: whole },
  {
    name: "PNG, 1 bit",
    make: (s) => dots(s).withMetadata(density).png({ palette: true, colours: 2 }).toBuffer(),
    shows: "dots",
    weighs: whole,
  },
  { name: "TIFF, fax group 4", make: g4, shows: "dots", weighs: strips },
  {
    name: "TIFF, fax group 3",
    make: async (s) => throughTiffcp(["-c", "g3"], await g4(s)),
    shows: "dots",
    weighs: strips,
    needs: "tiffcp",
  },
  { name: "TIFF, fax of 204 x 98 dots an inch", make: fax, shows: "dots", weighs: strips },
  {
    name: "TIFF, three pages",
    make: async (s) => throughTiffcp([], await g4(s), await g4(s), await g4(s)),
    shows: "dots",
    weighs: strips,
    needs: "tiffcp",
  },
  { name: "WebP", make: (s) => sharp(s).webp({ quality: 90 }).toBuffer(), shows: "colour", weighs: null },
  {
    name: "PDF, JPEG 2000",
    make: () => pdfOf({ data: jp2(), entries: { ...sized, Filter: "JPXDecode" } }),
    shows: "colour",
    weighs: null,
  },
  {
    name: "PDF, JPEG of four inks, no marker",
    make: async (s) => {
      const entries = { ...sized, BitsPerComponent: 8, ColorSpace: "DeviceCMYK", Filter: "DCTDecode" };
      return pdfOf({ data: await unmarkedInks(s), entries: { ...entries, Decode: [1, 0, 1, 0, 1, 0, 1, 0] } });
    },
    shows: "inks",
    weighs: null,
  },
  {
    name: "PDF, fax stream",
    make: (s) => faxPdf(s, { ColorSpace: "DeviceGray" }),
    shows: "dots",
    weighs: streamOfPdf,
    needs: "tiffcp",
  },
  {
    name: "PDF, fax stream as a mask",
    make: (s) => faxPdf(s, { ImageMask: true }),
    shows: "dots",
    weighs: streamOfPdf,
    needs: "tiffcp",
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (orientation): PictureKind => ({
      name: `JPEG, EXIF orientation ${orientation}`,
      make: (s) => oriented(s, orientation),
      shows: "colour",
      weighs: whole,
    }),
  ),
];

async function palettePng(sheet: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(sheet).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  for (let i = 0; i < data.length; i += 4)
    if ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0) === 765) data[i + 3] = 0;
  const raw = { width: info.width, height: info.height, channels: 4 } as const;
  return sharp(data, { raw }).withMetadata(density).png({ palette: true, dither: 0 }).toBuffer();
}

/** The stored picture from which a reader of EXIF (2.3, tag 0x0112) makes the sheet upright: first mirrored, then turned. */
async function oriented(sheet: Buffer, orientation: number): Promise<Buffer> {
  const mirrored = [2, 4, 5, 7].includes(orientation) ? await sharp(sheet).flop().png().toBuffer() : sheet;
  const turns = { 3: 180, 4: 180, 5: 270, 6: 270, 7: 90, 8: 90 } as Readonly<Record<number, number>>;
  const stored = await sharp(mirrored)
    .rotate(turns[orientation] ?? 0)
    .png()
    .toBuffer();
  return sharp(stored).withMetadata({ orientation, density: patchDpi }).jpeg({ quality: 90 }).toBuffer();
}
