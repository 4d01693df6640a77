import { type Bytes, fail, type Result } from "../src/core/kernel.ts";
import { decoderStep } from "./child.ts";
import { withDeadline } from "./deadline.ts";
import { decoderOf } from "./decoder.ts";
import { readPngHeader } from "./headers/png.ts";
import { limits } from "./limits.ts";
import type { ReadFailure } from "./pages.ts";
import type { ReadOptions, Workshop } from "./readers.ts";
import type { ReasonCode } from "./reason-codes.ts";

/** Pixels with opacity, four bytes each, row by row from the top. */
export type Picture = { readonly widthPx: number; readonly heightPx: number; readonly rgba: Bytes };

const pngMagic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A signature's or seal's PNG, decoded in a decoder process; what its header says is bounded before. */
export async function readPicture(
  workshop: Workshop,
  bytes: Bytes,
  options: ReadOptions,
): Promise<Result<Picture, ReadFailure>> {
  const reason = unfit(bytes);
  if (reason !== null) return fail({ code: "upload_refused", reason });
  return withDeadline(options, (signal) =>
    workshop.decoders.lend(signal, (child) => decoderOf(child, { ...decoderStep, signal }).picture(bytes)),
  );
}

function unfit(bytes: Bytes): ReasonCode | null {
  if (bytes.length === 0) return "EMPTY_FILE";
  if (!pngMagic.every((octet, i) => bytes[i] === octet)) return "UNSUPPORTED_TYPE";
  const header = bytes.length < 33 ? null : readPngHeader(bytes);
  if (header === null) return "CORRUPT_IMAGE";
  if (header.animated) return "ANIMATED_IMAGE";
  const longest = Math.max(header.widthPx, header.heightPx);
  if (longest > limits.pictureSidePx) return "IMAGE_TOO_LARGE";
  return Math.min(header.widthPx, header.heightPx) < limits.pictureLeastPx ? "IMAGE_TOO_SMALL" : null;
}
