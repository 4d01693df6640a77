import { type Bytes, concatBytes, hexOf, utf8 } from "../../../src/core/kernel.ts";
import type { Chance } from "../../support/seeded.ts";
import { signedData, timestampToken } from "./fuzz-messages.ts";

const keys = ["Type", "Parent", "Kids", "Count", "Length", "Filter", "Prev", "XRefStm", "DSS", "V", "First", "N", "W"];
const names = [
  "Catalog",
  "Pages",
  "Sig",
  "DocTimeStamp",
  "ObjStm",
  "XRef",
  "FlateDecode",
  "ASCIIHexDecode",
  "LZWDecode",
];
const numbers = ["0", "-1", "1", "65535", "2147483648", "99999999999999999999", "-.5", "1e9", "+3", "00007"];

/** An object of ISO 32000-2 §7.3 with parts chosen by chance; references may lead anywhere, back to themselves too. */
function object(chance: Chance, depth: number): string {
  const leaves = [
    () => chance.pick(numbers),
    () => `/${chance.pick(names)}`,
    () => `(${"x(".repeat(chance.below(3))}\\${chance.below(999)})`,
    () => `<${chance.below(2 ** 31).toString(16)}>`,
    () => `${chance.below(12)} ${chance.below(3)} R`,
    () => chance.pick(["true", "null", "endobj", "stream", "<<", "]", "%x\n"]),
  ];
  if (depth === 0 || chance.below(3) > 0) return chance.pick(leaves)();
  const many = (make: () => string) => Array.from({ length: chance.below(6) }, make).join(" ");
  if (chance.below(2) === 0) return `[${many(() => object(chance, depth - 1))}]`;
  return `<<${many(() => `/${chance.pick(keys)} ${object(chance, depth - 1)}`)}>>`;
}

/** A file of ISO 32000-2 §7.5: catalog, page, a signature with a form, some objects of chance, and updates behind. */
export function pdfOf(chance: Chance): Bytes {
  const cms = hexOf(chance.below(2) === 0 ? signedData(chance) : timestampToken(chance));
  const lies = chance.below(3) === 0;
  const range = lies
    ? `[${numbers[chance.below(10)]} 9 9 ${chance.below(9999)}]`
    : "[0000000000 1111111111 2222222222 3333333333]";
  const kind = chance.pick(["ETSI.CAdES.detached", "adbe.pkcs7.detached", "ETSI.RFC3161", "x"]);
  const bodies = [
    `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>${chance.below(2) ? "/DSS 7 0 R" : ""}>>`,
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[4 0 R]>>",
    "<</Type/Annot/Subtype/Widget/FT/Sig/T(a)/V 5 0 R/Rect[0 0 0 0]>>",
    `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/${kind}/ByteRange ${range}/Contents <${cms}${"00".repeat(chance.below(40))}>>>`,
    object(chance, 5),
    `<</OCSPs[8 0 R]/CRLs[8 0 R]/Certs[${chance.below(12)} 0 R]>>`,
    `<</Length ${chance.below(200)}>>\nstream\n${object(chance, 3)}\nendstream`,
  ];
  let text = "%PDF-1.7\n";
  const offsets = bodies.map((body, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  text += closing(offsets, text.length, "");
  for (let i = chance.below(3); i > 0; i--) {
    const at = text.length;
    const number = 1 + chance.below(9);
    const previous = chance.below(4) === 0 ? at : Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    text += `${number} 0 obj\n${object(chance, 4)}\nendobj\n`;
    text += `xref\n${number} 1\n${row(at)}trailer\n<</Size 9/Root 1 0 R/Prev ${previous}>>\nstartxref\n${text.length}\n%%EOF\n`;
  }
  return utf8(lies ? text : withRange(text));
}

const row = (offset: number) => `${String(offset).padStart(10, "0")} 00000 n\r\n`;

const closing = (offsets: readonly number[], at: number, more: string) =>
  `xref\n0 ${offsets.length + 1}\n0000000000 65535 f\r\n${offsets.map(row).join("")}trailer\n<</Size ${offsets.length + 1}/Root 1 0 R${more}>>\nstartxref\n${at}\n%%EOF\n`;

/** True numbers, so that the digest is reached. */
function withRange(text: string): string {
  const start = text.indexOf("/Contents <") + 10;
  const end = text.indexOf(">", start) + 1;
  const wide = (value: number) => String(value).padStart(10, "0");
  const range = `[${[0, start, end, text.length - end].map(wide).join(" ")}]`;
  return text.replace("[0000000000 1111111111 2222222222 3333333333]", range);
}

/** What readers are commonly wrong about: cut, doubled, moved, overwritten pieces, and numbers at their ends. */
export function mutated(bytes: Bytes, chance: Chance): Bytes {
  let changed = bytes;
  for (let i = 1 + chance.below(6); i > 0 && changed.length > 0; i--) changed = mutatedOnce(changed, chance);
  return changed.subarray(0, 200_000) as Bytes;
}

function mutatedOnce(bytes: Bytes, chance: Chance): Bytes {
  const at = chance.below(bytes.length);
  const to = Math.min(bytes.length, at + 1 + chance.below(chance.pick([2, 16, 400])));
  const between = (...middle: Uint8Array[]) => concatBytes(bytes.subarray(0, at), ...middle, bytes.subarray(to));
  return chance.pick([
    () => bytes.with(at, chance.below(256)) as Bytes,
    () => bytes.with(at, (bytes[at] ?? 0) ^ (1 << chance.below(8))) as Bytes,
    () => between(),
    () => between(bytes.subarray(at, to), bytes.subarray(at, to)),
    () => between(bytes.subarray(chance.below(bytes.length)).subarray(0, 300)),
    () => between(utf8(chance.pick(numbers)), bytes.subarray(at, to)),
    () => between(utf8("[".repeat(chance.below(3000)))),
    () => between(new Uint8Array(chance.below(64)).fill(chance.pick([0, 0x30, 0x80, 0xff]))),
    () => bytes.subarray(0, at) as Bytes,
  ])();
}
