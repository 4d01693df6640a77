import { type Corners, mapped, mapToCorners, sheetSize } from "./plane.ts";

/** Bytes of one pixel after the other, `channels` each. */
export type Raw = {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
};

/** Pixels of the sheet as seen from above. */
export function straightSize(corners: Corners, { width, height }: { readonly width: number; readonly height: number }) {
  const size = sheetSize(inPixels(corners, { width, height }));
  return { width: Math.max(1, Math.round(size.width)), height: Math.max(1, Math.round(size.height)) };
}

/** The sheet between the corners as seen from above, each pixel from the four around its place. */
export function straighten(raw: Raw, corners: Corners): Raw {
  const { width, height } = straightSize(corners, raw);
  const map = mapToCorners(inPixels(corners, raw));
  const pixels = new Uint8Array(width * height * raw.channels);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = mapped(map, { x: (x + 0.5) / width, y: (y + 0.5) / height });
      take(raw, from.x - 0.5, from.y - 0.5, { pixels, at: (y * width + x) * raw.channels });
    }
  }
  return { width, height, channels: raw.channels, pixels };
}

function inPixels(
  [a, b, c, d]: Corners,
  { width, height }: { readonly width: number; readonly height: number },
): Corners {
  const pixel = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: x * width, y: y * height });
  return [pixel(a), pixel(b), pixel(c), pixel(d)];
}

function take(raw: Raw, x: number, y: number, into: { readonly pixels: Uint8Array; readonly at: number }): void {
  const { width, height, channels, pixels } = raw;
  const left = within(Math.floor(x), width - 2);
  const top = within(Math.floor(y), height - 2);
  const right = Math.min(1, Math.max(0, x - left));
  const down = Math.min(1, Math.max(0, y - top));
  const first = (top * width + left) * channels;
  const below = first + width * channels;
  for (let channel = 0; channel < channels; channel += 1) {
    const above = (pixels[first + channel] ?? 0) * (1 - right) + (pixels[first + channels + channel] ?? 0) * right;
    const under = (pixels[below + channel] ?? 0) * (1 - right) + (pixels[below + channels + channel] ?? 0) * right;
    into.pixels[into.at + channel] = above * (1 - down) + under * down + 0.5;
  }
}

const within = (place: number, most: number): number => Math.max(0, Math.min(place, most));
