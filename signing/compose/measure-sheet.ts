import { fail, ok, type Result } from "../../src/core/kernel.ts";

/** A place on a sheet, in millimetres from the sheet's upper left corner. */
export type Box = {
  readonly leftMm: number;
  readonly topMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
};

/** Where the scan of one original page stands, and the strip that tells what the copy is. They never overlap. */
export type Sheet = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly original: Box;
  readonly strip: Box;
};

export type Scan = { readonly widthPx: number; readonly heightPx: number; readonly dpi: number };

export const stripHeightMm = 24;
export const a4 = { widthMm: 210, heightMm: 297 } as const;

const mmPerInch = 25.4;
const narrowestStripMm = 148; // what the strip says still reads on the width of A5
const smallestMm = 10;
const largestMm = 1600; // 2A0 and more; ISO 19005-2 §6.1.13 would allow 5080
const roomInsideA4Mm = a4.heightMm - stripHeightMm;
const roundingMm = 1; // A5 across at 200 dpi is 1654 px, 210.06 mm
const shareOfSpareRoomAbove = 0.42; // a little above the middle looks centred

/**
 * Lays one original page out at true size (DESIGN "Sheet").
 *
 * - Fits an upright A4 sheet above the strip (at most 210 x 273 mm: ID card, A5, a receipt): stands on A4, strip inside.
 * - Anything larger (A4 both ways, A3, Letter, an A4 scan trimmed by a few millimetres): the sheet is the original's own
 *   size, grown at the foot by 24 mm. It is not rounded to a paper size: a scan of 2480 px at 300 dpi stays 209.97 mm.
 * - A long narrow slip gets a sheet at least 148 mm wide, so that the strip can be read.
 *
 * @param scan upright pixels and their density; true size is pixels / dpi x 25.4
 * @returns `page_size_out_of_bounds` when a side is not between 10 and 1600 mm, as happens with a wrong dpi
 */
export function measureSheet(
  scan: Scan,
): Result<Sheet, { code: "page_size_out_of_bounds"; widthMm: number; heightMm: number }> {
  const widthMm = (scan.widthPx / scan.dpi) * mmPerInch;
  const heightMm = (scan.heightPx / scan.dpi) * mmPerInch;
  if (!isPlausible(widthMm) || !isPlausible(heightMm)) {
    return fail({ code: "page_size_out_of_bounds", widthMm, heightMm });
  }
  const insideA4 = widthMm <= a4.widthMm + roundingMm && heightMm <= roomInsideA4Mm;
  return ok(insideA4 ? onA4(widthMm, heightMm) : grown(widthMm, heightMm));
}

const isPlausible = (mm: number): boolean => mm >= smallestMm && mm <= largestMm; // false for NaN and Infinity too

function onA4(widthMm: number, heightMm: number): Sheet {
  const sheetWidthMm = Math.max(widthMm, a4.widthMm);
  const topMm = (roomInsideA4Mm - heightMm) * shareOfSpareRoomAbove;
  return {
    widthMm: sheetWidthMm,
    heightMm: a4.heightMm,
    original: { leftMm: (sheetWidthMm - widthMm) / 2, topMm, widthMm, heightMm },
    strip: { leftMm: 0, topMm: roomInsideA4Mm, widthMm: sheetWidthMm, heightMm: stripHeightMm },
  };
}

function grown(widthMm: number, heightMm: number): Sheet {
  const sheetWidthMm = Math.max(widthMm, narrowestStripMm);
  return {
    widthMm: sheetWidthMm,
    heightMm: heightMm + stripHeightMm,
    original: { leftMm: (sheetWidthMm - widthMm) / 2, topMm: 0, widthMm, heightMm },
    strip: { leftMm: 0, topMm: heightMm, widthMm: sheetWidthMm, heightMm: stripHeightMm },
  };
}
