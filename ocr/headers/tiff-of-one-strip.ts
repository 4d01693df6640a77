import { concatBytes } from "../../src/core/kernel.ts";

/** An entry of the directory with one value; `rational` is so many to one. TIFF 6.0 §2. */
export type TiffTag = readonly [tag: number, type: "short" | "long" | "rational", value: number];

const types = { short: 3, long: 4, rational: 5 } as const;
const stripOffsets = 273;
const stripByteCounts = 279;

/** Head and directory of a picture whose dots follow in one strip, big-endian. TIFF 6.0 §2, §8. */
export function tiffHead(tags: readonly TiffTag[], stripBytes: number): Uint8Array {
  const directoryBytes = 2 + 12 * (tags.length + 2) + 4;
  const rationals = tags.filter(([, type]) => type === "rational");
  const offset = 8 + directoryBytes + 8 * rationals.length;
  const strip: readonly TiffTag[] = [
    [stripOffsets, "long", offset],
    [stripByteCounts, "long", stripBytes],
  ];
  const head = new DataView(new ArrayBuffer(offset));
  head.setUint32(0, 0x4d4d002a);
  head.setUint32(4, 8);
  head.setUint16(8, tags.length + strip.length);
  const entries = [...tags, ...strip].toSorted((a, b) => a[0] - b[0]);
  let beyond = 8 + directoryBytes;
  entries.forEach(([tag, type, value], i) => {
    const at = 10 + 12 * i;
    head.setUint16(at, tag);
    head.setUint16(at + 2, types[type]);
    head.setUint32(at + 4, 1);
    if (type === "short") head.setUint16(at + 8, value);
    if (type === "long") head.setUint32(at + 8, value);
    if (type !== "rational") return;
    head.setUint32(at + 8, beyond);
    head.setUint32(beyond, value);
    head.setUint32(beyond + 4, 1);
    beyond += 8;
  });
  return new Uint8Array(head.buffer);
}

export const tiffOfOneStrip = (tags: readonly TiffTag[], data: Uint8Array): Uint8Array =>
  concatBytes(tiffHead(tags, data.length), data);
