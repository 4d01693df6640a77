import type { Raw } from "../decode/straighten.ts";

/** One component's samples, row by row, centred on zero (T.81 §A.3.1). */
export type Plane = { readonly width: number; readonly height: number; readonly samples: Float32Array };

const stripRows = 16; // a row of blocks where colours are halved

/**
 * Y, or Y, Cb and Cr of a picture in grey or sRGB, as JFIF 1.02 has them, strip by strip: a sheet of A3 at once would take 200 MB. A
 * fourth channel is left out.
 *
 * @param halved Cb and Cr at half the width and height: the mean of each four
 */
export function* planesOf(raw: Raw, halved: boolean): Generator<readonly Plane[]> {
  const { width, channels, pixels } = raw;
  for (let top = 0; top < raw.height; top += stripRows) {
    const height = Math.min(stripRows, raw.height - top);
    const strip = pixels.subarray(top * width * channels, (top + height) * width * channels);
    const planes = channels < 3 ? [greyOf(strip, channels)] : coloursOf(strip, channels);
    const whole = planes.map((samples) => ({ width, height, samples }));
    yield halved ? whole.map((plane, i) => (i === 0 ? plane : halfOf(plane))) : whole;
  }
}

const greyOf = (pixels: Uint8Array, channels: number): Float32Array =>
  Float32Array.from({ length: pixels.length / channels }, (_, i) => (pixels[i * channels] ?? 0) - 128);

function coloursOf(pixels: Uint8Array, channels: number): readonly Float32Array[] {
  const count = pixels.length / channels;
  const [luma, blue, red] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  for (let i = 0, at = 0; i < count; i += 1, at += channels) {
    const r = pixels[at] ?? 0;
    const g = pixels[at + 1] ?? 0;
    const b = pixels[at + 2] ?? 0;
    luma[i] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
    blue[i] = -0.168735892 * r - 0.331264108 * g + 0.5 * b;
    red[i] = 0.5 * r - 0.418687589 * g - 0.081312411 * b;
  }
  return [luma, blue, red];
}

function halfOf({ width, height, samples }: Plane): Plane {
  const [across, down] = [(width + 1) >> 1, (height + 1) >> 1];
  const half = new Float32Array(across * down);
  for (let y = 0; y < down; y += 1) {
    const upper = 2 * y * width;
    const lower = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < across; x += 1) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      const above = (samples[upper + left] ?? 0) + (samples[upper + right] ?? 0);
      half[y * across + x] = (above + (samples[lower + left] ?? 0) + (samples[lower + right] ?? 0)) / 4;
    }
  }
  return { width: across, height: down, samples: half };
}
