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
    writtenColours(picture, image, maskEntry, deflate),
    ...(alpha === null ? [] : [written(mask, imageEntries(image, "DeviceGray", 4), deflate(halfOctets(alpha, image)))]),
  ];
  return ok({ formNumber: form, objects });
}

/**
 * The colours under the transparency. Ink of one colour is one dot, drawn as large as its mask: a mask has a size of its own
 * (§11.6.5.2), and a seal is deflated once, not four times.
 */
function writtenColours(number: number, image: SignatureImage, maskEntry: string, deflate: Deflate): WrittenObject {
  const seen = seenColours(image);
  const dot = image.alpha !== null && isOneColour(seen);
  const size = dot ? { widthPixels: 1, heightPixels: 1 } : image;
  return written(
    number,
    `${imageEntries(size, "DeviceRGB", 8)}${maskEntry}`,
    deflate(dot ? seen.subarray(seen.length - 3) : seen),
  );
}

const isOneColour = (rgb: Bytes): boolean => {
  for (let i = 3; i < rgb.length; i++) if (rgb[i] !== rgb[i - 3]) return false;
  return true;
};

/** What is wholly transparent takes the colour before it, or the first that is seen: nobody sees it, and it weighs nothing in the file. */
function seenColours({ rgb, alpha }: SignatureImage): Bytes {
  if (alpha === null) return rgb;
  const seen = rgb.slice();
  const first = Math.max(
    0,
    alpha.findIndex((opacity) => opacity > 0),
  );
  for (let i = 0; i < first; i++) seen.copyWithin(3 * i, 3 * first, 3 * first + 3);
  for (let i = first + 1; i < alpha.length; i++) if (alpha[i] === 0) seen.copyWithin(3 * i, 3 * (i - 1), 3 * i);
  return seen;
}

/** Sixteen steps of transparency, two pixels an octet, each row from an octet of its own (§8.9.3): half the file of 256 steps, for eyes the same edge. */
function halfOctets(alpha: Bytes, { widthPixels, heightPixels }: SignatureImage): Bytes {
  const rowOctets = Math.ceil(widthPixels / 2);
  const packed = new Uint8Array(rowOctets * heightPixels);
  for (let i = 0; i < alpha.length; i++) {
    const column = i % widthPixels;
    const place = Math.floor(i / widthPixels) * rowOctets + (column >> 1);
    const step = Math.round((alpha[i] ?? 0) / 17);
    packed[place] = (packed[place] ?? 0) | (column % 2 === 0 ? step << 4 : step);
  }
  return packed;
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

const imageEntries = (
  image: Pick<SignatureImage, "widthPixels" | "heightPixels">,
  colours: "DeviceRGB" | "DeviceGray",
  bits: 4 | 8,
) =>
  `/Type /XObject /Subtype /Image /Width ${image.widthPixels} /Height ${image.heightPixels}` +
  ` /ColorSpace /${colours} /BitsPerComponent ${bits}`;

const written = (number: number, entries: string, deflated: Bytes): WrittenObject =>
  streamObject(number, `${entries} /Filter /FlateDecode`, deflated);
