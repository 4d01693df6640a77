import sharp from "sharp";
import type { Chance } from "../seeded.ts";
import { between } from "./degrade.ts";
import { eachPixel } from "./raster.ts";
import type { Picture } from "./typeset.ts";

/** A fax: CCITT Group 4 in TIFF, 200 dots an inch. */
export async function dotsOf({ width, height, pixels }: Picture, inkBelow: number): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp(pixels, { raw: { width, height, channels: 3 } })
    .greyscale()
    .threshold(Math.round(inkBelow))
    .toColourspace("b-w");
  return new Uint8Array(
    await image.tiff({ bitdepth: 1, compression: "ccittfax4", xres: 200 / 25.4, yres: 200 / 25.4 }).toBuffer(),
  );
}

/** The same scan as a press or an old multi-function machine stores it. */
export async function inFourInks(jpeg: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await sharp(jpeg).keepMetadata().toColourspace("cmyk").jpeg({ quality: 88 }).toBuffer());
}

type Tint = readonly [number, number, number];
const tintOf = (chance: Chance, least: number, most: number): Tint => [
  between(chance, least, most),
  between(chance, least, most),
  between(chance, least, most),
];

/** Fine waves in two tints under the print, as diplomas and certificates have them. */
export function onSecurityPaper(picture: Picture, dpi: number, chance: Chance): Picture {
  const [one, other, paper] = [tintOf(chance, 190, 248), tintOf(chance, 190, 248), tintOf(chance, 225, 250)];
  const mm = dpi / 25.4;
  const step = between(chance, 0.7, 1.6) * mm;
  const bend = between(chance, 1, 5) * mm;
  const length = between(chance, 8, 30) * mm;
  const isLine = (along: number, across: number) => Math.sin((along + bend * Math.sin(across / length)) / step) > 0.72;
  return eachPixel(picture, (value, x, y, channel) => {
    const tint = isLine(x, y) ? one : isLine(y, x) ? other : paper;
    return (value * (tint[channel] ?? 255)) / 255;
  });
}

/** Yellowed, darker towards the edges, with a few brown stains. */
export function yellowed(picture: Picture, dpi: number, chance: Chance): Picture {
  const { width, height } = picture;
  const paper = [between(chance, 222, 244), between(chance, 200, 226), between(chance, 150, 190)];
  const stains = Array.from({ length: 3 + chance.below(5) }, () => ({
    x: between(chance, 0, width),
    y: between(chance, 0, height),
    radius: (between(chance, 2, 14) * dpi) / 25.4,
    depth: between(chance, 0.04, 0.14),
  }));
  return eachPixel(picture, (value, x, y, channel) => {
    const edge = Math.min(x, y, width - x, height - y) / Math.min(width, height);
    const stained = stains.reduce((all, { x: sx, y: sy, radius, depth }) => {
      const far = Math.hypot(x - sx, y - sy) / radius;
      return far < 1 ? all * (1 - depth * (1 - far)) : all;
    }, 1);
    return ((value * (paper[channel] ?? 255)) / 255) * (0.86 + 0.14 * Math.min(1, edge * 6)) * stained;
  });
}

/** A band of soft light across the plastic that leaves the print to be read, and a glint smaller than a letter. */
export function withSheen(picture: Picture, dpi: number, chance: Chance): Picture {
  const mm = dpi / 25.4;
  const [lean, at, broad] = [between(chance, -0.8, 0.8), between(chance, 10, 70) * mm, between(chance, 5, 14) * mm];
  const strength = between(chance, 0.1, 0.28);
  const glint = {
    x: between(chance, 4, 80) * mm,
    y: between(chance, 4, 50) * mm,
    radius: between(chance, 0.5, 1.4) * mm,
  };
  return eachPixel(picture, (value, x, y) => {
    const far = (x + lean * y - at) / broad;
    const soft = value * 0.88 + (248 - value * 0.88) * strength * Math.exp(-far * far);
    const near = Math.hypot(x - glint.x, y - glint.y) / glint.radius;
    return near < 1 ? Math.max(soft, 255 - 40 * near) : soft;
  });
}
