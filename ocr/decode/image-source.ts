import sharp, { type Metadata, type Sharp } from "sharp";
import type { ImageHeader } from "../headers/cursor.ts";
import { isSrgbProfile } from "../headers/icc.ts";
import { readJpegHeader } from "../headers/jpeg.ts";
import { readPngHeader } from "../headers/png.ts";
import { limits } from "../limits.ts";
import type { Turn } from "../pages.ts";
import { inflate } from "../pdf/streams.ts";
import { Refusal } from "../reason-codes.ts";
import type { Sniffed } from "../sniff.ts";
import { dotsOf } from "./dots.ts";
import { turned } from "./held-page.ts";
import { measureDpi, type Resolution, sheetDpi } from "./paper.ts";
import { seeCorners } from "./see-corners.ts";
import type { PageSource, UploadSource } from "./source.ts";

// A warning of a decoder is a doubt about what stands on the paper: nothing doubtful is certified.
const strict = { failOn: "warning", limitInputPixels: limits.imagePixels } as const;

export function openImage(bytes: Uint8Array, sniffed: Exclude<Sniffed, { type: "pdf" }>): UploadSource {
  if (sniffed.type === "png") checkPacked(bytes);
  const page = (number: number) => {
    const header = sniffed.pages[number - 1];
    if (header === undefined) throw new Refusal("CORRUPT_IMAGE");
    const tiff = sniffed.type === "tiff" ? sniffed.pages[number - 1] : undefined;
    const storedBytes = sniffed.type === "png" ? bytes.length : tiff?.storedBytes || null;
    const hints = { said: header.dpi, isJpeg: sniffed.type === "jpeg", storedBytes };
    return openPicture(bytes, { ...hints, directory: tiff?.directory });
  };
  return { pages: sniffed.pages.length, page, close: () => undefined };
}

// Profiles and text chunks can be bombs of their own; decoders unpack them without asking.
function checkPacked(bytes: Uint8Array): void {
  for (const { start, end } of readPngHeader(bytes)?.packed ?? []) {
    inflate(bytes.subarray(start, end), limits.profileBytes);
  }
}

export type PictureHints = {
  readonly said: ImageHeader["dpi"];
  readonly isJpeg: boolean;
  readonly directory?: number | undefined;
  /** Of a picture packed without loss. */
  readonly storedBytes?: number | null;
  /** Known from the page around the picture; EXIF is then not looked at, as PDF readers do not. */
  readonly known?: Resolution;
};

export async function openPicture(bytes: Uint8Array, hints: PictureHints): Promise<PageSource> {
  const options = hints.directory === undefined ? strict : { ...strict, page: hints.directory };
  const meta = await sharp(bytes, options).metadata();
  const orientation = hints.known === undefined ? (meta.orientation ?? 1) : 1;
  const said = hints.said ?? exifDpi(meta);
  const size = squareSize(meta.width, meta.height, said);
  const [widthPx, heightPx] = orientation >= 5 ? [size.height, size.width] : [size.width, size.height];
  const draw = (scale: number, turn: Turn) =>
    drawPicture(sharp(bytes, { ...options, ignoreIcc: isDeepSrgb(meta) }), { meta, orientation, size }, scale, turn);
  await refuseNegative(bytes, meta);
  const told = hints.known ?? measureDpi(widthPx, heightPx, said);
  const corners = told.source === "inferred" ? await seeCorners({ draw, widthPx, heightPx }) : undefined;
  return {
    draw,
    pixels: null,
    widthPx,
    heightPx,
    resolution: sheetDpi(corners, { widthPx, heightPx }, told),
    corners,
    isGrey: meta.space === "b-w" || meta.space === "grey16",
    storedTurn: turnOfExif[orientation] ?? 0,
    keepsWhole: hints.known !== undefined,
    isChromaHalved: meta.chromaSubsampling === "4:2:0",
    storedBytes: hints.storedBytes ?? null,
    dots: hints.isJpeg ? null : dotsFrom(sharp(bytes, options), { meta, orientation, size }),
    ...keepableForms(bytes, meta, orientation === 1 && !size.stretched),
  };
}

const darkPaper = 90; // of 255, in the mean: a page of paper is above 150, its negative below 60

/**
 * Four inks without Adobe's marker are taken as written upside down, as browsers take them, for most are. Some are not, and nothing
 * in the file says so: a page that then is dark as no paper is would be certified as its own negative.
 */
