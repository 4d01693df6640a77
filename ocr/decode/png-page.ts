import { crc32, createInflate, deflateSync } from "node:zlib";
import { type Bytes, concatBytes } from "../../src/core/kernel.ts";
import { type PngHeader, pngColours, readPngHeader } from "../headers/png.ts";
import { Refusal } from "../reason-codes.ts";
import type { Grey } from "./look.ts";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

type Parts = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bits: number;
  readonly colourType: number;
  readonly palette: Uint8Array | null;
  readonly idat: Uint8Array;
  readonly dpi: number;
};

/** A PNG of head, density, palette and one run of pixels, and nothing that travels beside a picture. ISO/IEC 15948 §5.6. */
function writePng({ widthPx, heightPx, bits, colourType, palette, idat, dpi }: Parts): Bytes {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  head.set([bits, colourType], 8);
  const density = new Uint8Array(9);
  for (const at of [0, 4]) new DataView(density.buffer).setUint32(at, Math.round(dpi / 0.0254));
  density[8] = 1; // a metre
  const chunks = [chunk("IHDR", head), chunk("pHYs", density), chunk("IDAT", idat), chunk("IEND", new Uint8Array())];
  if (palette !== null) chunks.splice(2, 0, chunk("PLTE", palette));
  return concatBytes(signature, ...chunks);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(Buffer.from(type, "latin1"), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Black and white dots as a PNG of one bit a pixel; white is 1. Whatever is darker than the middle is black. */
export function dotsAsPng({ width, height, pixels }: Grey, dpi: number): Bytes {
  const rowBytes = 1 + Math.ceil(width / 8); // filter 0 before each row: runs of dots are packed best as they are
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = rowBytes * y + 1 + (x >> 3);
      if ((pixels[y * width + x] ?? 0) >= 128) rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  const idat = deflateSync(rows, { level: 9, memLevel: 9 });
  return writePng({ widthPx: width, heightPx: height, bits: 1, colourType: 0, palette: null, idat, dpi });
}

const channelsOf: Readonly<Record<number, number>> = {
  [pngColours.grey]: 1,
  [pngColours.rgb]: 3,
  [pngColours.palette]: 1,
};

/**
 * The same coded pixels without what travels beside them. Transparent colours of a palette become what they show on white paper.
 *
 * @returns null where pixels would have to be coded anew: interlaced, 16 bits, an alpha channel, a transparent colour without palette
 */
export async function copyPng(png: Uint8Array, dpi: number): Promise<Bytes | null> {
  const header = readPngHeader(png);
  if (header === null || header.end === null) throw new Refusal("CORRUPT_IMAGE");
  const { bits, colourType, widthPx, heightPx } = header;
  const channels = channelsOf[colourType];
  const transparency = dataOf(png, header, "tRNS");
  if (header.interlaced || bits > 8 || channels === undefined) return null;
  if (transparency.length > 0 && colourType !== pngColours.palette) return null;
  const palette = colourType === pngColours.palette ? onWhite(dataOf(png, header, "PLTE"), transparency) : null;
  const idat = dataOf(png, header, "IDAT");
  const rowBytes = 1 + Math.ceil((widthPx * channels * bits) / 8);
  if (!(await isExactly(idat, rowBytes * heightPx))) return null;
  return writePng({ widthPx, heightPx, bits, colourType, palette, idat, dpi });
}

function dataOf(png: Uint8Array, { chunks }: PngHeader, type: string): Uint8Array {
  return concatBytes(...chunks.filter((one) => one.type === type).map(({ start, end }) => png.subarray(start, end)));
}

// ISO/IEC 15948 §11.3.2.1: entry i of tRNS is the alpha of entry i of the palette; what has none is opaque.
function onWhite(palette: Uint8Array, transparency: Uint8Array): Uint8Array {
  return palette.map((value, i) => {
    const alpha = (transparency[Math.floor(i / 3)] ?? 255) / 255;
    return Math.round(value * alpha + 255 * (1 - alpha));
  });
}

const pieceBytes = 256 * 1024;

// Behind the pixels a stream can carry what no reader shows: such a one is coded anew. The pixels are counted piece by piece and
// never held: 79 million of them, unpacked whole and joined, would take the bound of memory alone.
async function isExactly(packed: Uint8Array, length: number): Promise<boolean> {
  const opened = createInflate({ chunkSize: pieceBytes });
  opened.end(packed);
  let count = 0;
  try {
    for await (const piece of opened) {
      count += (piece as Uint8Array).length;
      if (count > length) return false;
    }
  } catch {
    return false;
  }
  return count === length && opened.bytesWritten === packed.length;
}
