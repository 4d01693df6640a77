import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";

export type JpegFacts = { readonly widthPx: number; readonly heightPx: number; readonly components: 1 | 3 };

export type JpegFailure =
  | { readonly code: "page_not_jpeg" }
  | {
      readonly code: "page_jpeg_unsupported";
      readonly reason: "process" | "bit_depth" | "colour_components" | "turned_by_exif";
    };

const startOfImage = 0xffd8;
const startOfScan = 0xda;
const exifSegment = 0xe1;
const allFrames = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const framesOfPdf = new Set([0xc0, 0xc1, 0xc2]); // baseline, extended, progressive with Huffman codes: ISO 32000-1 §7.4.8

/**
 * Reads the header of a JPEG that is to stand in a PDF/A as it is (DCTDecode). ITU-T T.81 Annex B.
 *
 * CMYK is refused because the output intent is sRGB (ISO 19005-2 §6.2.4.3). An EXIF orientation is refused because browsers
 * obey it and PDF viewers do not: the official would have confirmed another picture than the one that is certified.
 */
export function readJpeg(bytes: Bytes): Result<JpegFacts, JpegFailure> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== startOfImage) return fail({ code: "page_not_jpeg" });
  const segments = [...segmentsOf(view)];
  // Browsers obey it wherever it stands before the scan, behind the frame too.
  if (segments.some((segment) => segment.marker === exifSegment && isTurned(view, segment)))
    return unsupported("turned_by_exif");
  const [frame, ...others] = segments.filter(({ marker }) => allFrames.has(marker));
  return frame === undefined || others.length > 0 ? fail({ code: "page_not_jpeg" }) : readFrame(view, frame);
}

type Segment = { readonly marker: number; readonly start: number; readonly end: number };

function* segmentsOf(view: DataView): Generator<Segment> {
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill bytes, T.81 §B.1.1.2
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === startOfScan || end > view.byteLength) return;
    yield { marker, start: at + 4, end };
    at = end;
  }
}

function readFrame(view: DataView, { marker, start, end }: Segment): Result<JpegFacts, JpegFailure> {
  if (!framesOfPdf.has(marker)) return unsupported("process");
  if (end - start < 6) return fail({ code: "page_not_jpeg" });
  if (view.getUint8(start) !== 8) return unsupported("bit_depth");
  const components = view.getUint8(start + 5);
  if (components !== 1 && components !== 3) return unsupported("colour_components");
  return ok({ heightPx: view.getUint16(start + 1), widthPx: view.getUint16(start + 3), components });
}

const unsupported = (reason: Extract<JpegFailure, { reason: unknown }>["reason"]) =>
  fail({ code: "page_jpeg_unsupported" as const, reason });

const exifName = 0x45786966;
const orientationTag = 0x0112;

/** Whether the first image directory of the Exif block (Exif 2.32 §4.6.4) names an orientation other than upright. */
function isTurned(view: DataView, { start, end }: Segment): boolean {
  if (end - start < 14 || view.getUint32(start) !== exifName) return false;
  const tiff = start + 6;
  const littleEndian = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, littleEndian);
  if (directory + 2 > end) return false;
  const entries = view.getUint16(directory, littleEndian);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > end) return false;
    if (view.getUint16(entry, littleEndian) === orientationTag) return view.getUint16(entry + 8, littleEndian) !== 1;
  }
  return false;
}
