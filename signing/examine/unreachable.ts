import type { Bytes } from "../../src/core/kernel.ts";
import { lastIndexOfText } from "../format/pdf/lexer.ts";

const mostPlaces = 64;
const longestRange = 120;
const opens = 0x3c;
const closes = 0x3e;

/**
 * Whether the bytes hold a signed range, gap and all, although no structure leads to a signature: one byte of the
 * cross-references, or of the catalog's /AcroForm, is enough to hide every signature behind it. Such a file was signed and
 * is broken; it is not unsigned. ISO 32000-2 §12.8.1; FORMAT_FAILURE of EN 319 102-1 §5.2.2.
 *
 * @param except where gaps of no account begin: usage rights, §12.8.2.3, sign for no person
 */
export function hasUnreachableSignature(pdf: Bytes, except: readonly number[] = []): boolean {
  let end = pdf.length;
  for (let i = 0; i < mostPlaces; i++) {
    const at = lastIndexOfText(pdf, "/ByteRange", end);
    if (at < 0) return false;
    const gapStart = signedGapAt(pdf, at + 10);
    if (gapStart !== null && !except.includes(gapStart)) return true;
    end = at;
  }
  return false;
}

/** The signed range may end behind the file, and the gap too: what was cut off was signed all the same. */
function signedGapAt(pdf: Bytes, at: number): number | null {
  const text = new TextDecoder("latin1").decode(pdf.subarray(at, at + longestRange));
  const found = /^\s*\[\s*0\s+(\d{1,12})\s+(\d{1,12})\s+\d{1,12}\s*\]/.exec(text);
  if (found === null) return null;
  const [gapStart = 0, gapEnd = 0] = found.slice(1).map(Number);
  const isClosed = gapEnd > pdf.length || pdf[gapEnd - 1] === closes;
  const isGap = pdf[gapStart] === opens && isClosed && gapEnd > gapStart;
  // A gap that was prepared and never filled is no signature; a CMS is a SEQUENCE.
  const isFilled = pdf[gapStart + 1] === 0x33 && pdf[gapStart + 2] === 0x30;
  return isGap && isFilled ? gapStart : null;
}
