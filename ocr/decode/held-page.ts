import sharp, { type Sharp } from "sharp";
import { limits } from "../limits.ts";
import type { Turn } from "../pages.ts";
import type { PageSource } from "./source.ts";
import type { Raw } from "./straighten.ts";

/** A3 at 300 dpi; a larger page is never held whole. */
export const heldPixels = 18_000_000;

/**
 * The page with its pixels decoded once: what is drawn of it afterwards comes from them, and looking and encoding do not decode it
 * again. A page that is too large to be held comes back as it was. Every row is decoded: a cut or doubtful picture shows here.
 */
export async function heldPage(source: PageSource): Promise<PageSource> {
  if (source.widthPx * source.heightPx > heldPixels) return source;
  const pixels = await pixelsOf(source, 1, 0);
  return { ...source, pixels, draw: (scale, turn) => drawRaw(pixels, scale, turn) };
}

/** What a page shows in sRGB or grey, eight bits a channel; the held pixels themselves where they are what is asked for. */
export async function pixelsOf(source: PageSource, scale: number, turn: Turn): Promise<Raw> {
  if (source.pixels !== null && scale === 1 && turn === 0) return source.pixels;
  const image = source.draw(scale, turn).toColourspace(source.isGrey ? "b-w" : "srgb");
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, pixels: data };
}

/** A pipeline over pixels in memory: opacity left out, made smaller first and turned last. */
export function drawRaw({ width, height, channels, pixels }: Raw, scale: number, turn: Turn): Sharp {
  const raw = { width, height, channels: channels as 1 | 2 | 3 | 4 };
  const read = sharp(pixels, { raw, limitInputPixels: limits.imagePixels });
  const image = channels === 4 ? read.removeAlpha() : read;
  if (scale === 1) return turned(image, turn);
  const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  return turned(image.resize(across, down, { fit: "fill" }), turn);
}

export const turned = (image: Sharp, turn: Turn): Sharp => (turn === 0 ? image : image.rotate(turn));
