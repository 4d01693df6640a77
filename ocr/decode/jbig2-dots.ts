import sharp from "sharp";
import { tiffOfOneStrip } from "../headers/tiff-of-one-strip.ts";
import { limits } from "../limits.ts";
import { faxAsTiff } from "../pdf/fax-tiff.ts";
import { type Bitmap, decodeRegion, framedDots } from "../pdf/jbig2/generic-region.ts";
import type { Region } from "../pdf/jbig2/segments.ts";
import type { Jbig2Stream } from "../pdf/jbig2-stream.ts";
import { Refusal } from "../reason-codes.ts";

const mostLayers = 4;

/** Each region may claim a whole page: a file of some kilobytes would cost hours, here and in the renderer. */
export function checkLayers({ page, widthPx, heightPx }: Jbig2Stream): void {
  const painted = page.regions.reduce((sum, { width, height }) => sum + width * height, 0);
  if (painted > mostLayers * widthPx * heightPx) throw new Refusal("DECOMPRESSION_LIMIT");
}

/** Its dots as a TIFF that nothing packs, so that they go on as any other picture of dots. TIFF 6.0 §3. */
export async function jbig2AsTiff(stream: Jbig2Stream): Promise<Uint8Array> {
  const { widthPx, heightPx, blackIsBlack } = stream;
  const dots = await dotsOfPage(stream);
  const rowBytes = Math.ceil(widthPx / 8);
  const packed = new Uint8Array(rowBytes * heightPx);
  for (let y = 0; y < heightPx; y += 1)
    for (let x = 0; x < widthPx; x += 1) {
      const at = rowBytes * y + (x >> 3);
      packed[at] = (packed[at] ?? 0) | ((dots[y * widthPx + x] ?? 0) << (7 - (x & 7)));
    }
  const whiteIsZero = blackIsBlack ? 0 : 1;
  return tiffOfOneStrip(
    [
      [256, "long", widthPx],
      [257, "long", heightPx],
      [258, "short", 1],
      [259, "short", 1], // Compression: none
      [262, "short", whiteIsZero],
      [277, "short", 1],
      [278, "long", heightPx],
    ],
    packed,
  );
}

/** Regions painted in their order, T.88 §8.2. */
async function dotsOfPage({ page, widthPx, heightPx }: Jbig2Stream): Promise<Uint8Array> {
  if (widthPx * heightPx > limits.dotsPixels || !page.regions.every(fitsMemory)) throw new Refusal("IMAGE_TOO_LARGE");
  const dots = new Uint8Array(widthPx * heightPx).fill(page.isBlack ? 1 : 0);
  for (const region of page.regions) paint({ width: widthPx, height: heightPx, dots }, await bitmapOf(region), region);
  return dots;
}

/** A region is decoded within a frame: one dot high or wide and millions long, it would take a hundred times its dots. */
const fitsMemory = (region: Region): boolean =>
  region.width > 0 && region.height > 0 && framedDots(region) <= mostLayers * limits.dotsPixels;

async function bitmapOf(region: Region): Promise<Bitmap> {
  if (region.coded === "dots") return decodeRegion(region);
  const { width, height, data } = region;
  const tiff = faxAsTiff({ data, widthPx: width, heightPx: height, blackIsBlack: true });
  const pixels = await sharp(tiff, { failOn: "warning", limitInputPixels: limits.dotsPixels })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  return { width, height, dots: pixels.map((value) => (value < 128 ? 1 : 0)) };
}

const meet: Readonly<Record<Region["meets"], (there: number, comes: number) => number>> = {
  or: (there, comes) => there | comes,
  and: (there, comes) => there & comes,
  xor: (there, comes) => there ^ comes,
  xnor: (there, comes) => 1 - (there ^ comes),
  replace: (_, comes) => comes,
};

/** What lies beyond the page is left out. */
function paint(page: Bitmap, { width, height, dots }: Bitmap, { x, y, meets }: Region): void {
  const combined = meet[meets];
  const [right, bottom] = [Math.min(width, page.width - x), Math.min(height, page.height - y)];
  for (let row = 0; row < bottom; row += 1)
    for (let column = 0; column < right; column += 1) {
      const at = (y + row) * page.width + x + column;
      page.dots[at] = combined(page.dots[at] ?? 0, dots[row * width + column] ?? 0);
    }
}
