import { asciiAt, cursorOf, type ImageHeader } from "./cursor.ts";

export type PngHeader = ImageHeader & {
  readonly animated: boolean;
  /** zlib streams of profile and text chunks, to be inflated with a limit before any decoder meets them. */
  readonly packed: readonly { readonly start: number; readonly end: number }[];
};

const packedChunks = new Set(["iCCP", "zTXt", "iTXt"]);

/** Walks the chunks up to IEND or the end. PNG (ISO/IEC 15948) §5.3, §11. Null without an IHDR first. */
export function readPngHeader(bytes: Uint8Array): PngHeader | null {
  const view = cursorOf(bytes, "big");
  if (asciiAt(bytes, 12, 4) !== "IHDR") return null;
  let dpi: ImageHeader["dpi"] = null;
  let animated = false;
  const packed: { start: number; end: number }[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.u32(at);
    const type = asciiAt(bytes, at + 4, 4);
    if (type === "pHYs") dpi = physicalDpi(bytes, at + 8);
    if (type === "acTL") animated = true;
    if (packedChunks.has(type)) {
      const start = packedStart(bytes, type, at + 8);
      if (start !== null) packed.push({ start, end: Math.min(at + 8 + length, bytes.length) });
    }
    at += 12 + length;
  }
  return { widthPx: view.u32(16), heightPx: view.u32(20), dpi, animated, packed };
}

function physicalDpi(bytes: Uint8Array, at: number): ImageHeader["dpi"] {
  const view = cursorOf(bytes, "big");
  if (view.u8(at + 8) !== 1) return null;
  const x = view.u32(at) * 0.0254;
  const y = view.u32(at + 4) * 0.0254;
  return x > 0 && y > 0 ? { x, y } : null;
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
