import sharp, { type Sharp } from "sharp";

const fineDpi = 100; // a scanner's grain is averaged away at it, strokes of letters are not
const tileInches = 0.12; // a letter with its mark

/** A picture in colour, small enough that its grain is gone: what an encoding is held against. */
export type Thumbnail = {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly rgb: Uint8Array;
};

/** Of what a thumbnail is the size. */
export const thumbnailScale = (dpi: number): number => Math.min(1, fineDpi / dpi);

export async function thumbnailOf(small: Sharp, dpi: number): Promise<Thumbnail> {
  const { data, info } = await small
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const rgb =
    channels === 3 ? data : Uint8Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)] ?? 0);
  return { width, height, dpi, rgb };
}

/**
 * How far an encoded picture is from the original where it is farthest: the root mean square difference of its worst
 * tile, in levels of 255. A blurred letter or a seal that lost its red shows here; in a mean it would drown in the paper.
 */
export async function lossOf(original: Thumbnail, encoded: Uint8Array): Promise<number> {
  const { width, height, dpi } = original;
  const { rgb } = await thumbnailOf(sharp(encoded).resize(width, height, { fit: "fill" }), dpi);
  const side = Math.max(4, Math.round(tileInches * dpi));
  let worst = 0;
  for (let top = 0; top < height; top += side)
    for (let left = 0; left < width; left += side)
      worst = Math.max(worst, tileLoss(original, rgb, { left, top, side }));
  return worst;
}

type Tile = { readonly left: number; readonly top: number; readonly side: number };

function tileLoss({ width, height, rgb }: Thumbnail, other: Uint8Array, { left, top, side }: Tile): number {
  const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
  let sum = 0;
  for (let y = top; y < bottom; y++)
    for (let i = 3 * (width * y + left); i < 3 * (width * y + right); i++)
      sum += ((rgb[i] ?? 0) - (other[i] ?? 0)) ** 2;
  return Math.sqrt(sum / (3 * (right - left) * (bottom - top)));
}