async function refuseNegative(bytes: Uint8Array, { format, space }: Metadata): Promise<void> {
  if (format !== "jpeg" || space !== "cmyk" || readJpegHeader(bytes)?.adobeTransform !== null) return;
  const small = sharp(bytes, strict).resize(64, 64, { fit: "fill" }).toColourspace("b-w");
  const grey = await small.raw().toBuffer();
  if (grey.reduce((sum, value) => sum + value, 0) < darkPaper * grey.length) throw new Refusal("UNSUPPORTED_TYPE");
}

function keepableForms(bytes: Uint8Array, meta: Metadata, isUpright: boolean) {
  const keepable = isUpright && meta.format === "jpeg" && isKeepable(bytes, meta) ? bytes : null;
  return { keepable, losslessPng: isUpright && isPlainPng(meta) ? bytes : null };
}

function dotsFrom(image: Sharp, { meta, orientation, size }: Stored): PageSource["dots"] {
  const mayBeDots = !meta.hasAlpha && (meta.space === "b-w" || meta.bitsPerSample === 1);
  if (!mayBeDots || mirrored.has(orientation)) return null;
  return (turn) => dotsOf(image.clone(), size, (((turnOfExif[orientation] ?? 0) + turn) % 360) as Turn);
}

// Colours of 16 bits that come with a profile are widened to another one before they are cut to 8, and come out pale:
// what is sRGB already is told so.
const isDeepSrgb = ({ depth, icc }: Metadata): boolean => depth === "ushort" && icc !== undefined && isSrgbProfile(icc);

const isPlainPng = ({ format, icc }: Metadata): boolean =>
  format === "png" && (icc === undefined || isSrgbProfile(icc));

const turnOfExif: Readonly<Record<number, Turn>> = { 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 };
const mirrored = new Set([2, 4, 5, 7]); // EXIF 2.3 tag 0x0112; mirrors come from front cameras only

type Stored = {
  readonly meta: Metadata;
  readonly orientation: number;
  readonly size: { readonly width: number; readonly height: number };
};

function drawPicture(image: Sharp, { meta, orientation, size }: Stored, scale: number, turn: Turn): Sharp {
  const flat = meta.hasAlpha ? image.flatten({ background: "#ffffff" }) : image;
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  if (mirrored.has(orientation)) {
    const [across, down] = orientation >= 5 ? [height, width] : [width, height];
    return turned(flat.autoOrient().resize(across, down, { fit: "fill" }), turn);
  }
  const stored = turnOfExif[orientation] ?? 0;
  return turned(flat.resize(width, height, { fit: "fill" }), ((stored + turn) % 360) as Turn);
}

// sharp says 72 where nothing is said, and so do cameras.
function exifDpi({ exif, density }: Metadata): ImageHeader["dpi"] {
  return exif !== undefined && density !== undefined && density !== 72 ? { x: density, y: density } : null;
}

// Fax pictures have 204 x 98 dots an inch: the coarser side is stretched.
function squareSize(width: number, height: number, said: ImageHeader["dpi"]) {
  if (said === null || Math.max(said.x, said.y) / Math.min(said.x, said.y) < 1.02) {
    return { width, height, stretched: false };
  }
  const finest = Math.max(said.x, said.y);
  const grown = { width: Math.round((width * finest) / said.x), height: Math.round((height * finest) / said.y) };
  if (grown.width * grown.height > limits.imagePixels) throw new Refusal("IMAGE_TOO_LARGE");
  return { ...grown, stretched: true };
}

/**
 * An 8-bit sequential or progressive JPEG in grey or YCbCr whose colours need no profile. ISO/IEC 10918-1: SOF0 to SOF2.
 * Three components without JFIF or Adobe marker are YCbCr only by their numbers.
 */
function isKeepable(bytes: Uint8Array, meta: Metadata): boolean {
  const header = readJpegHeader(bytes);
  if (header === null || header.bits !== 8 || header.frame > 0xc2 || header.layout.end === null) return false;
  if (meta.icc !== undefined && !isSrgbProfile(meta.icc)) return false;
  if (header.componentIds.length === 1) return meta.icc === undefined;
  if (header.componentIds.length !== 3) return false;
  if (header.adobeTransform !== null) return header.adobeTransform === 1;
  return header.hasJfif || header.componentIds.join() === "1,2,3";
}
