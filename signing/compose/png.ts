import { inflateSync } from "node:zlib";
import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";

/** A PNG that can stand in a PDF as its own packed rows: no alpha, not interlaced, 8 bits a sample at most, one IDAT. */
export type PngFacts = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bits: number;
  readonly colour: "grey" | "rgb" | "palette";
  readonly palette: Bytes | null;
  /** zlib stream of rows, each led by its filter. */
  readonly packed: Bytes;
};

export type PngFailure = { readonly code: "page_png_unsupported" };

const signature = "89504e470d0a1a0a";
const colours: Readonly<Record<number, PngFacts["colour"]>> = { 0: "grey", 2: "rgb", 3: "palette" };
const known = new Set(["IHDR", "pHYs", "PLTE", "IDAT", "IEND"]);
const mostPixels = 80_000_000;

export const isPng = (bytes: Bytes): boolean => Buffer.from(bytes.subarray(0, 8)).toString("hex") === signature;

/** ISO/IEC 15948 §5, §11. Chunks other than those that our pages are written with are refused: they could change what is seen. */
export function readPng(bytes: Bytes): Result<PngFacts, PngFailure> {
  const chunks = chunksOf(bytes);
  const data = (type: string) => chunks?.filter((chunk) => chunk.type === type).map((chunk) => chunk.data) ?? [];
  const [[head], [packed, ...more], [palette = null]] = [data("IHDR"), data("IDAT"), data("PLTE")];
  if (head?.length !== 13 || packed === undefined || more.length > 0) return unsupported;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const [widthPx, heightPx, bits] = [view.getUint32(0), view.getUint32(4), view.getUint8(8)];
  const colour = colours[view.getUint8(9)];
  const plain = view.getUint8(10) === 0 && view.getUint8(11) === 0 && view.getUint8(12) === 0;
  if (!plain || bits > 8 || widthPx * heightPx > mostPixels || colour === undefined) return unsupported;
  if ((colour === "palette") !== (palette !== null)) return unsupported;
  return ok({ widthPx, heightPx, bits, colour, palette, packed });
}

const unsupported = fail({ code: "page_png_unsupported" } as const);

function chunksOf(bytes: Bytes): { type: string; data: Bytes }[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks: { type: string; data: Bytes }[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (end + 4 > bytes.length || !known.has(type)) return null;
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    if (type === "IEND") return end + 4 === bytes.length ? chunks : null;
    at = end + 4;
  }
  return null;
}

/** Rows of dots without their filters; null where the PNG is none of one bit, or its rows are filtered. */
export function dotRows({ widthPx, heightPx, bits, colour, packed }: PngFacts): Uint8Array | null {
  if (bits !== 1 || colour !== "grey") return null;
  const rowBytes = Math.ceil(widthPx / 8);
  const filtered = inflateSync(packed, { maxOutputLength: (rowBytes + 1) * heightPx });
  if (filtered.length !== (rowBytes + 1) * heightPx) return null;
  const rows = new Uint8Array(rowBytes * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    const from = y * (rowBytes + 1);
    if (filtered[from] !== 0) return null;
    rows.set(filtered.subarray(from + 1, from + 1 + rowBytes), y * rowBytes);
  }
  return rows;
}
