import type { PDFRef } from "pdf-lib";
import type { Bytes, Sha256 } from "../../src/core/kernel.ts";
import type { PageStream } from "./copy-to-compose.ts";

export type EmbeddedImage = { readonly ref: PDFRef; readonly bytes: Bytes };

/**
 * Looks up in the finished file, through its cross-reference table (ISO 32000-1 §7.5.4), where each page's stream stands.
 * Throws when one is not there byte for byte: then the writer is broken, and nothing may be signed.
 */
export function locatePageStreams(
  pdf: Bytes,
  images: readonly EmbeddedImage[],
  digests: readonly Sha256[],
): PageStream[] {
  const offsetOf = readCrossReferences(pdf);
  return digests.map((sha256, i) => {
    const { ref, bytes } = images[i] ?? missing();
    const object = offsetOf(ref.objectNumber);
    const offset = indexOf(pdf, streamKeyword, object) + streamKeyword.length;
    if (!asBuffer(pdf.subarray(offset, offset + bytes.length)).equals(bytes)) {
      throw new Error(`Page stream ${ref.objectNumber} is not in the file as it was confirmed`);
    }
    return { offset, length: bytes.length, sha256 };
  });
}

const missing = (): never => {
  throw new Error("A page has no stream");
};

const streamKeyword = "\nstream\n";
const entryBytes = 20;

function readCrossReferences(pdf: Bytes): (objectNumber: number) => number {
  const tail = ascii(pdf, pdf.length - 64, pdf.length);
  const table = Number(/startxref\s+(\d+)/.exec(tail)?.[1]);
  const sections = new Map<number, number>(); // object number -> where its entry stands
  let at = table + "xref\n".length;
  for (;;) {
    const header = /^(\d+) (\d+)\n/.exec(ascii(pdf, at, at + 32));
    if (!header) break;
    const [first, count] = [Number(header[1]), Number(header[2])];
    at += header[0].length;
    for (let i = 0; i < count; i++) sections.set(first + i, at + i * entryBytes);
    at += count * entryBytes;
  }
  return (objectNumber) => {
    const entry = sections.get(objectNumber) ?? 0;
    return Number(ascii(pdf, entry, entry + 10));
  };
}

const ascii = (bytes: Bytes, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

const indexOf = (bytes: Bytes, text: string, from: number): number => asBuffer(bytes).indexOf(text, from, "latin1");

/** The same memory; Node compares and searches it natively. */
const asBuffer = (bytes: Bytes): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
