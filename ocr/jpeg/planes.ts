import type { Raw } from "../decode/straighten.ts";

/**
 * One component's samples, row by row, centred on zero (T.81 §A.3.1). Width and height are whole blocks: the last column and row of the
 * picture are repeated as far as that (§A.2.4).
 */
export type Plane = { readonly width: number; readonly height: number; readonly samples: Float32Array };

export const stripRows = 16; // a row of blocks where colours are halved
export const toBlocks = (length: number): number => (length + 7) & ~7;

/**
 * Y, or Y, Cb and Cr of a picture in grey or sRGB, as JFIF 1.02 has them, strip by strip: a sheet of A3 at once would take 200 MB. A
 * fourth channel is left out. Each strip lies where the one before it lay.
 *
 * @param halved Cb and Cr at half the width and height: the mean of each four
 */
export function* planesOf(raw: Raw, halved: boolean): Generator<readonly Plane[]> {
  const { width, channels, pixels } = raw;
  const times = halved ? 2 : 1;
  const luma = new Float32Array(toBlocks(width) * stripRows);
  const room = channels < 3 ? 0 : toBlocks(Math.ceil(width / times)) * toBlocks(stripRows / times);
  const [blue, red] = [new Float32Array(room), new Float32Array(room)];
  for (let top = 0; top < raw.height; top += stripRows) {
    const height = Math.min(stripRows, raw.height - top);
    const strip = { width, height, channels, pixels: pixels.subarray(top * width * channels) };
    if (channels < 3) {
      takeGrey(strip, luma);
      yield [filled(luma, width, height)];
      continue;
    }
    if (halved) takeHalved(strip, { luma, blue, red });
    else takeColours(strip, { luma, blue, red });
    const [across, down] = [Math.ceil(width / times), Math.ceil(height / times)];
    yield [filled(luma, width, height), filled(blue, across, down), filled(red, across, down)];
  }
}

function takeGrey({ width, height, channels, pixels }: Raw, luma: Float32Array): void {
  const stride = toBlocks(width);
  for (let y = 0, at = 0; y < height; y += 1)
    for (let to = y * stride; to < y * stride + width; to += 1, at += channels) luma[to] = (pixels[at] ?? 0) - 128;
}

type Colours = { readonly luma: Float32Array; readonly blue: Float32Array; readonly red: Float32Array };

// Whole thousandths, divided once: the same in single and in double precision.
const brightness = (r: number, g: number, b: number): number => (299 * r + 587 * g + 114 * b - 128_000) / 1000;
const blueness = (r: number, g: number, b: number): number => -0.168735892 * r - 0.331264108 * g + 0.5 * b;
const redness = (r: number, g: number, b: number): number => 0.5 * r - 0.418687589 * g - 0.081312411 * b;

function takeColours({ width, height, channels, pixels }: Raw, { luma, blue, red }: Colours): void {
  const stride = toBlocks(width);
  for (let y = 0, at = 0; y < height; y += 1)
    for (let to = y * stride; to < y * stride + width; to += 1, at += channels) {
      const r = pixels[at] ?? 0;
      const g = pixels[at + 1] ?? 0;
      const b = pixels[at + 2] ?? 0;
      luma[to] = brightness(r, g, b);
      blue[to] = blueness(r, g, b);
      red[to] = redness(r, g, b);
    }
}

function takeHalved(raw: Raw, { luma, blue, red }: Colours): void {
  takeBrightness(raw, luma);
  const { width, height, channels, pixels } = raw;
  const stride = toBlocks((width + 1) >> 1);
  for (let y = 0; y < height; y += 2) {
    const upper = y * width * channels;
    const lower = y + 1 < height ? upper + width * channels : upper; // the last row and column count twice
    for (let x = 0, to = (y >> 1) * stride; x < width; x += 2, to += 1) {
      const a = upper + x * channels;
      const b = x + 1 < width ? a + channels : a;
      const c = a + lower - upper;
      const d = b + lower - upper;
      const red4 = sumOf(pixels, a, b) + sumOf(pixels, c, d);
      const green4 = sumOf(pixels, a + 1, b + 1) + sumOf(pixels, c + 1, d + 1);
      const blue4 = sumOf(pixels, a + 2, b + 2) + sumOf(pixels, c + 2, d + 2);
      blue[to] = blueness(red4, green4, blue4) / 4;
      red[to] = redness(red4, green4, blue4) / 4;
    }
  }
}

const sumOf = (pixels: Uint8Array, one: number, other: number): number => (pixels[one] ?? 0) + (pixels[other] ?? 0);

function takeBrightness({ width, height, channels, pixels }: Raw, luma: Float32Array): void {
  const stride = toBlocks(width);
  for (let y = 0, at = 0; y < height; y += 1)
    for (let to = y * stride; to < y * stride + width; to += 1, at += channels)
      luma[to] = brightness(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
}

/** The plane with what it lacks to whole blocks. */
export function filled(samples: Float32Array, width: number, height: number): Plane {
  const [across, down] = [toBlocks(width), toBlocks(height)];
  for (let row = 0; across > width && row < height * across; row += across)
    samples.fill(samples[row + width - 1] ?? 0, row + width, row + across);
  for (let y = height; y < down; y += 1) samples.copyWithin(y * across, (height - 1) * across, height * across);
  return { width: across, height: down, samples };
}
