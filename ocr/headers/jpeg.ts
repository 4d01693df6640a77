import { asciiAt, cursorOf, type ImageHeader } from "./cursor.ts";

/** One marker segment, ISO/IEC 10918-1 Annex B. `start` is the 0xFF, `end` just after the segment (scan data not counted). */
export type JpegSegment = { readonly marker: number; readonly start: number; readonly end: number };

export type JpegLayout = {
  readonly segments: readonly JpegSegment[];
  /** Just after EOI; null when the file ends before it. */
  readonly end: number | null;
};

const standalone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Walks all markers, entropy-coded data included. Linear; returns null when the bytes are not a run of segments. */
export function layoutOfJpeg(bytes: Uint8Array): JpegLayout | null {
  const segments: JpegSegment[] = [];
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return { segments, end: at + 2 };
    const next = afterMarker(bytes, segments, marker, at);
    if (next === null) return null;
    at = next;
  }
  return { segments, end: null };
}

function afterMarker(bytes: Uint8Array, segments: JpegSegment[], marker: number, at: number): number | null {
  if (marker === 0xff) return at + 1; // fill byte
  return standalone(marker) ? at + 2 : keepSegment(bytes, segments, marker, at);
}

function keepSegment(bytes: Uint8Array, segments: JpegSegment[], marker: number, start: number): number | null {
  const end = start + 2 + cursorOf(bytes, "big").u16(start + 2);
  if (end < start + 4 || end > bytes.length) return null;
  segments.push({ marker, start, end });
  return marker === 0xda ? endOfScan(bytes, end) : end;
}

// In entropy-coded data 0xFF is followed by 0x00 or a restart marker; anything else ends the scan.
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}

export const isFrameMarker = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

export type JpegHeader = ImageHeader & {
  readonly frame: number;
  readonly bits: number;
  readonly componentIds: readonly number[];
  readonly hasJfif: boolean;
  /** Colour transform of the Adobe APP14 segment; null without one. */
  readonly adobeTransform: number | null;
  readonly scans: number;
  readonly layout: JpegLayout;
};

/** Null when there is no readable frame header. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | null {
  const layout = layoutOfJpeg(bytes);
  const frame = layout?.segments.find((segment) => isFrameMarker(segment.marker));
  if (layout === null || frame === undefined) return null;
  const view = cursorOf(bytes, "big");
  const count = Math.min(view.u8(frame.start + 9), 4);
  return {
    widthPx: view.u16(frame.start + 7),
    heightPx: view.u16(frame.start + 5),
    bits: view.u8(frame.start + 4),
    frame: frame.marker,
    componentIds: Array.from({ length: count }, (_, i) => view.u8(frame.start + 10 + 3 * i)),
    dpi: jfifDpi(bytes, layout.segments),
    hasJfif: layout.segments.some((segment) => isJfif(bytes, segment)),
    adobeTransform: adobeTransformOf(bytes, layout.segments),
    scans: layout.segments.filter((segment) => segment.marker === 0xda).length,
    layout,
  };
}

export const isJfif = (bytes: Uint8Array, segment: JpegSegment): boolean =>
  segment.marker === 0xe0 && asciiAt(bytes, segment.start + 4, 5) === "JFIF\0";

export const isAdobe = (bytes: Uint8Array, segment: JpegSegment): boolean =>
  segment.marker === 0xee && asciiAt(bytes, segment.start + 4, 5) === "Adobe" && segment.end - segment.start >= 16;

export const isIccPart = (bytes: Uint8Array, segment: JpegSegment): boolean =>
  segment.marker === 0xe2 && asciiAt(bytes, segment.start + 4, 12) === "ICC_PROFILE\0";

// JFIF 1.02: units 1 = dots per inch, 2 = dots per cm, 0 = only an aspect ratio.
function jfifDpi(bytes: Uint8Array, segments: readonly JpegSegment[]): ImageHeader["dpi"] {
  const jfif = segments.find((segment) => isJfif(bytes, segment));
  if (jfif === undefined) return null;
  const view = cursorOf(bytes, "big");
  const units = view.u8(jfif.start + 11);
  const factor = units === 1 ? 1 : units === 2 ? 2.54 : 0;
  const x = view.u16(jfif.start + 12) * factor;
  const y = view.u16(jfif.start + 14) * factor;
  return x > 0 && y > 0 ? { x, y } : null;
}

function adobeTransformOf(bytes: Uint8Array, segments: readonly JpegSegment[]): number | null {
  const adobe = segments.find((segment) => isAdobe(bytes, segment));
  return adobe === undefined ? null : (bytes[adobe.start + 15] ?? null);
}
