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
 * How far an encoded picture is from the original where that matters most, as a share of what is let pass: above 1 it is another picture.
 * In each tile, which is a letter with its mark, the root mean square difference is held against the contrast of what stands there:
 * a pale pencil line may lose less than black print, and the page's grain may go. In a mean over the page one lost line would drown.
 */
export async function lossOf(original: Thumbnail, encoded: Uint8Array): Promise<number> {
  const { width, height, dpi } = original;
  // Decoded whole and made smaller in the same way as the original: a decoder's own way of halving moves letters by half a pixel.
  // A part that is cut out beforehand, all of it here, keeps the decoder from that; so it goes row by row and is never held.
  const whole = await sharp(encoded).metadata();
  const small = sharp(encoded)
    .extract({ left: 0, top: 0, width: whole.width, height: whole.height })
    .resize(width, height, { fit: "fill" });
  const tiles = compareTiles(original, await thumbnailOf(small, dpi));
  const grain = grainOf(tiles);
  return Math.max(
    ...tiles.map(({ difference, contrast }) => difference / (leastLevels + grain + contrastShare * contrast)),
  );
}

const leastLevels = 2; // of 255
const contrastShare = 0.2;
const mostGrain = 4; // beyond it what is in every tile is no grain but a picture

/** What is in the quieter tiles, of which paper has many. */
function grainOf(tiles: readonly Compared[]): number {
  const contrasts = tiles.map(({ contrast }) => contrast).toSorted((a, b) => a - b);
  return Math.min(mostGrain, contrasts[Math.floor(contrasts.length / 5)] ?? 0);
}

type Tile = { readonly left: number; readonly top: number; readonly side: number };
type Compared = { readonly difference: number; readonly contrast: number };

function compareTiles(original: Thumbnail, { rgb }: Thumbnail): readonly Compared[] {
  const { width, height, dpi } = original;
  const side = Math.max(4, Math.round(tileInches * dpi));
  const [across, down] = [Math.ceil(width / side), Math.ceil(height / side)];
  return Array.from({ length: across * down }, (_, i) =>
    compareTile(original, rgb, { left: side * (i % across), top: side * Math.floor(i / across), side }),
  );
}

function compareTile(original: Thumbnail, other: Uint8Array, { left, top, side }: Tile): Compared {
  const { width, height } = original;
  const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
  let [differences, spread] = [0, 0];
  for (let channel = 0; channel < 3; channel += 1) {
    let sum = 0;
    let squares = 0;
    for (let y = top; y < bottom; y += 1)
      for (let i = 3 * (width * y + left) + channel; i < 3 * (width * y + right); i += 3) {
        const value = original.rgb[i] ?? 0;
        sum += value;
        squares += value * value;
        differences += (value - (other[i] ?? 0)) ** 2;
      }
    spread += squares - sum ** 2 / ((right - left) * (bottom - top));
  }
  const values = 3 * (right - left) * (bottom - top);
  return { difference: Math.sqrt(differences / values), contrast: Math.sqrt(Math.max(0, spread) / values) };
}
