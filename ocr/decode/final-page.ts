import type { Sharp } from "sharp";
import type { Bytes } from "../../src/core/kernel.ts";
import { limits } from "../limits.ts";
import type { Turn } from "../pages.ts";
import { copyJpeg } from "./copy-jpeg.ts";
import { lossOf, thumbnailOf, thumbnailScale } from "./fidelity.ts";
import { drawRaw, pixelsOf } from "./held-page.ts";
import type { Grey } from "./look.ts";
import { copyPng, dotsAsPng } from "./png-page.ts";
import type { PageSource } from "./source.ts";
import type { Raw } from "./straighten.ts";

export type Made = {
  /** JPEG, or PNG of dots and of flat colours. */
  readonly image: Bytes;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly colour: "srgb" | "grey";
  readonly keptAsReceived: boolean;
};

const tolerance = 1.03; // 300 dpi scanners say 304, 305
const lightBits = 0.25; // a pixel: a page of A4 at 200 dpi in 120 kB. No encoding of ours is worth a second loss there
const coarseDpi = 150; // below it a stroke has two pixels, and any second loss is one of letters
const worthwhile = 0.8;

/**
 * The bytes that will be certified, at most 300 dpi. The picture of a scan PDF that covers its page, and a light or
 * coarse JPEG that stands upright, keep their coded pixels. Black and white dots stay dots, up to 600 dpi. Everything else is
 * encoded once from the decoded original, in its colours, as far as `encodeWell` finds it worth; a received JPEG that would
 * hardly shrink is kept too, and flat colours that came packed without loss and lighter stay so.
 * The same source and turn give the same bytes, and a page is never heavier than the JPEG, PNG, TIFF or fax it came in.
 */
export async function makeFinal(source: PageSource, turn: Turn): Promise<Made> {
  const { dpi } = source.resolution;
  const dots = await dotsIn(source, turn);
  if (dots !== null) return dotsPage(dots, dpi);
  const tooFine = dpi > limits.finalDpi * tolerance;
  const kept = turn === 0 && !tooFine ? keptOf(source) : null;
  if (kept !== null && (source.keepsWhole || dpi < coarseDpi || isLight(kept))) return kept;
  const finalDpi = tooFine ? limits.finalDpi : dpi;
  const made = await encoded(source, finalDpi, turn);
  return kept !== null && made.image.length > worthwhile * kept.image.length ? kept : made;
}

async function encoded(source: PageSource, dpi: number, turn: Turn): Promise<Made> {
  const { data, info } = await encodeWell(source, dpi / source.resolution.dpi, turn);
  const jpeg = copyJpeg(data, dpi);
  const grew = source.storedBytes !== null && jpeg.length > source.storedBytes;
  const png = grew ? await packedWithoutLoss(source, dpi, turn) : null;
  const image = png !== null && png.length < jpeg.length ? png : jpeg;
  const size = { widthPx: info.width, heightPx: info.height };
  return { image, ...size, dpi, colour: colourOf(source), keptAsReceived: false };
}

async function dotsIn(source: PageSource, turn: Turn): Promise<Grey | null> {
  if (source.dots === null || source.resolution.dpi > limits.dotsDpi) return null;
  return source.dots(turn);
}

function dotsPage(dots: Grey, dpi: number): Made {
  const size = { widthPx: dots.width, heightPx: dots.height };
  return { image: dotsAsPng(dots, dpi), ...size, dpi, colour: "grey", keptAsReceived: false };
}

/** The received PNG's own pixels where they can stand as they are; else the same pixels packed again. */
async function packedWithoutLoss(source: PageSource, dpi: number, turn: Turn): Promise<Bytes | null> {
  const scale = dpi / source.resolution.dpi;
  const kept = source.losslessPng !== null && turn === 0 && scale === 1 ? copyPng(source.losslessPng, dpi) : null;
  if (kept !== null) return kept;
  const image = source.draw(scale, turn).toColourspace(source.isGrey ? "b-w" : "srgb");
  return copyPng(await image.png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer(), dpi);
}

const colourOf = ({ isGrey }: PageSource): Made["colour"] => (isGrey ? "grey" : "srgb");

function keptOf(source: PageSource): Made | null {
  const { keepable, widthPx, heightPx, resolution } = source;
  if (keepable === null) return null;
  const image = copyJpeg(keepable, resolution.dpi);
  return { image, widthPx, heightPx, dpi: resolution.dpi, colour: colourOf(source), keptAsReceived: true };
}

const isLight = ({ image, widthPx, heightPx }: Made): boolean => 8 * image.length <= lightBits * widthPx * heightPx;

const qualities = [60, 80] as const;
const mostLoss = 8; // levels; ADR 0033 has what it was measured on

/** What was made smaller has lost its grain with that: it is encoded as it is decoded, which a step's time limit allows at any size. */
async function encodeWell(source: PageSource, scale: number, turn: Turn) {
  if (scale < 1 || source.pixels === null) {
    const image = source.draw(scale, turn).toColourspace(source.isGrey ? "b-w" : "srgb");
    return image
      .jpeg({ quality: 75, chromaSubsampling: "4:4:4", optimiseCoding: true })
      .toBuffer({ resolveWithObject: true });
  }
  const held = await pixelsOf(source, 1, turn);
  return encodeHeld(held, source.resolution.dpi, source.isChromaHalved ? "4:2:0" : "4:4:4");
}

/** The least of the qualities that keeps every tile of the page within `mostLoss`; the best where none does. */
async function encodeHeld(held: Raw, dpi: number, chroma: string) {
  const small = thumbnailScale(dpi);
  const original = await thumbnailOf(drawRaw(held, small, 0), dpi * small);
  const whole = () => drawRaw(held, 1, 0);
  for (const quality of qualities) {
    const encoded = await jpegOf(held.channels === 1 ? whole().toColourspace("b-w") : whole(), quality, chroma);
    if (quality === qualities.at(-1) || (await lossOf(original, encoded.data)) <= mostLoss) return encoded;
  }
  throw new Error("the best quality is always taken");
}

/**
 * Colours in full resolution, since a seal's red is in its thin strokes, unless the picture came with half of it. Trellis
 * quantisation spends the bits where they are seen: a fifth less for a tenth of a second.
 */
const jpegOf = (image: Sharp, quality: number, chromaSubsampling: string) =>
  image
    .jpeg({
      quality,
      chromaSubsampling,
      optimiseCoding: true,
      trellisQuantisation: true,
      overshootDeringing: true,
      quantisationTable: 3,
    })
    .toBuffer({ resolveWithObject: true });
