import { concatBytes } from "../../src/core/kernel.ts";
import { type Jbig2Page, readJbig2 } from "./jbig2/segments.ts";
import { type PdfObjects, resolve, streamData } from "./objects.ts";
import { isDict, isRef, itemsOf, nameOf, type PdfDict, type PdfValue } from "./values.ts";

/** A picture of dots as ISO 32000-1 §7.4.7 says it. */
export type Jbig2Stream = {
  readonly page: Jbig2Page;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Coded black is shown black. */
  readonly blackIsBlack: boolean;
};

/**
 * A picture in DeviceGray, or a mask painted in the black that a page begins with, whose one filter is JBIG2Decode and whose page is
 * made of dots alone. Null for everything else: that is for the renderer.
 */
export function jbig2StreamOf(objects: PdfObjects, { entries }: PdfDict, data: Uint8Array): Jbig2Stream | null {
  const value = (key: string) => resolve(objects, entries.get(key));
  if (value("ImageMask") !== true && nameOf(value("ColorSpace")) !== "DeviceGray") return null;
  const parameters = resolve(objects, itemsOf(value("DecodeParms"))[0] ?? value("DecodeParms"));
  const shared = isDict(parameters)
    ? sharedSegments(objects, parameters.entries.get("JBIG2Globals"))
    : new Uint8Array();
  const page = shared === null ? null : readJbig2(concatBytes(shared, data));
  const [widthPx, heightPx] = [Number(value("Width")), Number(value("Height"))];
  if (page === null || page.width !== widthPx || (page.height ?? heightPx) !== heightPx) return null;
  // Black comes out as 0, which is black in DeviceGray, and what a mask paints; unless Decode says the contrary.
  return { page, widthPx, heightPx, blackIsBlack: Number(itemsOf(value("Decode"))[0] ?? 0) === 0 };
}

function sharedSegments(objects: PdfObjects, reference: PdfValue | undefined): Uint8Array | null {
  if (reference === undefined) return new Uint8Array();
  const object = isRef(reference) ? objects.byNumber.get(reference.number) : undefined;
  return object === undefined ? null : streamData(objects, object);
}
