import { type TiffTag, tiffOfOneStrip } from "../headers/tiff-of-one-strip.ts";
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

/** The same coded dots as a TIFF of one strip, so that they reach the decoder that reads faxes. TIFF 6.0 §8, §11. */
export function faxAsTiff({ data, widthPx, heightPx, blackIsBlack }: FaxStream): Uint8Array {
  const tags: readonly TiffTag[] = [
    [256, "long", widthPx],
    [257, "long", heightPx],
    [258, "short", 1],
    [259, "short", 4], // Compression: T.6
    [262, "short", blackIsBlack ? 0 : 1], // PhotometricInterpretation: white is zero, as faxes are coded
    [277, "short", 1],
    [278, "long", heightPx],
  ];
  return tiffOfOneStrip(tags, data);
}
