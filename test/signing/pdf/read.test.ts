import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type PdfFile, readPdf } from "../../../signing/format/pdf/file.ts";
import { entryOf, integerOf, nameOf } from "../../../signing/format/pdf/object.ts";
import { appendedExtents, firstUnexplainedByte } from "../../../signing/format/pdf/tail.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { smallPdf } from "../seal/small-pdf.ts";

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));
const read = (bytes: Bytes): PdfFile => {
  const file = readPdf(bytes, nodePrimitives);
  if (!file.ok) throw new Error(file.failure.code);
  return file.value;
};
const row = (offset: number) => `${String(offset).padStart(10, "0")} 00000 n \n`;

/** One object whose value is `first`, and an update that makes it `second`. */
function twoRevisions(first: string, second: string): { bytes: Bytes; signedEnd: number } {
  const head = "%PDF-1.7\n";
  const one = `${head}1 0 obj\n${first}\nendobj\n`;
  const closed = `${one}xref\n0 2\n0000000000 65535 f \n${row(head.length)}trailer\n<</Size 2/Root 1 0 R>>\nstartxref\n${one.length}\n%%EOF\n`;
  const two = `${closed}1 0 obj\n${second}\nendobj\n`;
  const whole = `${two}xref\n1 1\n${row(closed.length)}trailer\n<</Size 2/Root 1 0 R/Prev ${one.length}>>\nstartxref\n${two.length}\n%%EOF\n`;
  return { bytes: latin1(whole), signedEnd: closed.length };
}

describe("reading PDF", () => {
  test("ISO 32000-2 §7.5.6: each revision keeps its own objects, trailer and end", () => {
    const { bytes, signedEnd } = twoRevisions("<</A 1>>", "<</A 2>>");
    const file = read(bytes);
    expect(file.revisions.map(({ end }) => end)).toEqual([signedEnd, bytes.length]);
    expect([0, 1].map((revision) => integerOf(entryOf(file.object(1, revision), "A")))).toEqual([1, 2]);
    expect(firstUnexplainedByte(file, appendedExtents(file), signedEnd)).toBeNull();
  });

  test("a stray object between two revisions is the first unexplained byte", () => {
    const { bytes, signedEnd } = twoRevisions("<</A 1>>", "<</A 2>>");
    const text = Buffer.from(bytes).toString("latin1");
    const stray = "7 0 obj\n(x)\nendobj\n";
    const moved = text.slice(signedEnd).replace(row(signedEnd), row(signedEnd + stray.length));
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    const whole = `${text.slice(0, signedEnd)}${stray}${moved.replace(/startxref\n\d+/, `startxref\n${start + stray.length}`)}`;
    const file = read(latin1(whole));
    expect(integerOf(entryOf(file.object(1, 1), "A"))).toBe(2);
    expect(firstUnexplainedByte(file, appendedExtents(file), signedEnd)).toBe(signedEnd);
  });

  test("§7.5.7, §7.5.8: object streams and cross-reference streams give the same catalog as tables do", async () => {
    for (const useObjectStreams of [true, false]) {
      const file = read(await smallPdf({ useObjectStreams }));
      const root = file.resolve(entryOf(file.revisions[0]?.trailer ?? { kind: "null" }, "Root"), 0);
      expect(nameOf(entryOf(root, "Type"))).toBe("Catalog");
      expect(file.revisions[0]?.sections[0]?.form).toBe(useObjectStreams ? "stream" : "table");
    }
  });

  test("§7.4.4.4: every PNG predictor is undone", () => {
    const rows = [
      [0, 10, 20, 30],
      [1, 10, 10, 10],
      [2, 1, 1, 1],
      [3, 6, 5, 5],
      [4, 1, 0, 0],
    ];
    const packed = deflateSync(Uint8Array.from(rows.flat())).toString("latin1");
    const { bytes } = twoRevisions(
      `<</Length ${packed.length}/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 3>>>>\nstream\n${packed}\nendstream`,
      "null",
    );
    const file = read(bytes);
    const stream = file.object(1, 0);
    const data = stream.kind === "stream" ? file.decode(stream, 0) : null;
    expect(data?.ok === true && [...data.value]).toEqual([10, 20, 30, 10, 20, 30, 11, 21, 31, 11, 21, 31, 12, 21, 31]);
  });

  test("§7.3.4: strings and names are read with their escapes, and hexadecimal strings with their place", () => {
    const source = "<</A (a\\(b\\)\\101\\\n(c))/B#20C <4 1 4>>>";
    const file = read(twoRevisions(source, "null").bytes);
    const dictionary = file.object(1, 0);
    const [plain, hex] = [entryOf(dictionary, "A"), entryOf(dictionary, "B C")];
    expect(plain.kind === "string" && Buffer.from(plain.bytes).toString()).toBe("a(b)A(c)");
    const place = "%PDF-1.7\n1 0 obj\n".length + source.indexOf("<4 1");
    expect(hex).toMatchObject({
      kind: "string",
      hex: true,
      bytes: Uint8Array.of(0x41, 0x40),
      start: place,
      end: place + 7,
    });
  });

  test("§7.6: a file that names /Encrypt is a typed failure", () => {
    const text = Buffer.from(twoRevisions("<<>>", "<<>>").bytes).toString("latin1");
    const encrypted = readPdf(latin1(text.replace("/Prev", "/Encrypt 5 0 R/Prev")), nodePrimitives);
    expect(encrypted).toEqual({ ok: false, failure: { code: "encrypted" } });
  });

  test("a /Prev that points forward is refused: appended bytes must not speak for a signed revision", () => {
    const { bytes } = twoRevisions("<</A 1>>", "<</A 2>>");
    const text = Buffer.from(bytes).toString("latin1");
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    const looped = readPdf(latin1(text.replace("/Size 2/Root 1 0 R>>", `/Size 2/Prev ${start}>>    `)), nodePrimitives);
    expect(looped.ok).toBe(false);
  });
});
