import type { Skeleton } from "./skeleton.ts";

/** What a runtime packs and sums by; left out where another packs on the way, as an edge's platform does. */
export type Packing = {
  /** Raw deflate (RFC 1951) that ends in a full flush: on a byte, by an empty stored block, nothing behind leaning on it. */
  readonly deflate: (bytes: Uint8Array) => Uint8Array;
  /** CRC-32 of RFC 1952 §8, going on from that of what stood before; 0 at the start. */
  readonly crc32: (bytes: Uint8Array, before: number) => number;
};

const memberHead = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255); // RFC 1952 §2.3: deflate, no name, no time, no system
const lastBlock = Uint8Array.of(3, 0); // RFC 1951 §3.2.6: of fixed codes, with nothing in it
const trailBytes = 8;
const lengthBytes = 4;
const mostStoredBytes = 0xffff; // RFC 1951 §3.2.4

type Filling = (
  texts: readonly Uint8Array[],
  roomFor: (lengthBytes: number) => Uint8Array<ArrayBuffer>,
) => Uint8Array<ArrayBuffer> | null;

/**
 * A page as a gzip member (RFC 1952): what stands between its gaps was deflated once for all visitors, and what fills a gap lies in
 * the empty stored block that the piece before it ended in. So an answer is packed by copying, and what a visitor brought never
 * stands in one window with anything: its length tells nothing of the rest (BREACH).
 *
 * @returns what fills such a page; null for a text too long for one block, which is then sent plain
 */
export function packedFilling(skeleton: Skeleton<string>, { deflate, crc32 }: Packing): Filling {
  const pieces = skeleton.map(({ before }) => ({ before, packed: deflate(before).slice(0, -lengthBytes) }));
  const fixedBytes = pieces.reduce((sum, { packed }) => sum + packed.length + lengthBytes, 0);
  const most = memberHead.length + fixedBytes + lastBlock.length + trailBytes;
  return (texts, roomFor) => {
    if (texts.some(({ length }) => length > mostStoredBytes)) return null;
    const member = roomFor(most + texts.reduce((sum, { length }) => sum + length, 0));
    const view = new DataView(member.buffer, member.byteOffset, member.length);
    let [at, crc, length] = [0, 0, 0];
    const put = (bytes: Uint8Array) => {
      member.set(bytes, at);
      at += bytes.length;
    };
    const count = (bytes: Uint8Array) => {
      if (bytes.length === 0) return; // zlib begins anew where it is given nothing
      crc = crc32(bytes, crc);
      length += bytes.length;
    };
    put(memberHead);
    for (const [i, { before, packed }] of pieces.entries()) {
      const text = texts[i] ?? memberHead.subarray(0, 0);
      put(packed);
      view.setUint16(at, text.length, true);
      view.setUint16(at + 2, ~text.length, true);
      at += lengthBytes;
      put(text);
      count(before);
      count(text);
    }
    put(lastBlock);
    view.setUint32(at, crc, true);
    view.setUint32(at + 4, length, true);
    return member;
  };
}
