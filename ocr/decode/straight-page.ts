import sharp from "sharp";
import { limits } from "../limits.ts";
import type { Turn } from "../pages.ts";
import { copyJpeg } from "./copy-jpeg.ts";
import type { Made } from "./final-page.ts";
import { pixelsOf, turned } from "./held-page.ts";
import type { Corners } from "./plane.ts";
import type { PageSource } from "./source.ts";
import { straighten } from "./straighten.ts";

/** The sheet of a photograph as seen from above, encoded once: sRGB or grey, quality 80. Geometry alone is changed. */
export async function makeStraight(source: PageSource, corners: Corners, turn: Turn): Promise<Made> {
  const { resolution, isGrey } = source;
  const scale = Math.min(1, limits.finalDpi / resolution.dpi);
  const { width, height, channels, pixels } = straighten(await pixelsOf(source, scale, 0), corners);
  const straight = sharp(pixels, { raw: { width, height, channels: channels === 1 ? 1 : 3 } });
  const encoded = await turned(straight, turn)
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .jpeg({ quality: 80, chromaSubsampling: "4:2:0", optimiseCoding: true })
    .toBuffer({ resolveWithObject: true });
  const dpi = Math.round(resolution.dpi * scale * 10) / 10;
  const size = { widthPx: encoded.info.width, heightPx: encoded.info.height };
  return { image: copyJpeg(encoded.data, dpi), ...size, dpi, colour: isGrey ? "grey" : "srgb", keptAsReceived: false };
}
