import type { Grey } from "./look.ts";

const radius = 2; // two box means of five dots: near enough to a Gaussian of two dots
const amount = 2.5;

/**
 * Each pixel set off against the mean around it (unsharp mask): gives blurred letters edges again, and noise too, so it is
 * for pages that were measured as blurred. For reading only; never for what is certified.
 */
export function sharpened(grey: Grey): Grey {
  const around = boxMean(boxMean(grey));
  const pixels = grey.pixels.map((level, at) => {
    const set = level + amount * (level - (around.pixels[at] ?? level));
    return set < 0 ? 0 : set > 255 ? 255 : set;
  });
  return { width: grey.width, height: grey.height, pixels };
}

const boxMean = (grey: Grey): Grey => meanDown(meanAcross(grey));

function meanAcross({ width, height, pixels }: Grey): Grey {
  const means = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y += 1) meanAlong(pixels, means, { first: y * width, step: 1, count: width });
  return { width, height, pixels: means };
}

function meanDown({ width, height, pixels }: Grey): Grey {
  const means = new Uint8Array(pixels.length);
  for (let x = 0; x < width; x += 1) meanAlong(pixels, means, { first: x, step: width, count: height });
  return { width, height, pixels: means };
}

type Row = { readonly first: number; readonly step: number; readonly count: number };

// A running sum; the page's edges count as if they went on.
function meanAlong(from: Uint8Array, to: Uint8Array, { first, step, count }: Row): void {
  const level = (i: number) => from[first + Math.min(Math.max(i, 0), count - 1) * step] ?? 0;
  let sum = 0;
  for (let i = -radius; i <= radius; i += 1) sum += level(i);
  for (let i = 0; i < count; i += 1) {
    to[first + i * step] = Math.round(sum / (2 * radius + 1));
    sum += level(i + radius + 1) - level(i - radius);
  }
}
