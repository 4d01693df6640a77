import type { Bytes } from "../../src/core/kernel.ts";
import { limits } from "../limits.ts";
import type { Turn } from "../pages.ts";
import { copyJpeg } from "./copy-jpeg.ts";
import { encodePage } from "./encode-page.ts";
import { heldPixels, pixelsOf } from "./held-page.ts";
import type { Grey } from "./look.ts";
import { copyPng, dotsAsPng } from "./png-page.ts";
import type { PageSource } from "./source.ts";

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
 * encoded once from the decoded original, in its colours, as far as its faintest mark allows; a received JPEG that would
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
  const { jpeg, widthPx, heightPx } = await encodeWell(source, dpi, turn);
  const grew = source.storedBytes !== null && jpeg.length > source.storedBytes;
  const png = grew ? await packedWithoutLoss(source, dpi, turn) : null;
  const image = png !== null && png.length < jpeg.length ? png : jpeg;
  return { image, widthPx, heightPx, dpi, colour: colourOf(source), keptAsReceived: false };
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
  const kept = source.losslessPng !== null && turn === 0 && scale === 1 ? await copyPng(source.losslessPng, dpi) : null;
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

/**
 * A page larger than A3 at 300 dpi is encoded as it is decoded, row by row: it is never held whole. Its Huffman codes are the
 * usual ones, since best ones want all its coefficients at once: 474 MB for 79 million pixels.
 */
async function encodeWell(source: PageSource, dpi: number, turn: Turn) {
  const scale = dpi / source.resolution.dpi;
  if (source.widthPx * source.heightPx * scale ** 2 > heldPixels) {
    const image = source.draw(scale, turn).toColourspace(source.isGrey ? "b-w" : "srgb");
    const { data, info } = await image
      .jpeg({ quality: 75, chromaSubsampling: "4:4:4", optimiseCoding: false })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: copyJpeg(data, dpi), widthPx: info.width, heightPx: info.height };
  }
  const held = await pixelsOf(source, scale, turn);
  // Colours in full resolution, since a seal's red is in its thin strokes, unless the picture came with half of it.
  const jpeg = await encodePage(held, { dpi, halved: source.isChromaHalved });
  return { jpeg, widthPx: held.width, heightPx: held.height };
}
