import { fail, ok, type Result } from "../src/core/kernel.ts";
import { asciiAt, type ImageHeader } from "./headers/cursor.ts";
import { readJpegHeader } from "./headers/jpeg.ts";
import { readPngHeader } from "./headers/png.ts";
import { readTiffPages, type TiffPage } from "./headers/tiff.ts";
import { readWebpHeader } from "./headers/webp.ts";
import { limits } from "./limits.ts";
import type { ReasonCode } from "./reason-codes.ts";
import { type KnownType, typeOfBytes, typeOfDeclared, typeOfFileName } from "./types-by-name.ts";

export type TakenType = "jpeg" | "png" | "tiff" | "webp" | "pdf";

export type Sniffed =
  | { readonly type: "jpeg" | "png" | "webp"; readonly pages: readonly [ImageHeader] }
  | { readonly type: "tiff"; readonly pages: readonly TiffPage[] }
  | { readonly type: "pdf" };

export type UploadNames = { readonly fileName: string | null; readonly declaredType: string | null };

const taken = new Set<KnownType>(["jpeg", "png", "tiff", "webp", "pdf"]);

/**
 * Tells the type by content alone and holds name and declared type against it; reads every size that a header gives and
 * refuses on it. Pure; looks at headers only, so that nothing hostile is decoded before its limits are known.
 */
export function sniff(bytes: Uint8Array, names: UploadNames): Result<Sniffed, ReasonCode> {
  if (bytes.length === 0) return fail("EMPTY_FILE");
  const type = typeOfBytes(bytes);
  const claims = [typeOfFileName(names.fileName), typeOfDeclared(names.declaredType)];
  if (claims.some((claim) => claim !== null && claim !== type)) return fail("TYPE_MISMATCH");
  if (type === null) return fail("UNRECOGNISED_TYPE");
  if (type === "gif" && hasSeveralGifFrames(bytes)) return fail("ANIMATED_IMAGE");
  if (!taken.has(type)) return fail("UNSUPPORTED_TYPE");
  if (type !== "pdf" && findPdfHeader(bytes) !== -1) return fail("POLYGLOT");
  return readHeaders(bytes, type as TakenType);
}

/** Offset of `%PDF-` within the first 1,024 bytes, where readers look for it (ISO 32000-1 Annex H.3 note 13); else -1. */
export function findPdfHeader(bytes: Uint8Array): number {
  return asciiAt(bytes, 0, 1024).indexOf("%PDF-");
}

function readHeaders(bytes: Uint8Array, type: TakenType): Result<Sniffed, ReasonCode> {
  switch (type) {
    case "pdf":
      return startsPlainly(asciiAt(bytes, 0, findPdfHeader(bytes))) ? ok({ type }) : fail("POLYGLOT");
    case "tiff":
      return readTiff(bytes);
    case "jpeg":
      return oneImage(type, readJpegHeader(bytes), false);
    case "png": {
      const header = readPngHeader(bytes);
      return oneImage(type, header, header?.animated ?? false);
    }
    case "webp": {
      const header = readWebpHeader(bytes);
      return oneImage(type, header, header?.animated ?? false);
    }
  }
}

// Comments and white space may stand before a PDF's header; anything else, or markup, makes it something else elsewhere.
function startsPlainly(before: string): boolean {
  const lines = before.replace("\u00ef\u00bb\u00bf", "").split(/[\r\n]+/);
  return !before.includes("<") && lines.every((line) => line.trim() === "" || line.startsWith("%"));
}

function oneImage(
  type: "jpeg" | "png" | "webp",
  header: ImageHeader | null,
  animated: boolean,
): Result<Sniffed, ReasonCode> {
  if (header === null) return fail("CORRUPT_IMAGE");
  if (animated) return fail("ANIMATED_IMAGE");
  const unfit = unfitSize(header);
  return unfit === null ? ok({ type, pages: [header] }) : fail(unfit);
}

function readTiff(bytes: Uint8Array): Result<Sniffed, ReasonCode> {
  const pages = readTiffPages(bytes, 2 * limits.pages);
  if (!pages.ok) return fail(pages.failure.code === "too_many" ? "TOO_MANY_PAGES" : "CORRUPT_IMAGE");
  if (pages.value.length > limits.pages) return fail("TOO_MANY_PAGES");
  const unfit = pages.value.map(unfitSize).find((reason) => reason !== null);
  return unfit === undefined ? ok({ type: "tiff", pages: pages.value }) : fail(unfit);
}

/** Null when a picture of this size can be taken. */
export function unfitSize({ widthPx, heightPx }: ImageHeader): ReasonCode | null {
  if (widthPx === 0 || heightPx === 0) return "CORRUPT_IMAGE";
  if (widthPx * heightPx > limits.imagePixels) return "IMAGE_TOO_LARGE";
  const short = Math.min(widthPx, heightPx);
  const long = Math.max(widthPx, heightPx);
  return short < limits.shortSidePx || long < limits.longSidePx || long / short > limits.aspect
    ? "IMAGE_TOO_SMALL"
    : null;
}

// An image descriptor follows each frame's graphic control extension: two of the latter are two frames.
function hasSeveralGifFrames(bytes: Uint8Array): boolean {
  let found = 0;
  for (let at = bytes.indexOf(0x21); at !== -1 && found < 2; at = bytes.indexOf(0x21, at + 1)) {
    if (bytes[at + 1] === 0xf9 && bytes[at + 2] === 4 && bytes[at + 7] === 0) found += 1;
  }
  return found > 1;
}
