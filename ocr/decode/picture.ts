import sharp from "sharp";
import { readPngHeader } from "../headers/png.ts";
import { limits } from "../limits.ts";
import { inflate } from "../pdf/streams.ts";
import { Refusal } from "../reason-codes.ts";

export type RawPicture = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

/** A PNG's pixels with their opacity, eight bits each in sRGB. Its size was read from the header before. */
export async function decodePicture(bytes: Uint8Array): Promise<RawPicture> {
  for (const { start, end } of readPngHeader(bytes)?.packed ?? []) {
    inflate(bytes.subarray(start, end), limits.profileBytes);
  }
  const options = { failOn: "warning", limitInputPixels: limits.pictureSidePx ** 2 } as const;
  const image = sharp(bytes, options);
  if ((await image.metadata()).format !== "png") throw new Refusal("UNSUPPORTED_TYPE");
  const { data, info } = await image
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 4) throw new Refusal("CORRUPT_IMAGE");
  return { width: info.width, height: info.height, rgba: new Uint8Array(data) };
}
