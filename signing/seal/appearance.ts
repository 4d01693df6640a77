import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { latin1, numberText } from "./pdf-writing.ts";
import { streamObject, type WrittenObject } from "./writer.ts";

/** Pixels of a signature or seal, row by row from the top. NĐ 30/2020 Appendix I: a transparent picture. */
export type SignatureImage = {
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** Three bytes a pixel. */
  readonly rgb: Bytes;
  /** One byte a pixel, 255 opaque; null for an opaque picture. */
  readonly alpha: Bytes | null;
};

/** zlib stream (RFC 1950) of bytes, injected. */
export type Deflate = (bytes: Uint8Array) => Bytes;

/** Objects of one appearance; the first is the form XObject that /AP /N names. */
export type Appearance = { readonly formNumber: number; readonly objects: readonly WrittenObject[] };

/**
 * Form XObject with the picture as large as fits, centred, its proportions kept. ISO 32000-2 §12.5.5, §8.10, §8.9.
 *
 * @param box of the widget, in points
 * @param firstNumber first of up to three free object numbers
 */
export function buildAppearance(
  image: SignatureImage,
  box: { readonly width: number; readonly height: number },
  firstNumber: number,
  deflate: Deflate,
): Result<Appearance, SigningFailure> {
  if (!isSound(image) || box.width <= 0 || box.height <= 0) return fail({ code: "appearance_unusable" });
  const [form, picture, mask] = [firstNumber, firstNumber + 1, firstNumber + 2];
  const alpha = image.alpha;
  const maskEntry = alpha === null ? "" : ` /SMask ${mask} 0 R`;
  const objects = [
    written(form, formEntries(box, picture), deflate(latin1(drawing(image, box)))),
    written(picture, `${imageEntries(image, "DeviceRGB")}${maskEntry}`, deflate(image.rgb)),
    ...(alpha === null ? [] : [written(mask, imageEntries(image, "DeviceGray"), deflate(alpha))]),
  ];
  return ok({ formNumber: form, objects });
}

function isSound({ widthPixels, heightPixels, rgb, alpha }: SignatureImage): boolean {
  const pixels = widthPixels * heightPixels;
  const isSize = Number.isSafeInteger(pixels) && widthPixels > 0 && heightPixels > 0;
  return isSize && rgb.length === 3 * pixels && (alpha === null || alpha.length === pixels);
}

function drawing(image: SignatureImage, box: { width: number; height: number }): string {
  const scale = Math.min(box.width / image.widthPixels, box.height / image.heightPixels);
  const [width, height] = [image.widthPixels * scale, image.heightPixels * scale];
  const place = [width, 0, 0, height, (box.width - width) / 2, (box.height - height) / 2];
  return `q ${place.map(numberText).join(" ")} cm /Im Do Q`;
}

const formEntries = (box: { width: number; height: number }, picture: number) =>
  `/Type /XObject /Subtype /Form /BBox [0 0 ${numberText(box.width)} ${numberText(box.height)}]` +
  ` /Resources << /XObject << /Im ${picture} 0 R >> >>`;

const imageEntries = ({ widthPixels, heightPixels }: SignatureImage, colours: "DeviceRGB" | "DeviceGray") =>
  `/Type /XObject /Subtype /Image /Width ${widthPixels} /Height ${heightPixels}` +
  ` /ColorSpace /${colours} /BitsPerComponent 8`;

const written = (number: number, entries: string, deflated: Bytes): WrittenObject =>
  streamObject(number, `${entries} /Filter /FlateDecode`, deflated);
