import type { PdfObject } from "../format/pdf/object.ts";

/** Text string, ISO 32000-2 §7.9.2.2: UTF-16BE, UTF-8 by their marks, else read as Latin-1; null for anything else. */
export function textOfString(object: PdfObject): string | null {
  if (object.kind !== "string") return null;
  const [first, second, third] = object.bytes;
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(object.bytes.subarray(2));
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(object.bytes.subarray(3));
  return latin1(object.bytes);
}

export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
