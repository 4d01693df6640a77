import { encode } from "uqr";
import { fail, ok, type Result, utf8 } from "../../src/core/kernel.ts";
import { type Canvas, num, rectangleOf } from "./canvas.ts";
import type { Box } from "./measure-sheet.ts";
import { underBestMask } from "./qr-mask.ts";

/** Dark modules of a QR code, row by row, without its quiet zone. ISO/IEC 18004:2015. */
export type QrCode = { readonly size: number; readonly isDark: readonly (readonly boolean[])[] };

export const quietModules = 4; // ISO/IEC 18004 §6.3.8

/** Most bytes of byte mode at level M, ISO/IEC 18004 table 7. */
const capacityOfVersion = { 5: 84, 14: 362 } as const;
export type LargestVersion = keyof typeof capacityOfVersion;

/**
 * Level M at least; more where the same size allows it.
 *
 * @param largestVersion what still prints with modules of 0.5 mm in the room it has
 */
export function makeQrCode(
  text: string,
  largestVersion: LargestVersion,
): Result<QrCode, { code: "code_too_long"; bytes: number; mostBytes: number }> {
  const bytes = utf8(text);
  const mostBytes = capacityOfVersion[largestVersion];
  if (bytes.length > mostBytes) return fail({ code: "code_too_long", bytes: bytes.length, mostBytes });
  const options = { ecc: "M", boostEcc: true, border: 0, maxVersion: largestVersion, maskPattern: 0 } as const;
  const code = encode(text, options);
  return ok({ size: code.size, isDark: underBestMask(code) });
}

/** Side of the code with its quiet zone, in modules. */
export const modulesAcross = (code: QrCode): number => code.size + 2 * quietModules;

/** The dark modules as one filled path, so that no renderer leaves seams between them; one unit a module, from the lower left. */
export function qrPath(code: QrCode): string {
  const runs = code.isDark.flatMap((row, i) =>
    darkRuns(row).map(([from, to]) => `${from} ${code.size - 1 - i} ${to - from} 1 re`),
  );
  return `0 0 0 rg\n${runs.join("\n")}\nf`;
}

/** Stands for a code in the resources of a page: drawn once, used on every page. */
export const qrResource = "Code";

/**
 * Places the code that the page's resources hold under `qrResource`.
 *
 * @param box with the quiet zone
 */
export function drawQrCode(canvas: Canvas, code: QrCode, box: Box): void {
  canvas.operators(`q ${placeOf(canvas, code, box)} cm /${qrResource} Do Q`);
}

/**
 * Draws the code into the page itself, where it stands only once.
 *
 * @param box with the quiet zone
 */
export function drawQrHere(canvas: Canvas, code: QrCode, box: Box): void {
  canvas.operators(`q ${placeOf(canvas, code, box)} cm\n${qrPath(code)} Q`);
}

/** The matrix that brings one unit a module to the dark modules' place. */
function placeOf(canvas: Canvas, code: QrCode, box: Box): string {
  const moduleMm = box.widthMm / modulesAcross(code);
  const dark = {
    leftMm: box.leftMm + quietModules * moduleMm,
    topMm: box.topMm + quietModules * moduleMm,
    widthMm: moduleMm,
    heightMm: code.size * moduleMm,
  };
  const [x, y, scale] = rectangleOf(dark, canvas.heightMm).map((value) => num(value));
  return `${scale} 0 0 ${scale} ${x} ${y}`;
}

function darkRuns(row: readonly boolean[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  let from = -1;
  for (let i = 0; i <= row.length; i++) {
    const dark = row[i] === true;
    if (dark && from < 0) from = i;
    if (!dark && from >= 0) {
      runs.push([from, i]);
      from = -1;
    }
  }
  return runs;
}
