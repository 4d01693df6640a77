import { type Bytes, concatBytes } from "../../src/core/kernel.ts";

/**
 * Takes the instructions for coarse screens out of a TrueType program: nearly half of a subset, and no outline changes.
 * OpenType 1.9 "glyf"; ISO 32000-1 §9.9 needs `cvt `, `fpgm` and `prep` only where instructions use them.
 *
 * @param program as fontkit writes it: our own bytes, so that anything malformed is a bug and throws
 */
export function stripHinting(program: Bytes): Bytes {
  const tables = readTables(program);
  const head = Uint8Array.from(table(tables, "head"));
  const longOffsets = viewOf(head).getInt16(50) === 1;
  const glyphs = glyphsOf(table(tables, "glyf"), table(tables, "loca"), longOffsets).map(withoutInstructions);
  const maxp = Uint8Array.from(table(tables, "maxp"));
  viewOf(maxp).setUint16(26, 0); // maxSizeOfInstructions
  viewOf(head).setInt16(50, 1);
  viewOf(head).setUint32(8, 0); // checkSumAdjustment is reckoned over the file with itself at zero
  return writeTables([
    ["glyf", concatBytes(...glyphs)],
    ["head", head],
    ["hhea", table(tables, "hhea")],
    ["hmtx", table(tables, "hmtx")],
    ["loca", longLoca(glyphs)],
    ["maxp", maxp],
  ]);
}

type Tables = ReadonlyMap<string, Bytes>;

function readTables(program: Bytes): Tables {
  const view = viewOf(program);
  return new Map(
    Array.from({ length: view.getUint16(4) }, (_, i) => {
      const record = 12 + 16 * i;
      const name = String.fromCharCode(...program.subarray(record, record + 4));
      const start = view.getUint32(record + 8);
      return [name, program.subarray(start, start + view.getUint32(record + 12))];
    }),
  );
}

function table(tables: Tables, name: string): Bytes {
  const found = tables.get(name);
  if (!found) throw new Error(`The font has no ${name} table`);
  return found;
}

function glyphsOf(glyf: Bytes, loca: Bytes, longOffsets: boolean): Bytes[] {
  const view = viewOf(loca);
  const count = loca.length / (longOffsets ? 4 : 2) - 1;
  const offset = (i: number) => (longOffsets ? view.getUint32(4 * i) : 2 * view.getUint16(2 * i));
  return Array.from({ length: count }, (_, i) => glyf.subarray(offset(i), offset(i + 1)));
}

function withoutInstructions(glyph: Bytes): Bytes {
  if (glyph.length === 0) return glyph;
  const contours = viewOf(glyph).getInt16(0);
  return padded(contours >= 0 ? simpleWithout(glyph, contours) : compoundWithout(glyph));
}

function simpleWithout(glyph: Bytes, contours: number): Bytes {
  const lengthAt = 10 + 2 * contours;
  const after = lengthAt + 2 + viewOf(glyph).getUint16(lengthAt);
  return concatBytes(glyph.subarray(0, lengthAt), new Uint8Array(2), glyph.subarray(after));
}

const flag = { words: 0x0001, scale: 0x0008, more: 0x0020, scaleXY: 0x0040, matrix: 0x0080, instructions: 0x0100 };

function compoundWithout(glyph: Bytes): Bytes {
  const copy = Uint8Array.from(glyph);
  const view = viewOf(copy);
  let at = 10;
  for (;;) {
    const flags = view.getUint16(at);
    view.setUint16(at, flags & ~flag.instructions);
    at += 4 + (flags & flag.words ? 4 : 2) + scaleBytes(flags);
    if (!(flags & flag.more)) return copy.slice(0, at);
  }
}

function scaleBytes(flags: number): number {
  if (flags & flag.matrix) return 8;
  if (flags & flag.scaleXY) return 4;
  return flags & flag.scale ? 2 : 0;
}

function longLoca(glyphs: readonly Bytes[]): Bytes {
  const loca = new Uint8Array(4 * (glyphs.length + 1));
  let offset = 0;
  glyphs.forEach((glyph, i) => {
    offset += glyph.length;
    viewOf(loca).setUint32(4 * (i + 1), offset);
  });
  return loca;
}

function writeTables(tables: readonly (readonly [name: string, bytes: Bytes])[]): Bytes {
  const header = new Uint8Array(12 + 16 * tables.length);
  const view = viewOf(header);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x00010000);
  [tables.length, 16 * power, Math.log2(power), 16 * (tables.length - power)].forEach((value, i) => {
    view.setUint16(4 + 2 * i, value);
  });
  let offset = header.length;
  tables.forEach(([name, bytes], i) => {
    const record = 12 + 16 * i;
    header.set(
      Array.from(name, (letter) => letter.charCodeAt(0)),
      record,
    );
    view.setUint32(record + 4, checksum(padded(bytes)));
    view.setUint32(record + 8, offset);
    view.setUint32(record + 12, bytes.length);
    offset += padded(bytes).length;
  });
  const program = concatBytes(header, ...tables.map(([, bytes]) => padded(bytes)));
  const headAt = view.getUint32(12 + 16 * tables.findIndex(([name]) => name === "head") + 8);
  viewOf(program).setUint32(headAt + 8, (0xb1b0afba - checksum(program)) >>> 0);
  return program;
}

function checksum(bytes: Bytes): number {
  const view = viewOf(bytes);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

const padded = (bytes: Bytes): Bytes => concatBytes(bytes, new Uint8Array((4 - (bytes.length % 4)) % 4));

const viewOf = (bytes: Bytes): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
