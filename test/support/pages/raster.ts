import sharp, { type Sharp } from "sharp";
import type { Picture } from "./typeset.ts";

/** Four corners of a sheet in a picture, clockwise from its top left. */
export type Corners = readonly [Spot, Spot, Spot, Spot];
export type Spot = { readonly x: number; readonly y: number };
export type Rgb = readonly [number, number, number];

export const blankPicture = (width: number, height: number, colour: Rgb): Picture => {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = colour[i % 3] ?? 0;
  return { width, height, pixels };
};

const raw = ({ width, height, pixels }: Picture) => sharp(pixels, { raw: { width, height, channels: 3 } });

const pictureOf = async (image: Sharp): Promise<Picture> => {
  const { data, info } = await image.removeAlpha().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
};

/** A file's pixels, as a program for pictures opens them. */
export const pictureOfFile = (file: Uint8Array): Promise<Picture> => pictureOf(sharp(file));

export const resized = (picture: Picture, scale: number): Promise<Picture> => {
  const size = { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
  return pictureOf(
    raw(picture).resize(size.width, size.height, { fit: "fill", kernel: scale < 1 ? "lanczos3" : "cubic" }),
  );
};

export const softened = (picture: Picture, sigma: number): Promise<Picture> =>
  sigma < 0.3 ? Promise.resolve(picture) : pictureOf(raw(picture).blur(sigma));

export const turnedPicture = (picture: Picture, turn: 90 | 180 | 270): Promise<Picture> =>
  pictureOf(raw(picture).rotate(turn));
export const mirrored = (picture: Picture): Promise<Picture> => pictureOf(raw(picture).flop());
export const cropped = (
  picture: Picture,
  box: { left: number; top: number; width: number; height: number },
): Promise<Picture> => pictureOf(raw(picture).extract(box));
export const faded = (picture: Picture, saturation: number): Promise<Picture> =>
  pictureOf(raw(picture).modulate({ saturation }));

/** JPEG in colour or grey; `dpi` null writes none, as phones do. */
export async function jpegOf(
  picture: Picture,
  { quality, dpi, grey = false }: { quality: number; dpi: number | null; grey?: boolean },
): Promise<Uint8Array<ArrayBuffer>> {
  const image = grey ? raw(picture).greyscale().toColourspace("b-w") : raw(picture);
  const said = dpi === null ? image : image.withMetadata({ density: dpi });
  return new Uint8Array(await said.jpeg({ quality }).toBuffer());
}

/** Each channel of each pixel through `change`, which is told where it stands. */
export function eachPixel(
  picture: Picture,
  change: (value: number, x: number, y: number, channel: number) => number,
): Picture {
  const { width, height, pixels } = picture;
  const made = new Uint8ClampedArray(pixels.length);
  for (let i = 0, at = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let channel = 0; channel < 3; channel += 1, at += 1) made[at] = change(pixels[at] ?? 0, x, y, channel);
  }
  return { width, height, pixels: new Uint8Array(made.buffer) };
}

/** Each pixel smeared along a line of `length` pixels: a hand that moved. */
export function smeared({ width, height, pixels }: Picture, length: number, degrees: number): Picture {
  const steps = Math.max(2, Math.round(length));
  const radians = (degrees * Math.PI) / 180;
  const sums = new Uint32Array(pixels.length);
  for (let step = 0; step < steps; step += 1) {
    const along = step - (steps - 1) / 2;
    const [dx, dy] = [Math.round(along * Math.cos(radians)), Math.round(along * Math.sin(radians))];
    const shift = 3 * (dy * width + dx);
    for (let at = 0; at < pixels.length; at += 1) sums[at] = (sums[at] ?? 0) + (pixels[at + shift] ?? pixels[at] ?? 0);
  }
  return { width, height, pixels: Uint8Array.from(sums, (sum) => sum / steps) };
}

/** The plane map that takes the unit square's corners to these: nine numbers, the last 1. */
function squareTo([a, b, c, d]: Corners): readonly number[] {
  const [dx1, dx2, sx] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, sy] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const whole = dx1 * dy2 - dx2 * dy1;
  const [g, h] = [(sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole];
  return [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y, g, h, 1];
}

function inverse(m: readonly number[]): readonly number[] {
  const at = (i: number) => m[i] ?? 0;
  const minor = (a: number, b: number, c: number, d: number) => at(a) * at(d) - at(b) * at(c);
  return [
    minor(4, 5, 7, 8),
    -minor(1, 2, 7, 8),
    minor(1, 2, 4, 5),
    -minor(3, 5, 6, 8),
    minor(0, 2, 6, 8),
    -minor(0, 2, 3, 5),
    minor(3, 4, 6, 7),
    -minor(0, 1, 6, 7),
    minor(0, 1, 3, 4),
  ];
}

/** Lays the sheet into the scene with its corners there; what lies outside is the scene. */
export function laidInto(scene: Picture, sheet: Picture, corners: Corners): Picture {
  const back = inverse(squareTo(corners));
  const made = scene.pixels.slice();
  const at = (i: number) => back[i] ?? 0;
  for (let y = 0; y < scene.height; y += 1) {
    for (let x = 0; x < scene.width; x += 1) {
      const w = at(6) * x + at(7) * y + at(8);
      const u = ((at(0) * x + at(1) * y + at(2)) / w) * sheet.width - 0.5;
      const v = ((at(3) * x + at(4) * y + at(5)) / w) * sheet.height - 0.5;
      if (u < 0 || v < 0 || u >= sheet.width - 1 || v >= sheet.height - 1) continue;
      sample(sheet, u, v, made, 3 * (y * scene.width + x));
    }
  }
  return { ...scene, pixels: made };
}

function sample({ width, pixels }: Picture, u: number, v: number, into: Uint8Array, to: number): void {
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [right, down] = [u - left, v - top];
  const first = 3 * (top * width + left);
  const below = first + 3 * width;
  for (let channel = 0; channel < 3; channel += 1) {
    const above = (pixels[first + channel] ?? 0) * (1 - right) + (pixels[first + 3 + channel] ?? 0) * right;
    const under = (pixels[below + channel] ?? 0) * (1 - right) + (pixels[below + 3 + channel] ?? 0) * right;
    into[to + channel] = above * (1 - down) + under * down + 0.5;
  }
}
