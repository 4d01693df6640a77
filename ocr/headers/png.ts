import { asciiAt, cursorOf, type ImageHeader } from "./cursor.ts";

/** One chunk's data, PNG (ISO/IEC 15948) §5.3. */
export type PngChunk = { readonly type: string; readonly start: number; readonly end: number };

/** Colour types of PNG §11.2.2, named by their number. */
export const pngColours = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 } as const;

export type PngHeader = ImageHeader & {
  readonly bits: number;
  readonly colourType: number;
  readonly interlaced: boolean;
  readonly animated: boolean;
  readonly chunks: readonly PngChunk[];
  /** zlib streams of profile and text chunks, to be inflated with a limit before any decoder meets them. */
  readonly packed: readonly { readonly start: number; readonly end: number }[];
  /** Just after IEND; null when the file ends before it. */
  readonly end: number | null;
};

const packedChunks = new Set(["iCCP", "zTXt", "iTXt"]);
const mostChunks = 100_000; // 80 million pixels in pieces of 8 KiB are half as many; empty chunks could be millions

/** Walks the chunks up to IEND or the end. PNG (ISO/IEC 15948) §5.3, §11. Null without an IHDR first. */
export function readPngHeader(bytes: Uint8Array): PngHeader | null {
  const view = cursorOf(bytes, "big");
  if (asciiAt(bytes, 12, 4) !== "IHDR") return null;
  const { chunks, end } = chunksOf(bytes);
  const physical = chunks.find(({ type }) => type === "pHYs");
  return {
    widthPx: view.u32(16),
    heightPx: view.u32(20),
    bits: view.u8(24),
    colourType: view.u8(25),
    interlaced: view.u8(28) !== 0,
    dpi: physical === undefined ? null : physicalDpi(bytes, physical.start),
    animated: chunks.some(({ type }) => type === "acTL"),
    chunks,
    packed: chunks.flatMap((chunk) => packedPart(bytes, chunk)),
    end,
  };
}

function chunksOf(bytes: Uint8Array): { chunks: PngChunk[]; end: number | null } {
  const view = cursorOf(bytes, "big");
  const chunks: PngChunk[] = [];
  for (let at = 8; at + 12 <= bytes.length && chunks.length < mostChunks; ) {
    const [start, type] = [at + 8, asciiAt(bytes, at + 4, 4)];
    const end = start + view.u32(at);
    chunks.push({ type, start, end: Math.min(end, bytes.length) });
    if (type === "IEND") return { chunks, end: Math.min(end + 4, bytes.length) };
    at = end + 4;
  }
  return { chunks, end: null };
}

function physicalDpi(bytes: Uint8Array, at: number): ImageHeader["dpi"] {
  const view = cursorOf(bytes, "big");
  if (view.u8(at + 8) !== 1) return null;
  const x = view.u32(at) * 0.0254;
  const y = view.u32(at + 4) * 0.0254;
  return x > 0 && y > 0 ? { x, y } : null;
}

function packedPart(bytes: Uint8Array, { type, start, end }: PngChunk): { start: number; end: number }[] {
  const from = packedChunks.has(type) ? packedStart(bytes, type, start) : null;
  return from === null ? [] : [{ start: from, end }];
}

// keyword NUL, then: iCCP and zTXt one method byte; iTXt a flag, a method, language NUL, translated keyword NUL.
function packedStart(bytes: Uint8Array, type: string, from: number): number | null {
  const nul = bytes.indexOf(0, from);
  if (nul === -1) return null;
  if (type !== "iTXt") return nul + 2;
  if (bytes[nul + 1] !== 1) return null;
  const language = bytes.indexOf(0, nul + 3);
  const keyword = language === -1 ? -1 : bytes.indexOf(0, language + 1);
  return keyword === -1 ? null : keyword + 1;
}
