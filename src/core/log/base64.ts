import type { Bytes } from "../kernel.ts";

const standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const urlSafe = `${standard.slice(0, 62)}-_`;

const tableOf = (alphabet: string): Int8Array =>
  Int8Array.from({ length: 128 }, (_, unit) => alphabet.indexOf(String.fromCharCode(unit)));
const standardDigits = tableOf(standard);
const urlSafeDigits = tableOf(urlSafe);

/** RFC 4648 §4, with padding, as signed notes want it. */
export function base64Of(bytes: Uint8Array): string {
  const digits = encodeSixBits(bytes, standard);
  return digits + "=".repeat((4 - (digits.length % 4)) % 4);
}

/** RFC 4648 §4; null for wrong padding, stray characters or bits left over: one value, one text. */
export function bytesOfBase64(text: string): Bytes | null {
  if (text.length % 4 !== 0) return null;
  return decodeSixBits(text.replace(/={1,2}$/, ""), standardDigits);
}

/** RFC 4648 §5 without padding, for the fragment of an address. */
export const base64UrlOf = (bytes: Uint8Array): string => encodeSixBits(bytes, urlSafe);

/** RFC 4648 §5 without padding; null for anything else. */
export function bytesOfBase64Url(text: string): Bytes | null {
  return decodeSixBits(text, urlSafeDigits);
}

function encodeSixBits(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(3, bytes.length - i) + 1;
    for (let d = 0; d < digits; d++) text += alphabet.charAt((group >> (18 - 6 * d)) & 63);
  }
  return text;
}

/** Null for a stray character, a digit too many, or bits left over that are not zero. */
function decodeSixBits(text: string, valueAt: Int8Array): Bytes | null {
  if (text.length % 4 === 1) return null; // six bits are no byte
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let waiting = 0;
  let written = 0;
  for (let i = 0; i < text.length; i++) {
    const value = valueAt[text.charCodeAt(i)] ?? -1;
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    waiting += 6;
    if (waiting >= 8) {
      waiting -= 8;
      bytes[written++] = (bits >> waiting) & 0xff;
    }
  }
  return (bits & ((1 << waiting) - 1)) === 0 ? bytes : null;
}
