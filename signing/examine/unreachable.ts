import type { Bytes } from "../../src/core/kernel.ts";
import { lastIndexOfText } from "../format/pdf/lexer.ts";

const mostPlaces = 64;
const longestRange = 120;
const opens = 0x3c;
const closes = 0x3e;

/**
 * Whether the file holds a signed range, gap and all, although no form leads to a signature: one byte of the catalog's
 * /AcroForm is enough to hide every signature behind it. Such a file was signed and is broken; it is not unsigned.
 * ISO 32000-2 §12.8.1.
 */
export function hasUnreachableSignature(pdf: Bytes): boolean {
  let end = pdf.length;
  for (let i = 0; i < mostPlaces; i++) {
    const at = lastIndexOfText(pdf, "/ByteRange", end);
    if (at < 0) return false;
    if (isSignedRange(pdf, at + 10)) return true;
    end = at;
  }
  return false;
}

function isSignedRange(pdf: Bytes, at: number): boolean {
  const text = new TextDecoder("latin1").decode(pdf.subarray(at, at + longestRange));
  const found = /^\s*\[\s*0\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]/.exec(text);
  if (found === null) return false;
  const [gapStart = 0, gapEnd = 0, rest = 0] = found.slice(1).map(Number);
  const isGap = pdf[gapStart] === opens && pdf[gapEnd - 1] === closes && gapEnd > gapStart;
  // A gap that was prepared and never filled is no signature; a CMS is a SEQUENCE.
  const isFilled = pdf[gapStart + 1] === 0x33 && pdf[gapStart + 2] === 0x30;
  return isGap && isFilled && gapEnd + rest <= pdf.length;
}
