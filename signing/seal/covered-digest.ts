import type { Bytes } from "../../src/core/kernel.ts";
import type { Hasher, HashName, Primitives } from "../format/primitives.ts";
import type { GappedPdf } from "./gap.ts";

type Covered = Pick<GappedPdf, "pdf" | "gapStart" | "gapEnd">;
type Hashes = Pick<Primitives, "hasher">;

/** A digest of the first `length` bytes of a file. */
type Beginning = { readonly name: HashName; readonly length: number; readonly hasher: Hasher };

// By the buffers that appended.ts makes: what stands before the gap of a signature there is never written again.
const beginnings = new WeakMap<ArrayBufferLike, Beginning>();

/**
 * Digest of everything but the gap, ISO 32000-2 §12.8.1. A second signature in the same buffer goes on from where the
 * first left the beginning that both cover. Were that beginning changed in between, neither signature would hold: a
 * remembered digest can spoil a file, and never bless one.
 */
export function coveredDigest(covered: Covered, name: HashName, { hasher }: Hashes): Bytes {
  const { pdf, gapStart } = covered;
  const known = pdf.byteOffset === 0 ? beginnings.get(pdf.buffer) : undefined;
  const isTakenUp = known !== undefined && known.name === name && known.length <= gapStart;
  const begun = isTakenUp ? known.hasher.copy() : hasher(name);
  begun.update(pdf.subarray(isTakenUp ? known.length : 0, gapStart));
  if (pdf.byteOffset === 0) beginnings.set(pdf.buffer, { name, length: gapStart, hasher: begun.copy() });
  return closed(begun, covered);
}

/** The same from the bytes alone: for asking whether they are what they were. */
export function digestAnew(covered: Covered, name: HashName, { hasher }: Hashes): Bytes {
  const begun = hasher(name);
  begun.update(covered.pdf.subarray(0, covered.gapStart));
  return closed(begun, covered);
}

function closed(begun: Hasher, { pdf, gapEnd }: Covered): Bytes {
  begun.update(pdf.subarray(gapEnd));
  return begun.digest();
}
