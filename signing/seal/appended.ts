import type { Bytes } from "../../src/core/kernel.ts";

// Offset of the first byte that nobody has, in buffers that were made here.
const freeFrom = new WeakMap<ArrayBufferLike, number>();

const mostRoomBytes = 64 * 1024;

/**
 * A file with more bytes behind it; the file itself stays as it is. A copy is made with room for what will be appended
 * next: a second signature, or evidence, then moves nothing. Room is taken once, by whoever appends first to the newest
 * bytes, and is never seen through the arrays that were given out before.
 *
 * @param write puts the `length` bytes into the array it is given, every one of them
 */
export function appendedTo(base: Bytes, length: number, write: (into: Uint8Array) => void): Bytes {
  const end = base.byteOffset + base.length;
  const isFree = freeFrom.get(base.buffer) === end && base.buffer.byteLength - end >= length;
  const pdf = isFree ? new Uint8Array(base.buffer, base.byteOffset, base.length + length) : copyWithRoom(base, length);
  freeFrom.set(pdf.buffer, pdf.byteOffset + pdf.length);
  write(pdf.subarray(base.length));
  return pdf;
}

function copyWithRoom(base: Bytes, length: number): Bytes {
  const size = base.length + length;
  const room = Math.min(mostRoomBytes, size);
  // Not zeroed but where nothing is written at once: a buffer of a megabyte costs as much to clear as to copy.
  const buffer = Buffer.allocUnsafeSlow(size + room).fill(0, size).buffer;
  const pdf = new Uint8Array(buffer, 0, size);
  pdf.set(base);
  return pdf;
}
