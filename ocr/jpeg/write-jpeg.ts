import { type Bytes, concatBytes } from "../../src/core/kernel.ts";
import { jfifHead } from "../decode/copy-jpeg.ts";
import type { Raw } from "../decode/straighten.ts";
import { writeBits } from "./bits.ts";
import { codesFor } from "./codes.ts";
import { Blocks, type Levels } from "./coefficients.ts";
import { chooseMeans } from "./means.ts";
import { planesOf } from "./planes.ts";
import { quickBlocks } from "./quick-blocks.ts";
import type { Thrift } from "./thrift.ts";
import { type Band, levelTokens, meanTokens, type Tokens } from "./tokens.ts";

/** How a picture is coded. */
export type Coding = {
  readonly luma: Thrift;
  readonly chroma: Thrift;
  /** Colours at half the width and height. */
  readonly halved: boolean;
  readonly dpi: number;
};

/** Strokes' outlines and their fine edges have codes of their own: together a seventieth less than in one scan. */
const bands: readonly Band[] = [
  [1, 9],
  [10, 63],
];

/**
 * A progressive JPEG of a picture in sRGB or grey, made for sheets of paper: as JFIF 1.02 and ITU-T T.81 Annex G have it, each component
 * in scans of its own, so that what is empty costs nearly nothing. The same pixels give the same bytes on every machine.
 *
 * @param raw at most 65,535 pixels a side; of four channels the last is left out
 */
export function writeJpeg(raw: Raw, coding: Coding): Bytes {
  const { luma, chroma, halved, dpi } = coding;
  const components = quickBlocks(raw, coding) ?? plainBlocks(raw, coding);
  const across = (i: number) => Math.ceil(raw.width / (halved && i > 0 ? 16 : 8));
  const scans = components.map((blocks, i) =>
    scanOf(i, [0, 0], meanTokens(settled(blocks, across(i), i === 0 ? luma : chroma))),
  );
  for (const band of bands) scans.push(...components.map((blocks, i) => scanOf(i, band, levelTokens(blocks, band))));
  return concatBytes(
    Uint8Array.of(0xff, 0xd8),
    jfifHead(dpi),
    quantisation(0, luma),
    ...(components.length > 1 ? [quantisation(1, chroma)] : []),
    frame(raw, components, halved),
    ...scans.flat(),
    Uint8Array.of(0xff, 0xd9),
  );
}

/** The components' blocks strip by strip: what the quick loops must give too. */
export function plainBlocks(raw: Raw, { luma, chroma, halved }: Coding): readonly Levels[] {
  const thrifts = raw.channels < 3 ? [luma] : [luma, chroma, chroma];
  const components = thrifts.map((thrift, i) => new Blocks(thrift, blocksOf(raw, halved && i > 0 ? 16 : 8)));
  for (const strip of planesOf(raw, halved)) for (const [i, plane] of strip.entries()) components[i]?.add(plane);
  return components;
}

function settled({ means, at }: Levels, across: number, { steps, perMeanBit }: Thrift): Int32Array {
  return chooseMeans(means, perMeanBit / (steps[0] ?? 1) ** 2, drawnOrBeside(at, across));
}

function drawnOrBeside(at: Int32Array, across: number): Uint8Array {
  const drawn = new Uint8Array(at.length); // what would lie beyond it is not kept
  for (let block = 0; block < at.length; block += 1) {
    if ((at[block] ?? -1) < 0) continue;
    drawn[block] = 1;
    if (block > 0) drawn[block - 1] = 1;
    drawn[block + 1] = 1;
    if (block >= across) drawn[block - across] = 1;
    drawn[block + across] = 1;
  }
  return drawn;
}

/** @param side of a block in pixels of the picture */
const blocksOf = ({ width, height }: Raw, side: number): number => Math.ceil(width / side) * Math.ceil(height / side);

/** T.81 §B.1.1.4 */
const segment = (marker: number, ...bytes: readonly number[]): Uint8Array =>
  Uint8Array.of(0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255, ...bytes);

const word = (value: number): readonly [number, number] => [(value >> 8) & 255, value & 255];

const quantisation = (table: number, { steps }: Thrift): Uint8Array => segment(0xdb, table, ...steps);

function frame({ width, height }: Raw, components: readonly Levels[], halved: boolean): Uint8Array {
  const samplings = components.map((_, i) => [
    i + 1,
    i === 0 && halved && components.length > 1 ? 0x22 : 0x11,
    i === 0 ? 0 : 1,
  ]);
  return segment(0xc2, 8, ...word(height), ...word(width), components.length, ...samplings.flat());
}

/** A scan of one component with the table of codes before it. T.81 §B.2.3, §B.2.4.2. */
function scanOf(component: number, [from, to]: Band, tokens: Tokens): Uint8Array[] {
  const codes = codesFor(tokens.list);
  const table = segment(0xc4, to === 0 ? 0 : 0x10, ...codes.told);
  return [table, segment(0xda, 1, component + 1, 0, from, to, 0), writeBits(tokens, codes)];
}
