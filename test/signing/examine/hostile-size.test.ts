import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { examine } from "./sealed-copy.ts";

const at = "2026-11-22T00:00:00Z" as Instant;
const latin1 = (text: string) => Buffer.from(text, "latin1");
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const references = (count: number, from: number) => times(count, (i) => `${from + i} 0 R`).join(" ");

/** A file written object by object, with revisions and signatures that a competent reader must look at. */
class Writer {
  #parts: Buffer[] = [latin1("%PDF-1.7\n")];
  #places = new Map<number, number>();
  #previous = 0;
  length = 9;
  size = 1;

  put(part: string | Buffer): void {
    const bytes = typeof part === "string" ? latin1(part) : part;
    this.#parts.push(bytes);
    this.length += bytes.length;
  }

  object(number: number, body: string | Buffer): void {
    this.#places.set(number, this.length);
    this.size = Math.max(this.size, number + 1);
    this.put(`${number} 0 obj\n`);
    this.put(body);
    this.put("\nendobj\n");
  }

  stream(number: number, entries: string, data: Buffer): void {
    const head = latin1(`<<${entries}/Length ${data.length}>>\nstream\n`);
    this.object(number, Buffer.concat([head, data, latin1("\nendstream")]));
  }

  /** Ends the revision with a table. */
  close(): void {
    const start = this.length;
    const rows = [...this.#places].map(([number, offset]) => {
      return `${number} 1\n${String(offset).padStart(10, "0")} 00000 n\r\n`;
    });
    const previous = this.#previous === 0 ? "" : `/Prev ${this.#previous}`;
    this.put(
      `xref\n${rows.join("")}trailer\n<</Size ${this.size}/Root 1 0 R${previous}>>\nstartxref\n${start}\n%%EOF\n`,
    );
    this.#previous = start;
    this.#places.clear();
  }

  /** A signature revision of a right structure over `contents`, whatever that is. */
  sign(number: number, field: number, contents: Buffer): void {
    const hex = contents.toString("hex");
    const head = `${number} 0 obj\n<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange [${" ".repeat(40)}]/Contents <`;
    const start = this.length;
    this.#places.set(number, start);
    this.size = Math.max(this.size, number + 1);
    const place = this.#parts.length;
    this.put(`${head}${hex}>>>\nendobj\n`);
    this.object(field, `<</FT/Sig/T(s${field})/V ${number} 0 R>>`);
    this.close();
    const gapStart = start + head.length - 1;
    const gapEnd = gapStart + hex.length + 2;
    const range = `0 ${gapStart} ${gapEnd} ${this.length - gapEnd}`;
    this.#parts[place]?.write(range, head.indexOf("[") + 1, "latin1");
  }

  /** Ends the file with a cross-reference stream, in which these numbers stand in those object streams. */
  closeCompressed(inside: ReadonlyMap<number, number>): void {
    const number = this.size + 10_000;
    const rows = Buffer.alloc(8 * number);
    for (const [one, offset] of this.#places) rows.writeUInt8(1, 8 * one) && rows.writeUInt32BE(offset, 8 * one + 1);
    for (const [one, stream] of inside) rows.writeUInt8(2, 8 * one) && rows.writeUInt32BE(stream, 8 * one + 1);
    const start = this.length;
    this.stream(number, `/Type/XRef/W[1 4 3]/Size ${number}/Root 1 0 R`, rows);
    this.put(`startxref\n${start}\n%%EOF\n`);
  }

  bytes(): Bytes {
    return new Uint8Array(Buffer.concat(this.#parts));
  }
}

const broken = Buffer.from([0x30, 0x80, 1]);

function started(fields: string, more = "", pages = "<</Kids[]/Count 0>>"): Writer {
  const writer = new Writer();
  writer.object(1, `<</Pages 2 0 R/AcroForm<</Fields[${fields}]>>${more}>>`);
  writer.object(2, pages);
  return writer;
}

/** Fields that stand each in an object stream of its own, all of them `data` under these filters. */
function compressed(streams: number, filter: string, data: Buffer): Bytes {
  const writer = started(references(streams, 5000));
  for (let i = 0; i < streams; i++) writer.stream(1000 + i, `/Type/ObjStm/N 1/First 10/Filter/${filter}`, data);
  writer.closeCompressed(new Map(times(streams, (i) => [5000 + i, 1000 + i])));
  return writer.bytes();
}

const files: Record<string, () => Bytes> = {
  "sixty signatures over fifty thousand objects": () => {
    const page = `<</Type/Page/Parent 2 0 R/Resources[${references(50_000, 1000)}]>>`;
    const writer = started(references(60, 10), "", "<</Kids[3 0 R]/Count 1>>");
    writer.object(3, page);
    for (let i = 0; i < 60; i++) writer.object(10 + i, `<</FT/Sig/T(s${10 + i})>>`);
    for (let i = 0; i < 50_000; i++) writer.object(1000 + i, "<</A[1 2 3 4 5]/B 2 0 R>>");
    writer.close();
    for (let i = 0; i < 60; i++) writer.sign(500 + i, 10 + i, broken);
    return writer.bytes();
  },
  "five hundred revisions over twenty thousand pages": () => {
    const writer = started(references(20, 10), "", `<</Kids[${references(20_000, 2000)}]/Count 20000>>`);
    for (let i = 0; i < 20; i++) writer.object(10 + i, `<</FT/Sig/T(s${10 + i})>>`);
    for (let i = 0; i < 20_000; i++) writer.object(2000 + i, "<</Type/Page/Parent 2 0 R/Contents 5 0 R>>");
    writer.close();
    for (let i = 0; i < 20; i++) writer.sign(500 + i, 10 + i, broken);
    for (let i = 0; i < 480; i++) {
      writer.object(90_000 + i, "null");
      writer.close();
    }
    return writer.bytes();
  },
  "one array of a hundred thousand annotations on forty thousand pages": () => {
    const writer = started("10 0 R", "", `<</Kids[${references(40_000, 2000)}]/Count 40000>>`);
    for (let i = 0; i < 40_000; i++) writer.object(2000 + i, "<</Type/Page/Parent 2 0 R/Annots 5 0 R>>");
    writer.object(5, `[${"2 0 R ".repeat(100_000)}]`);
    writer.object(10, "<</FT/Sig/T(s)>>");
    writer.close();
    writer.sign(500, 10, broken);
    writer.object(90_000, "null");
    writer.close();
    return writer.bytes();
  },
  "object streams that break after sixty megabytes": () => {
    const bomb = deflateSync(Buffer.alloc(60 * 1024 * 1024));
    return compressed(100, "FlateDecode", Buffer.concat([bomb.subarray(0, -20), Buffer.alloc(4, 0xff)]));
  },
  "object streams of nothing but zeros in ASCII85": () => compressed(8, "ASCII85Decode", Buffer.alloc(3_000_000, "z")),
  "names that grow with every kid": () => {
    const writer = started("10 0 R");
    writer.object(10, `<</T(${"a".repeat(5_000_000)})/Kids[${references(5000, 1000)}]>>`);
    for (let i = 0; i < 5000; i++) writer.object(1000 + i, "<</T(a)>>");
    writer.close();
    return writer.bytes();
  },
  "an array of eight million numbers": () => {
    const writer = started("10 0 R", `/Names[${"0 ".repeat(8_000_000)}]`);
    writer.object(10, "<</FT/Sig/T(s)>>");
    writer.close();
    writer.sign(500, 10, broken);
    return writer.bytes();
  },
  "a structure of two thousand kids in six levels, all the same": () => {
    const writer = started("10 0 R", "/StructTreeRoot 20 0 R");
    writer.object(10, "<</FT/Sig/T(s)>>");
    writer.object(20, "<</K[]>>");
    writer.close();
    writer.sign(500, 10, broken);
    writer.object(20, "<</K[21 0 R]>>");
    for (let i = 21; i < 27; i++) writer.object(i, `<</K[${`${i + 1} 0 R `.repeat(2000)}]>>`);
    writer.object(27, "<</Type/OBJR/Obj 28 0 R>>");
    writer.object(28, "<</Subtype/Widget>>");
    writer.close();
    return writer.bytes();
  },
  "a store of evidence in another order": () => {
    const store = (order: string[]) => `/DSS<</Certs[${order.join(" ")}]>>`;
    const numbers = times(1999, (i) => `${1000 + i} 0 R`);
    const writer = started("10 0 R", store(numbers));
    writer.object(10, "<</FT/Sig/T(s)>>");
    for (let i = 0; i < 1999; i++) writer.object(1000 + i, `(${i})`);
    writer.close();
    writer.sign(500, 10, broken);
    writer.object(1, `<</Pages 2 0 R/AcroForm<</Fields[10 0 R]>>${store(numbers.toReversed())}>>`);
    writer.close();
    return writer.bytes();
  },
  "a CMS of five million elements": () => {
    const writer = started("10 0 R");
    writer.object(10, "<</FT/Sig/T(s)>>");
    writer.close();
    writer.sign(500, 10, bigCms(5_000_000));
    return writer.bytes();
  },
};

function bigCms(elements: number): Buffer {
  const tlv = (tag: number, ...parts: Buffer[]) => {
    const content = Buffer.concat(parts);
    const head = Buffer.from([tag, 0x84, 0, 0, 0, 0]);
    head.writeUInt32BE(content.length, 2);
    return Buffer.concat([head, content]);
  };
  const nulls = Buffer.alloc(2 * elements);
  for (let i = 0; i < elements; i++) nulls[2 * i] = 5;
  const [signedData, data] = ["06092a864886f70d010702", "06092a864886f70d010701"].map((hex) => Buffer.from(hex, "hex"));
  if (signedData === undefined || data === undefined) throw new Error("two identifiers");
  const version = Buffer.from("020101", "hex");
  const parts = [version, tlv(0x31), tlv(0x30, data), tlv(0xa0, nulls), tlv(0x31, nulls.subarray(0, 100_000))];
  return tlv(0x30, signedData, tlv(0xa0, tlv(0x30, ...parts)));
}

describe("PERFORMANCE: a file that asks for more work than it weighs", () => {
  test.each(Object.keys(files))("%s: a typed answer within ten seconds of work, never PASSED", async (name) => {
    const pdf = files[name]?.() ?? new Uint8Array();
    const start = process.cpuUsage(); // of this process: other tests run beside it
    const { code, document, unreadable } = await examine(pdf, { anchors: [], at });
    expect(process.cpuUsage(start).user / 1e6, "seconds").toBeLessThan(10);
    expect(document.status).not.toBe("PASSED");
    expect([code, unreadable], name).not.toContain("INTACT");
  }, 60_000);
});
