import { evenHalfTones } from "./even-half-tones.ts";
import type { Grey } from "./look.ts";
import { type Box, roundShapes } from "./round-shapes.ts";
import type { Raw } from "./straighten.ts";

const fadedBelow = 34; // red of a seal's ink over its green and blue; a fresh seal has 90 and more

/**
 * A seal without its red: a round shape of even half-tones that is grey or nearly so. Evidence that a coloured paper was
 * scanned grey or faded, or that the paper is a photocopy. Null where there is none.
 *
 * @param colours eight bits a channel, the same size as the grey picture, asked for only where there is such a shape; null where
 * the page has no colours at all
 */
export async function findGreySeal(grey: Grey, dpi: number, colours: () => Promise<Raw | null>): Promise<Box | null> {
  const { mask } = evenHalfTones(grey);
  const seals = roundShapes(grey, dpi, mask);
  if (seals.length === 0) return null;
  const seen = await colours();
  return seals.find((seal) => seen === null || rednessIn(seen, seal, grey, mask) < fadedBelow) ?? null;
}

/** Median over the seal's ink of how far red stands above the other two. */
function rednessIn(colours: Raw, box: Box, grey: Grey, mask: Uint8Array): number {
  const found: number[] = [];
  for (let y = box.y; y < Math.min(grey.height, box.y + box.height); y += 1) {
    for (let x = box.x; x < Math.min(grey.width, box.x + box.width); x += 1) {
      if (mask[y * grey.width + x] !== 1) continue;
      const at = 3 * (y * colours.width + x);
      const red = colours.pixels[at] ?? 0;
      const green = colours.pixels[at + 1] ?? 0;
      const blue = colours.pixels[at + 2] ?? 0;
      found.push(red - Math.max(green, blue));
    }
  }
  return found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)] ?? 255;
}
