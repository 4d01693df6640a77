import type { Bytes } from "../../src/core/kernel.ts";
import { limits } from "../limits.ts";
import type { Turn } from "../pages.ts";
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
export async function makeFinal(source: PageSource, turn: Turn): Promise<Made> {
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

function encode(source: PageSource, scale: number, turn: Turn) {
  return source
    .draw(scale, turn)
    .toColourspace(source.isGrey ? "b-w" : "srgb")
    .jpeg({ quality: 80, chromaSubsampling: "4:2:0", optimiseCoding: true })
    .toBuffer({ resolveWithObject: true });
}

/** The page in grey, made smaller to `dpi` where it is finer. Every row is decoded: a cut or doubtful picture shows here. */
export async function greyOf(source: PageSource, dpi: number): Promise<Grey> {
  const scale = Math.min(1, dpi / source.resolution.dpi);
  const image = source.draw(scale, 0).greyscale().toColourspace("b-w");
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: onlyFirst(data, info.channels) };
}

function onlyFirst(data: Uint8Array, channels: number): Uint8Array {
  return channels === 1 ? data : data.filter((_, i) => i % channels === 0);
}
