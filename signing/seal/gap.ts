import { type Bytes, concatBytes } from "../../src/core/kernel.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import { latin1 } from "./pdf-writing.ts";
import { appendRevision, type WrittenObject } from "./writer.ts";

/** A file that lacks only what belongs into its newest gap. */
export type GappedPdf = {
  /** Complete but for the hexadecimal digits between gapStart and gapEnd. */
  readonly pdf: Bytes;
  /** Offset of `<`. */
  readonly gapStart: number;
  /** Offset just after `>`. */
  readonly gapEnd: number;
  readonly byteRange: readonly [number, number, number, number];
};

/**
 * Appends a revision whose last object is a signature dictionary with room for its /Contents, ISO 32000-2 Table 255. It
 * comes last, so that whoever signs next goes on from a digest of nearly the whole file: see {@link coveredDigest}.
 *
 * @param signature its entries but /ByteRange and /Contents, as PDF text
 */
export function appendWithGap(
  file: PdfFile,
  others: readonly WrittenObject[],
  signature: { readonly number: number; readonly entries: string; readonly reservedBytes: number },
  trailerChanges: Record<string, string>,
): GappedPdf {
  const head = latin1(`<< ${signature.entries} /ByteRange `);
  const range = latin1(`${rangeText([])} /Contents `);
  const body = concatBytes(head, range, emptyGap(signature.reservedBytes), latin1(" >>"));
  const objects = [...others, { number: signature.number, generation: 0, body }];
  const { pdf, bodyOffsets } = appendRevision(file, objects, trailerChanges);
  const bodyStart = bodyOffsets.at(-1) ?? 0;
  const gapStart = bodyStart + head.length + range.length;
  const gapEnd = gapStart + 2 * signature.reservedBytes + 2;
  const byteRange = [0, gapStart, gapEnd, pdf.length - gapEnd] as const;
  pdf.set(latin1(rangeText(byteRange)), bodyStart + head.length);
  return { pdf, gapStart, gapEnd, byteRange };
}

/** As wide as any file can need, so that the numbers may be written once the length is known. */
const rangeText = (range: readonly number[]) => `[${range.join(" ")}]`.padEnd("[0 ]".length + 3 * 11, " ");

function emptyGap(reservedBytes: number): Bytes {
  const gap = new Uint8Array(2 * reservedBytes + 2).fill(zeroDigit);
  gap[0] = 0x3c;
  gap[gap.length - 1] = 0x3e;
  return gap;
}

const zeroDigit = 0x30;

/**
 * Writes what was made into the gap left for it, as upper-case hex padded with zeros. ISO 32000-2 §12.8.1.
 *
 * @returns false when it does not fit; nothing is written then
 */
export function fillGap(pdf: Bytes, gap: Pick<GappedPdf, "gapStart" | "gapEnd">, content: Bytes): boolean {
  if (content.length > reservedIn(gap)) return false;
  let at = gap.gapStart + 1;
  for (const byte of content) {
    pdf[at++] = digits[byte >> 4] ?? 0;
    pdf[at++] = digits[byte & 15] ?? 0;
  }
  return true;
}

export const reservedIn = ({ gapStart, gapEnd }: Pick<GappedPdf, "gapStart" | "gapEnd">): number =>
  (gapEnd - gapStart - 2) / 2;

const digits = new TextEncoder().encode("0123456789ABCDEF");
