import { quickLoops } from "../quick/loops.ts";
import { histogramOf, percentile } from "./histogram.ts";
import type { Grey } from "./look.ts";

export type HalfTones = {
  /** 1 where the tone lies between print and paper and hardly changes to the right and below: a seal's ink in grey. */
  readonly mask: Uint8Array;
  readonly dark: number;
  readonly paper: number;
};

const unlike = 18;

export function evenHalfTones(grey: Grey): HalfTones {
  const { pixels } = grey;
  const counts = histogramOf(pixels, 16);
  const sampled = Math.ceil(pixels.length / 16);
  const dark = percentile(counts, Math.floor(sampled * 0.01) + 1);
  const paper = percentile(counts, Math.floor(sampled * 0.7) + 1);
  const [least, most] = [dark + 0.2 * (paper - dark), dark + 0.75 * (paper - dark)];
  return { mask: quickMask(grey, least, most) ?? plainMask(grey, least, most), dark, paper };
}

function quickMask({ width, pixels }: Grey, least: number, most: number): Uint8Array | null {
  const [lowest, highest] = [Math.floor(least) + 1, Math.ceil(most) - 1];
  const loops = quickLoops(2 * pixels.length + width);
  if (loops === null || highest < lowest) return null;
  const [from = 0, to = 0] = loops.room(pixels.length + width, pixels.length);
  loops.bytes(from, pixels.length).set(pixels);
  loops.bytes(from + pixels.length, width + beyond).fill(0);
  loops.evenTones(from, to, width, pixels.length, lowest, highest, unlike);
  return loops.bytes(to, pixels.length).slice();
}

const beyond = 32; // as far as the loop reads

export function plainMask({ width, pixels }: Grey, least: number, most: number): Uint8Array {
  const isHalfTone = between(least, most);
  const mask = new Uint8Array(pixels.length);
  for (let i = 0; i < mask.length; i += 1) {
    const here = pixels[i] ?? 0;
    if (isHalfTone[here] !== 1) continue;
    const right = pixels[i + 1] ?? 0;
    const below = pixels[i + width] ?? 0;
    if (isHalfTone[right] !== 1 || isHalfTone[below] !== 1) continue;
    if (Math.abs(here - right) < unlike && Math.abs(here - below) < unlike) mask[i] = 1;
  }
  return mask;
}

/** 1 at the levels between the two. */
const between = (least: number, most: number): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, level) => (level > least && level < most ? 1 : 0));
