import { histogramOf, percentile } from "./histogram.ts";
import type { Grey } from "./look.ts";

export type HalfTones = {
  /** 1 where the tone lies between print and paper and hardly changes to the right and below: a seal's ink in grey. */
  readonly mask: Uint8Array;
  readonly dark: number;
  readonly paper: number;
};

const unlike = 18;

export function evenHalfTones({ width, pixels }: Grey): HalfTones {
  const counts = histogramOf(pixels, 16);
  const sampled = Math.ceil(pixels.length / 16);
  const dark = percentile(counts, Math.floor(sampled * 0.01) + 1);
  const paper = percentile(counts, Math.floor(sampled * 0.7) + 1);
  const isHalfTone = between(dark + 0.2 * (paper - dark), dark + 0.75 * (paper - dark));
  const mask = new Uint8Array(pixels.length);
  for (let i = 0; i < mask.length; i += 1) {
    const here = pixels[i] ?? 0;
    if (isHalfTone[here] !== 1) continue;
    const right = pixels[i + 1] ?? 0;
    const below = pixels[i + width] ?? 0;
    if (isHalfTone[right] !== 1 || isHalfTone[below] !== 1) continue;
    if (Math.abs(here - right) < unlike && Math.abs(here - below) < unlike) mask[i] = 1;
  }
  return { mask, dark, paper };
}

/** 1 at the levels between the two. */
const between = (least: number, most: number): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, level) => (level > least && level < most ? 1 : 0));
