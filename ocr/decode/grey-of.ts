import { pixelsOf } from "./held-page.ts";
import type { Grey } from "./look.ts";
import type { PageSource } from "./source.ts";
import type { Raw } from "./straighten.ts";

/** The page in grey, made smaller to `dpi` where it is finer. */
export async function greyOf(source: PageSource, dpi: number): Promise<Grey> {
  return luminanceOf(await pixelsOf(source, Math.min(1, dpi / source.resolution.dpi), 0));
}

const linearSteps = 4095; // fine enough for the darkest level of eight bits to have one of its own

/** Linear light of each sRGB level, in steps (IEC 61966-2-1 §5.2). */
const linear = Float64Array.from({ length: 256 }, (_, level) => {
  const share = level / 255;
  return linearSteps * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
});

const levelOf = Uint8Array.from({ length: linearSteps + 1 }, (_, step) => {
  const share = step / linearSteps;
  return Math.round(255 * (share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055));
});

const weighted = (weight: number) => linear.map((light) => weight * light);
const [reds, greens, blues] = [weighted(0.2), weighted(0.7), weighted(0.1)];

/** Light is added up where it is linear: a red that is as bright as a grey comes out as that grey. */
function luminanceOf({ width, height, channels, pixels }: Raw): Grey {
  if (channels === 1) return { width, height, pixels };
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += channels) {
    const light = (reds[pixels[at] ?? 0] ?? 0) + (greens[pixels[at + 1] ?? 0] ?? 0) + (blues[pixels[at + 2] ?? 0] ?? 0);
    grey[i] = levelOf[(light + 0.5) | 0] ?? 255;
  }
  return { width, height, pixels: grey };
}
