import { PDFArray, PDFDict, type PDFDocument, type PDFObject, PDFRawStream, type PDFRef } from "pdf-lib";
import { type Bytes, concatBytes } from "../../src/core/kernel.ts";

export type PlacedObject = readonly [PDFRef, PDFObject];

/** Objects written one after another, and how far from the first byte each begins. */
export type WrittenObjects = { readonly bytes: Bytes; readonly begins: readonly (readonly [number, number])[] };

/** What a trailer names, ISO 32000-1 table 15. */
export type Trailer = { readonly root: PDFObject; readonly info: PDFObject; readonly id: PDFObject };

/** The whole document: PDF 1.7 with a classic cross-reference table, no space that is not needed. */
export function writeDocument({ context }: PDFDocument): Bytes {
  const { Root: root, Info: info, ID: id } = context.trailerInfo;
  if (root === undefined || info === undefined || id === undefined) throw new Error("A file has a trailer");
  return writeFile([writeObjects(context.enumerateIndirectObjects())], { root, info, id });
}

/** ISO 32000-1 §7.3.10; line ends as ISO 19005-2 §6.1.9 and §6.1.7.1 want them. */
export function writeObjects(objects: readonly PlacedObject[]): WrittenObjects {
  const parts: Uint8Array[] = [];
  const begins: [number, number][] = [];
  let at = 0;
  for (const [{ objectNumber }, object] of objects) {
    begins.push([objectNumber, at]);
    const before = parts.length;
    parts.push(latin1(`${objectNumber} 0 obj\n`), ...bodyOf(object), latin1("\nendobj\n"));
    at = parts.slice(before).reduce((sum, part) => sum + part.length, at);
  }
  return { bytes: concatBytes(...parts), begins };
}

// ISO 19005-2 §6.1.2: a comment of four bytes over 127, so that nobody takes the file for text
const header = Uint8Array.of(...Buffer.from("%PDF-1.7\n%"), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a);

/**
 * The objects behind one another, with table and trailer. ISO 32000-1 §7.5.
 *
 * @param written together every number from 1 on, each once; throws otherwise
 */
export function writeFile(written: readonly WrittenObjects[], { root, info, id }: Trailer): Bytes {
  const offsets: number[] = [];
  let at = header.length;
  for (const { bytes, begins } of written) {
    for (const [number, from] of begins) offsets[number - 1] = at + from;
    at += bytes.length;
  }
  const lines = Array.from(offsets, (offset) => {
    if (offset === undefined) throw new Error("An object was promised and not written");
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const size = lines.length + 1;
  const trailer = `<</Size ${size}/Root ${root}/Info ${info}/ID${textOf(id)}>>`;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${lines.join("")}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`;
  return concatBytes(header, ...written.map(({ bytes }) => bytes), latin1(end));
}

function bodyOf(object: PDFObject): Uint8Array[] {
  if (!(object instanceof PDFRawStream)) return [latin1(textOf(object))];
  object.updateDict(); // its /Length
  return [latin1(`${textOf(object.dict)}\nstream\n`), object.contents, latin1("\nendstream")];
}

/** Names, strings and arrays begin with a sign that parts them from what stands before; numbers and references do not. */
function textOf(object: PDFObject): string {
  if (object instanceof PDFDict) {
    return `<<${object
      .entries()
      .map(([key, value]) => `${key}${parted(textOf(value))}`)
      .join("")}>>`;
  }
  if (object instanceof PDFArray) return `[${object.asArray().map(textOf).reduce(joined, "")}]`;
  return String(object);
}

const joined = (before: string, text: string): string => before + (before === "" ? text : parted(text));
const parted = (text: string): string => (/^[/<[(]/.test(text) ? text : ` ${text}`);

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
