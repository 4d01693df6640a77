import { concatBytes } from "../../src/core/kernel.ts";
import { type PdfObjects, resolve } from "./objects.ts";
import { isDict, itemsOf, nameOf, type PdfDict } from "./values.ts";

/** What ISO 32000-1 §7.4.6 says of a fax stream, as far as a TIFF can say it. */
export type FaxStream = {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Coded black is shown black. */
  readonly blackIsBlack: boolean;
};

/**
 * A picture in DeviceGray, or a mask painted in the black that a page begins with, whose one filter is CCITTFaxDecode in
 * two dimensions (T.6). Null for everything else: that is for the renderer.
 */
export function faxStreamOf(objects: PdfObjects, { entries }: PdfDict, data: Uint8Array): FaxStream | null {
  const value = (key: string) => resolve(objects, entries.get(key));
  const isMask = value("ImageMask") === true;
  if (!isMask && nameOf(value("ColorSpace")) !== "DeviceGray") return null;
  const parameters = itemsOf(value("DecodeParms"))[0] ?? value("DecodeParms");
  const known = resolve(objects, parameters);
  if (!isDict(known)) return null;
  const parameter = (key: string) => resolve(objects, known.entries.get(key));
  const [widthPx, heightPx] = [Number(value("Width")), Number(value("Height"))];
  const columns = parameter("Columns") === undefined ? 1728 : Number(parameter("Columns"));
  if (!(Number(parameter("K")) < 0) || parameter("EncodedByteAlign") === true || columns !== widthPx) return null;
  const decode = itemsOf(value("Decode")).map(Number);
  const inverted = decode[0] === 1;
  // Bits as decoded: black is 0 unless BlackIs1; gray 0 is black, and a mask paints where the bit is 0.
  return { data, widthPx, heightPx, blackIsBlack: (parameter("BlackIs1") === true) === inverted };
}

const [short, long] = [3, 4];

/** The same coded dots as a TIFF of one strip, so that they reach the decoder that reads faxes. TIFF 6.0 §8, §11. */
export function faxAsTiff({ data, widthPx, heightPx, blackIsBlack }: FaxStream): Uint8Array {
  const tags: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, long, widthPx],
    [257, long, heightPx],
    [258, short, 1],
    [259, short, 4], // Compression: T.6
    [262, short, blackIsBlack ? 0 : 1], // PhotometricInterpretation: white is zero, as faxes are coded
    [273, long, 8 + 2 + 12 * 9 + 4],
    [277, short, 1],
    [278, long, heightPx],
    [279, long, data.length],
  ];
  const head = new DataView(new ArrayBuffer(8 + 2 + 12 * tags.length + 4));
  head.setUint32(0, 0x4d4d002a);
  head.setUint32(4, 8);
  head.setUint16(8, tags.length);
  tags.forEach(([tag, type, value], i) => {
    const at = 10 + 12 * i;
    head.setUint16(at, tag);
    head.setUint16(at + 2, type);
    head.setUint32(at + 4, 1);
    if (type === short) head.setUint16(at + 8, value);
    else head.setUint32(at + 8, value);
  });
  return concatBytes(new Uint8Array(head.buffer), data);
}
