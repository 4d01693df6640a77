import { quickLoops } from "../quick/loops.ts";
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
function luminanceOf(raw: Raw): Grey {
  const { width, height, channels, pixels } = raw;
  return channels === 1 ? { width, height, pixels } : (quickLuminance(raw) ?? plainLuminance(raw));
}

const tables = new Uint8Array(
  [reds, greens, blues].flatMap(({ buffer }) => [...new Uint8Array(buffer)]).concat([...levelOf]),
);

export function quickLuminance({ width, height, channels, pixels }: Raw): Grey | null {
  const dots = width * height;
  const loops = quickLoops((channels + 1) * dots + tables.length);
  if (loops === null) return null;
  const [rgb = 0, grey = 0, table = 0] = loops.room(channels * dots, dots, tables.length);
  loops.bytes(rgb, channels * dots).set(pixels.subarray(0, channels * dots));
  loops.bytes(table, tables.length).set(tables);
  loops.luminance(rgb, channels, grey, dots, table);
  return { width, height, pixels: loops.bytes(grey, dots).slice() };
}

export function plainLuminance({ width, height, channels, pixels }: Raw): Grey {
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += channels) {
    const light = (reds[pixels[at] ?? 0] ?? 0) + (greens[pixels[at + 1] ?? 0] ?? 0) + (blues[pixels[at + 2] ?? 0] ?? 0);
    grey[i] = levelOf[(light + 0.5) | 0] ?? 255;
  }
  return { width, height, pixels: grey };
}
