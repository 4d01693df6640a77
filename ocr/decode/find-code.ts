import jsqr from "jsqr";
import type { Grey } from "./look.ts";
import type { PageSource } from "./source.ts";

const longestText = 1000; // an identity card's code has some two hundred signs
/** A card alone at 300 dpi has three dots a module; a little more is read better, and a coarse one needs twice as many. */
const small = { pixels: 2_500_000, scales: [1.33, 2, 0.8], most: 6_000_000 } as const;
const sheetDpi = 300;
const sheetTiles = { across: 2, down: 3, overlap: 0.25 } as const;

/**
 * The text of a QR code on the page; null where none is read. A small picture is tried in three sizes, a sheet in overlapping
 * parts, so that one question stays within a decoder's step. ISO/IEC 18004.
 */
export async function findCode(source: PageSource): Promise<string | null> {
  const pixels = source.widthPx * source.heightPx;
  if (pixels <= small.pixels) {
    for (const scale of small.scales) {
      const text = pixels * scale ** 2 > small.most ? null : readCode(await sized(source, scale));
      if (text !== null) return text;
    }
    return null;
  }
  const sheet = await sized(source, Math.min(1, sheetDpi / source.resolution.dpi));
  for (const part of partsOf(sheet)) {
    const text = readCode(part);
    if (text !== null) return text;
  }
  return null;
}

async function sized(source: PageSource, scale: number): Promise<Grey> {
  const image = source.draw(scale, 0).greyscale().toColourspace("b-w");
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const pixels = info.channels === 1 ? new Uint8Array(data) : data.filter((_, i) => i % info.channels === 0);
  return { width: info.width, height: info.height, pixels };
}

function readCode({ width, height, pixels }: Grey): string | null {
  const rgba = new Uint8ClampedArray(4 * pixels.length);
  for (let i = 0; i < pixels.length; i += 1) rgba.fill(pixels[i] ?? 0, 4 * i, 4 * i + 3);
  const read = jsqr.default(rgba, width, height, { inversionAttempts: "dontInvert" });
  const text = read?.data.normalize("NFC") ?? "";
  return text === "" || text.length > longestText ? null : text;
}

/** A code is some 12 to 25 mm wide, less than what two parts share. */
function partsOf(sheet: Grey): readonly Grey[] {
  const { across, down, overlap } = sheetTiles;
  const [width, height] = [partLength(sheet.width, across), partLength(sheet.height, down)];
  return Array.from({ length: across * down }, (_, i) => {
    const left = Math.round(((sheet.width - width) * (i % across)) / (across - 1));
    const top = Math.round(((sheet.height - height) * Math.floor(i / across)) / (down - 1));
    return part(sheet, { left, top, width, height });
  });

  function partLength(of: number, count: number): number {
    return Math.min(of, Math.ceil((of / count) * (1 + overlap)));
  }
}

function part(
  { width: stride, pixels }: Grey,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): Grey {
  const cut = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    cut.set(pixels.subarray((top + y) * stride + left, (top + y) * stride + left + width), y * width);
  }
  return { width, height, pixels: cut };
}
