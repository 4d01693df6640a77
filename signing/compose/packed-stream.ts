import { deflateSync } from "node:zlib";
import type { PDFContext, PDFRef } from "pdf-lib";

/** A stream packed as tightly as zlib does. ISO 32000-1 §7.4.4. */
export function packedStream(context: PDFContext, content: Uint8Array | string, entries: Entries = {}): PDFRef {
  const packed = deflateSync(content, { level: 9, memLevel: 9 });
  return context.register(context.stream(packed, { ...entries, Filter: "FlateDecode" }));
}

type Entries = Parameters<PDFContext["stream"]>[1];
