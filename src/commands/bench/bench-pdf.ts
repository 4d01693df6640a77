import { type Bytes, concatBytes, utf8 } from "../../core/kernel.ts";
import { nodeSha256 } from "../../primitives-node.ts";

const fieldNames = ["officer", "agency"] as const;

/**
 * A three-page PDF of about 1 MB that is the same on every run: a picture of noise on each page, which nothing can
 * pack, and two empty signature fields on the last, as compose places them. ISO 32000-2 §7.5.
 *
 * @param side of each square picture, in pixels of three bytes
 */
export function benchPdf(side = 340): Bytes {
  const pages = [1, 2, 3];
  const objects: Bytes[] = [
    utf8("<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [12 0 R 13 0 R] /SigFlags 3 >> >>"),
    utf8("<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>"),
    ...pages.map((page) => pageObject(page)),
    ...pages.map(() => streamOf("", utf8("400 0 0 400 97 300 cm /I Do"))),
    ...pages.map((page) => streamOf(pictureEntries(side), noise(3 * side * side, page))),
    ...fieldNames.map((name, i) => fieldObject(name, i)),
  ];
  return fileOf(objects);
}

function pageObject(page: number): Bytes {
  const resources = `<< /XObject << /I ${8 + page} 0 R >> >>`;
  const annotations = page === 3 ? " /Annots [12 0 R 13 0 R]" : "";
  return utf8(
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${resources} /Contents ${5 + page} 0 R${annotations} >>`,
  );
}

const pictureEntries = (side: number) =>
  `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8 `;

const fieldObject = (name: string, i: number) =>
  utf8(
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 4 /P 5 0 R /Rect [${50 + 250 * i} 100 ${200 + 250 * i} 200] >>`,
  );

const streamOf = (entries: string, bytes: Bytes): Bytes =>
  concatBytes(utf8(`<< ${entries}/Length ${bytes.length} >>\nstream\n`), bytes, utf8("\nendstream"));

function noise(length: number, seed: number): Bytes {
  const parts = Array.from({ length: Math.ceil(length / 32) }, (_, i) => nodeSha256(utf8(`${seed} ${i}`)));
  return concatBytes(...parts).slice(0, length);
}

function fileOf(objects: readonly Bytes[]): Bytes {
  const parts: Bytes[] = [concatBytes(utf8("%PDF-1.7\n%"), Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3, 0x0a))];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [i, object] of objects.entries()) {
    const written = concatBytes(utf8(`${i + 1} 0 obj\n`), object, utf8("\nendobj\n"));
    offsets.push(length);
    parts.push(written);
    length += written.length;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const id = "<00112233445566778899AABBCCDDEEFF>";
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /ID [${id} ${id}] >>\nstartxref\n${length}\n%%EOF\n`;
  return concatBytes(...parts, utf8(table + trailer));
}
