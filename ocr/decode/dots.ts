import sharp, { type Sharp } from "sharp";
import { limits } from "../limits.ts";
import type { Turn } from "../pages.ts";
import type { Grey } from "./look.ts";

type Size = { readonly width: number; readonly height: number };

/**
 * A picture of black and white dots and nothing between: what fax machines and copiers write. Null where a dot is grey.
 * Rows that must grow to make dots square are repeated, never blended, so that a copy can hold each of them once.
 */
export async function dotsOf(stored: Sharp, size: Size, turn: Turn): Promise<Grey | null> {
  if (size.width * size.height > limits.dotsPixels) return null;
  const { data, info } = await stored
    .toColourspace("b-w")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 1 || !data.every((value) => value === 0 || value === 255)) return null;
  return turnedDots(repeated({ width, height, pixels: data }, size), turn);
}

/** Of a rendered page, four bytes a pixel; null where one is not black or white. */
export async function dotsOfRendered(rgba: Uint8Array, { width, height }: Size, turn: Turn): Promise<Grey | null> {
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    const value = rgba[4 * i] ?? 0;
    if ((value !== 0 && value !== 255) || rgba[4 * i + 1] !== value || rgba[4 * i + 2] !== value) return null;
    pixels[i] = value;
  }
  return turnedDots({ width, height, pixels }, turn);
}

function repeated({ width, height, pixels }: Grey, size: Size): Grey {
  if (size.width === width && size.height === height) return { width, height, pixels };
  const out = new Uint8Array(size.width * size.height);
  const columns = Uint32Array.from({ length: size.width }, (_, x) => Math.floor((x * width) / size.width));
  for (let y = 0; y < size.height; y += 1) {
    const from = Math.floor((y * height) / size.height) * width;
    for (let x = 0; x < size.width; x += 1) out[y * size.width + x] = pixels[from + (columns[x] ?? 0)] ?? 255;
  }
  return { ...size, pixels: out };
}

async function turnedDots(dots: Grey, turn: Turn): Promise<Grey> {
  if (turn === 0) return dots;
  const { width, height } = dots;
  const image = sharp(dots.pixels, { raw: { width, height, channels: 1 }, limitInputPixels: limits.imagePixels });
  const { data, info } = await image.rotate(turn).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}
