import { type Bytes, concatBytes, utf8 } from "../../src/core/kernel.ts";

/**
 * What sRGB means (IEC 61966-2-1), for the output intent: an ICC.1:2004-10 display profile of three primaries and the
 * curve by its formula. The usual files give the curve by a thousand points, and were 2 kB of every copy.
 */
export function srgbProfile(): Bytes {
  const tags: readonly (readonly [string, Bytes])[] = [
    ["desc", multiLocalised("sRGB IEC61966-2.1")],
    ["cprt", multiLocalised("No copyright, use freely")],
    ["wtpt", xyz(whitePoint)],
    ["chad", fixedArray("sf32", fromD65)],
    ["rXYZ", xyz([0.43607, 0.22249, 0.01392])],
    ["gXYZ", xyz([0.38515, 0.71687, 0.09708])],
    ["bXYZ", xyz([0.14307, 0.06061, 0.7141])],
    ["rTRC", curve],
    ["gTRC", curve],
    ["bTRC", curve],
  ];
  const directoryBytes = 4 + 12 * tags.length;
  const contents = [...new Set(tags.map(([, content]) => content))];
  const placeOf = (content: Bytes) =>
    contents.slice(0, contents.indexOf(content)).reduce((at, { length }) => at + length, headerBytes + directoryBytes);
  const directory = tags.map(([name, content]) =>
    concatBytes(utf8(name), word(placeOf(content)), word(content.length)),
  );
  const body = concatBytes(word(tags.length), ...directory, ...contents);
  return concatBytes(header(headerBytes + body.length), body);
}

const headerBytes = 128;
const whitePoint = [0.9642, 1, 0.82491] as const; // D50, ICC.1 §7.2.16

/** Bradford, from the white of sRGB to that of profiles. ICC.1 Annex E. */
const fromD65 = [1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168];

/** ICC.1 §7.2. */
function header(length: number): Bytes {
  const bytes = new Uint8Array(headerBytes);
  const put = (at: number, part: Uint8Array) => bytes.set(part, at);
  put(0, word(length));
  put(8, word(0x04200000)); // version 4.2
  put(12, utf8("mntrRGB XYZ "));
  put(24, Uint8Array.of(7, 232, 0, 1, 0, 1)); // 1 January 2024: a date that never moves
  put(36, utf8("acsp"));
  put(68, concatBytes(...whitePoint.map(fixed)));
  return bytes;
}

/** §10.15: Y = ((X + 0.055) / 1.055)^2.4, straight below 0.04045. */
const curve = concatBytes(
  utf8("para"),
  word(0),
  Uint8Array.of(0, 3, 0, 0),
  ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map(fixed),
);

const xyz = (values: readonly number[]): Bytes => fixedArray("XYZ ", values);
const fixedArray = (type: string, values: readonly number[]): Bytes =>
  concatBytes(utf8(type), word(0), ...values.map(fixed));

/** §10.13: one text, in English; padded to four bytes. */
function multiLocalised(text: string): Bytes {
  const signs = Uint8Array.from(text.split("").flatMap((sign) => [0, sign.charCodeAt(0)]));
  const padding = new Uint8Array((4 - (signs.length % 4)) % 4);
  const place = [word(1), word(12), utf8("enUS"), word(signs.length), word(28)];
  return concatBytes(utf8("mluc"), word(0), ...place, signs, padding);
}

function word(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

/** s15Fixed16Number, §4.6. */
function fixed(value: number): Bytes {
  return word(Math.round(value * 65536));
}
