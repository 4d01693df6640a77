import { type Bytes, concatBytes } from "../../src/core/kernel.ts";
import { isAdobe, isIccPart, isJfif, type JpegSegment, layoutOfJpeg } from "../headers/jpeg.ts";
import { Refusal } from "../reason-codes.ts";

/**
 * The same picture without what travels beside it: EXIF with place and device, comments, thumbnails, second pictures and
 * whatever follows the end. Kept: tables, frame, scans, Adobe marker and colour profile; a JFIF head with the measured
 * density is put first. JFIF 1.02. The coded pixels are not touched.
 */
export function copyJpeg(jpeg: Uint8Array, dpi: number): Bytes {
  const layout = layoutOfJpeg(jpeg);
  if (layout === null || layout.end === null) throw new Refusal("CORRUPT_IMAGE");
  const parts: Uint8Array[] = [Uint8Array.of(0xff, 0xd8), jfifHead(dpi)];
  layout.segments.forEach((segment, i) => {
    if (!isKept(jpeg, segment)) return;
    // After a scan header its coded data runs on to the next segment, or to the end of the picture.
    const scanEnd = layout.segments[i + 1]?.start ?? layout.end ?? segment.end;
    parts.push(jpeg.subarray(segment.start, segment.marker === 0xda ? scanEnd : segment.end));
  });
  const last = layout.segments.at(-1);
  if (last?.marker !== 0xda) parts.push(Uint8Array.of(0xff, 0xd9));
  return concatBytes(...parts);
}

function isKept(jpeg: Uint8Array, segment: JpegSegment): boolean {
  if (isJfif(jpeg, segment)) return false;
  const isApplication = segment.marker >= 0xe0 && segment.marker <= 0xef;
  if (isApplication) return isAdobe(jpeg, segment) || isIccPart(jpeg, segment);
  return segment.marker !== 0xfe;
}

/** With the density in dots an inch, and no thumbnail. JFIF 1.02. */
export function jfifHead(dpi: number): Uint8Array {
  const density = Math.min(Math.max(Math.round(dpi), 1), 65_535);
  const [high, low] = [density >> 8, density & 0xff];
  return Uint8Array.of(0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 1, high, low, high, low, 0, 0);
}
