import type { Grey } from "./look.ts";
import { type Box, roundShapes } from "./round-shapes.ts";

/** Eight bits a channel, three channels; the same size as the grey picture. */
type Colours = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

const fadedBelow = 34; // red of a seal's ink over its green and blue; a fresh seal has 90 and more

/**
 * A seal without its red: a round shape of even half-tones that is grey or nearly so. Evidence that a coloured paper was
 * scanned grey or faded, or that the paper is a photocopy. Null where there is none.
 *
 * @param colours null where the page has no colours at all
 */
export function findGreySeal(grey: Grey, dpi: number, colours: Colours | null): Box | null {
  const isHalfTone = halfTones(grey);
  const { width, pixels } = grey;
  const isEven = (i: number) => {
    const [here, right, below] = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + width] ?? 0];
    if (!isHalfTone(here) || !isHalfTone(right) || !isHalfTone(below)) return false;
    return Math.abs(here - right) < 18 && Math.abs(here - below) < 18;
  };
  const seals = roundShapes(grey, dpi, isEven);
  return seals.find((seal) => colours === null || rednessIn(colours, seal, grey, isEven) < fadedBelow) ?? null;
}

function halfTones({ pixels }: Grey): (level: number) => boolean {
  const levels = pixels.filter((_, i) => i % 16 === 0).toSorted();
  const dark = levels[Math.floor(levels.length * 0.01)] ?? 0;
  const paper = levels[Math.floor(levels.length * 0.7)] ?? 255;
  const [least, most] = [dark + 0.2 * (paper - dark), dark + 0.75 * (paper - dark)];
  return (level) => level > least && level < most;
}

/** Median over the seal's ink of how far red stands above the other two. */
function rednessIn(colours: Colours, box: Box, grey: Grey, isInk: (i: number) => boolean): number {
  const found: number[] = [];
  for (let y = box.y; y < Math.min(grey.height, box.y + box.height); y += 1) {
    for (let x = box.x; x < Math.min(grey.width, box.x + box.width); x += 1) {
      if (!isInk(y * grey.width + x)) continue;
      const at = 3 * (y * colours.width + x);
      const [red, green, blue] = [colours.pixels[at] ?? 0, colours.pixels[at + 1] ?? 0, colours.pixels[at + 2] ?? 0];
      found.push(red - Math.max(green, blue));
    }
  }
  return found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)] ?? 255;
}
