import type { Sharp } from "sharp";
import type { Bytes } from "../../src/core/kernel.ts";
import { limits } from "../limits.ts";
import { copyJpeg } from "./copy-jpeg.ts";
import type { Grey } from "./look.ts";
import type { PageSource } from "./source.ts";

export type Made = {
  readonly jpeg: Bytes;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly colour: "srgb" | "grey";
  readonly keptAsReceived: boolean;
};

const tolerance = 1.03; // 300 dpi scanners say 304, 305

/**
 * The bytes that will be certified. A received JPEG that stands upright and needs no resampling keeps its coded pixels;
 * everything else is encoded once, from the decoded original: sRGB or grey, quality 80, at most 300 dpi.
 * The same source and turn give the same bytes.
 */
export async function makeFinal(source: PageSource, turn: 0 | 90 | 180 | 270): Promise<Made> {
  const { dpi } = source.resolution;
  const colour = source.isGrey ? "grey" : "srgb";
  const tooFine = dpi > limits.finalDpi * tolerance;
  if (source.keepable !== null && turn === 0 && !tooFine) {
    const { widthPx, heightPx } = source;
    return { jpeg: copyJpeg(source.keepable, dpi), widthPx, heightPx, dpi, colour, keptAsReceived: true };
  }
  const scale = tooFine ? limits.finalDpi / dpi : 1;
  const finalDpi = tooFine ? limits.finalDpi : dpi;
  const { data, info } = await encode(source, scale, turn);
  const size = { widthPx: info.width, heightPx: info.height };
  return { jpeg: copyJpeg(data, finalDpi), ...size, dpi: finalDpi, colour, keptAsReceived: false };
}

async function encode(source: PageSource, scale: number, turn: number) {
  const upright = turned(scaled(await source.open(), source, scale), turn);
  return upright
    .toColourspace(source.isGrey ? "b-w" : "srgb")
    .jpeg({ quality: 80, chromaSubsampling: "4:2:0", optimiseCoding: true })
    .toBuffer({ resolveWithObject: true });
}

// The later resize replaces the source's own: size and stretch are one step.
const scaled = (image: Sharp, { widthPx, heightPx }: PageSource, scale: number) =>
  scale === 1 ? image : image.resize(Math.round(widthPx * scale), Math.round(heightPx * scale), { fit: "fill" });

const turned = (image: Sharp, turn: number) => (turn === 0 ? image : image.rotate(turn));

/** The page in grey, made smaller to `dpi` where it is finer. Every row is decoded: a cut or doubtful picture shows here. */
export async function greyOf(source: PageSource, dpi: number): Promise<Grey> {
  const scale = Math.min(1, dpi / source.resolution.dpi);
  const image = scaled(await source.open(), source, scale)
    .greyscale()
    .toColourspace("b-w");
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: onlyFirst(data, info.channels) };
}

function onlyFirst(data: Uint8Array, channels: number): Uint8Array {
  return channels === 1 ? data : data.filter((_, i) => i % channels === 0);
}
