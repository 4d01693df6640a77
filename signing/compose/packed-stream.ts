import { constants, deflateRawSync, deflateSync } from "node:zlib";
import type { PDFContext, PDFRawStream, PDFRef } from "pdf-lib";
import { type Bytes, concatBytes, utf8 } from "../../src/core/kernel.ts";

const tightest = { level: 9, memLevel: 9 };

/** As tight for short texts of many likenesses, as drawn codes are, in a quarter of the time. */
const quick = { level: 6, memLevel: 9 };

/** A stream packed as tightly as zlib does. ISO 32000-1 §7.4.4. */
export const packedStream = (context: PDFContext, content: Uint8Array | string, entries: Entries = {}): PDFRef =>
  context.register(context.stream(deflateSync(content, tightest), { ...entries, Filter: "FlateDecode" }));

/** The same without a place in the file, for what every further copy writes anew. */
export const packedOwn = (context: PDFContext, content: string, entries: Entries = {}): PDFRawStream =>
  context.stream(deflateSync(content, quick), { ...entries, Filter: "FlateDecode" });

type Entries = Parameters<PDFContext["stream"]>[1];

/** A text that many streams begin with, packed once for all of them. */
export type PackedBeginning = { readonly packed: Bytes; readonly checksum: Checksum };

export function packBeginning(text: string): PackedBeginning {
  const bytes = utf8(text);
  const packed = deflateRawSync(bytes, { ...tightest, finishFlush: constants.Z_SYNC_FLUSH }) as Bytes;
  return { packed, checksum: adler32([1, 0], bytes) };
}

/** One stream of the beginning and the rest: blocks of RFC 1951 stand behind each other, the checksum of RFC 1950 is over both. */
export function packedAfter(context: PDFContext, { packed, checksum }: PackedBeginning, rest: string): PDFRawStream {
  const bytes = utf8(rest);
  const [a, b] = adler32(checksum, bytes);
  const sum = Uint8Array.of(b >> 8, b & 255, a >> 8, a & 255);
  const stream = concatBytes(zlibHeader, packed, deflateRawSync(bytes, quick) as Bytes, sum);
  return context.stream(stream, { Filter: "FlateDecode" });
}

const zlibHeader = Uint8Array.of(0x78, 0xda); // RFC 1950 §2.2: deflate, 32 KiB window, slowest algorithm

type Checksum = readonly [a: number, b: number];

/** RFC 1950 §8.2. */
function adler32([before, above]: Checksum, bytes: Uint8Array): Checksum {
  let [a, b] = [before, above];
  for (let i = 0; i < bytes.length; i++) {
    a = (a + (bytes[i] ?? 0)) % 65521;
    b = (b + a) % 65521;
  }
  return [a, b];
}
