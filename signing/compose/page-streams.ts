import type { PDFRef } from "pdf-lib";
import type { Bytes, Sha256 } from "../../src/core/kernel.ts";
import { inflate } from "../format/inflate.ts";
import { readPdf } from "../format/pdf/file.ts";
import type { PageStream } from "./copy-to-compose.ts";

export type EmbeddedImage = { readonly ref: PDFRef; readonly bytes: Bytes };

/**
 * Looks up in the finished file, through its cross-references (ISO 32000-2 §7.5), where each page's stream stands.
 * Throws when one is not there byte for byte: then the writer is broken, and nothing may be signed.
 */
export function locatePageStreams(
  pdf: Bytes,
  images: readonly EmbeddedImage[],
  digests: readonly Sha256[],
): PageStream[] {
  const file = readPdf(pdf, { inflate });
  if (!file.ok) throw new Error(`The file that was written cannot be read: ${file.failure.code}`);
  const { object } = file.value;
  return digests.map((sha256, i) => {
    const { ref, bytes } = images[i] ?? missing();
    const found = object(ref.objectNumber, 0);
    if (found.kind !== "stream" || Buffer.compare(found.raw, bytes) !== 0) {
      throw new Error(`Page stream ${ref.objectNumber} is not in the file as it was put in`);
    }
    return { offset: found.raw.byteOffset - pdf.byteOffset, length: bytes.length, sha256 };
  });
}

const missing = (): never => {
  throw new Error("A page has no stream");
};
