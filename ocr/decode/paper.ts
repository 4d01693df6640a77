import type { ImageHeader } from "../headers/cursor.ts";
import { type Corners, sheetSize } from "./plane.ts";

export type Resolution = { readonly dpi: number; readonly source: "metadata" | "inferred" };

const a4Inches = { short: 210 / 25.4, long: 297 / 25.4 };
const a0LongInches = 1189 / 25.4;
const a3LongInches = 420 / 25.4;

/**
 * Dots per inch of the paper, after pixels were made square. What the file says is believed while it makes a paper of
 * possible size: phones write 72 whatever they see. Else the picture is taken for a page of A4 (an A series page of any
 * size has that shape), and the answer says so.
 */
export function measureDpi(widthPx: number, heightPx: number, said: ImageHeader["dpi"]): Resolution {
  const long = Math.max(widthPx, heightPx);
  const short = Math.min(widthPx, heightPx);
  const dpi = said === null ? 0 : Math.max(said.x, said.y);
  if (dpi >= 50 && dpi <= 1200 && isPossible(long / dpi, dpi)) return { dpi: round(dpi), source: "metadata" };
  return { dpi: round(Math.max(long / a4Inches.long, short / a4Inches.short)), source: "inferred" };
}

// Low figures are what cameras and screens write by default: they are believed up to A3 only.
function isPossible(longInches: number, dpi: number): boolean {
  return longInches >= 1.5 && longInches <= (dpi < 150 ? a3LongInches : a0LongInches) * 1.05;
}

const cardInches = { long: 85.6 / 25.4, from: 1.5, to: 1.75 }; // ISO/IEC 7810 ID-1: 1.586 times as long as wide

/** Where a sheet was found in the picture, its size in dots tells: a card by its shape, else A4 as without it. */
export function sheetDpi(
  corners: Corners | null | undefined,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  otherwise: Resolution,
): Resolution {
  if (corners === null || corners === undefined) return otherwise;
  const inPixels = corners.map(({ x, y }) => ({ x: x * widthPx, y: y * heightPx })) as unknown as Corners;
  const { width, height } = sheetSize(inPixels);
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const isCard = long / short >= cardInches.from && long / short <= cardInches.to;
  const dpi = isCard ? long / cardInches.long : Math.max(long / a4Inches.long, short / a4Inches.short);
  return { dpi: round(dpi), source: "inferred" };
}

const round = (dpi: number) => Math.round(dpi * 10) / 10;
