import { type Bytes, hexOf, type Instant, localTimeOf, utf8 } from "../../src/core/kernel.ts";
import type { PdfObject } from "../format/pdf/object.ts";

/** One char a byte: the whole text of what is written is Latin-1, everything else is escaped. */
export function latin1(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** An object as text, ISO 32000-2 §7.3. A stream gives its dictionary. */
export function textOfObject(object: PdfObject): string {
  switch (object.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(object.value);
    case "number":
      return exactText(object.value);
    case "name":
      return nameText(object.value);
    case "string":
      return `<${hexOf(object.bytes)}>`;
    case "array":
      return `[${object.items.map(textOfObject).join(" ")}]`;
    case "dictionary":
      return dictionaryText(object.entries);
    case "stream":
      return dictionaryText(object.dictionary.entries);
    case "reference":
      return `${object.number} ${object.generation} R`;
  }
}

export function dictionaryText(entries: ReadonlyMap<string, PdfObject>, changes: Record<string, string> = {}): string {
  const kept = [...entries].filter(([key]) => !(key in changes)).map(([key, value]) => [key, textOfObject(value)]);
  const lines = [...kept, ...Object.entries(changes)].map(([key = "", value = ""]) => `${nameText(key)} ${value}`);
  return `<< ${lines.join(" ")} >>`;
}

/** §7.3.5: anything but regular printable characters as #xx. */
const nameText = (name: string): string =>
  `/${name.replace(/[^!-~]|[#()<>[\]{}/%]/g, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, "0")}`)}`;

/** What was read comes out as the same number: what is only kept must not change by a hair. §7.3.3 knows no exponent. */
function exactText(value: number): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  return Number.isInteger(value) ? String(BigInt(value)) : value.toFixed(100).replace(/0+$/, "");
}

/** Five decimals, for what is drawn. */
export const numberText = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(5).replace(/\.?0+$/, "");

/** Text string, §7.9.2.2: ASCII as it is, anything else UTF-16BE with its mark. In hexadecimal, so nothing needs escaping. */
export function textString(text: string): string {
  if (/^[ -~]*$/.test(text)) return `<${hexOf(utf8(text))}>`;
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, "0"));
  return `<feff${units.join("")}>`;
}

/** §7.9.4, with Vietnam's offset: `(D:20261122101530+07'00')`. */
export const dateText = (instant: Instant): string =>
  `(D:${localTimeOf(instant).slice(0, 19).replace(/[-:T]/g, "")}+07'00')`;

/** Text of a text string as read, §7.9.2.2: UTF-16BE, UTF-8 or, near enough, PDFDocEncoding. */
export function readTextString(bytes: Bytes): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const encoding = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "utf-8" : "latin1";
  return new TextDecoder(encoding).decode(bytes);
}
