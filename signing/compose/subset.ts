import { type Bytes, concatBytes } from "../../src/core/kernel.ts";

/** A TrueType file opened once, from which the outlines of single glyphs are taken for one document after the other. */
export type Outlines = { readonly tables: Tables; readonly glyph: (id: number) => Outline };

type Outline = {
  /** Without instructions, padded to four bytes. */
  readonly bytes: Bytes;
  /** Advance and left bearing as `hmtx` has them. */
  readonly metrics: Bytes;
  /** Where the number of each part stands in `bytes`, of a glyph that is made of others: most letters with marks are. */
  readonly parts: readonly number[];
};

/** Glyphs of one document. The first is the one for what a font does not have. */
export type Subset = {
  /** Place of the glyph in the subset; the same glyph always gets the same place. */
  readonly include: (id: number) => number;
  /** TrueType program of the included glyphs and their parts. */
  readonly encode: () => Bytes;
};

/** @param program a font of ours, so that anything malformed is a bug and throws */
export function openOutlines(program: Bytes): Outlines {
  const tables = readTables(program);
  const [glyf, hmtx] = [table(tables, "glyf"), table(tables, "hmtx")];
  const offsets = offsetsOf(table(tables, "loca"), viewOf(table(tables, "head")).getInt16(50) === 1);
  const metricsCount = viewOf(table(tables, "hhea")).getUint16(34);
  const known = new Map<number, Outline>();
  const glyph = (id: number): Outline => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const bytes = withoutInstructions(glyf.subarray(offsets[id], offsets[id + 1]));
    const made = { bytes, metrics: metricsOf(hmtx, id, metricsCount), parts: partsOf(bytes) };
    known.set(id, made);
    return made;
  };
  return { tables, glyph };
}

/**
 * A subset of the outlines without the instructions for coarse screens, which were nearly half of it: no outline changes.
 * OpenType 1.9 "glyf"; ISO 32000-1 §9.9 needs `cvt `, `fpgm` and `prep` only where instructions use them.
 */
export function openSubset({ tables, glyph }: Outlines): Subset {
  const places = new Map<number, number>([[0, 0]]);
  const include = (id: number): number => {
    const place = places.get(id) ?? places.size;
    places.set(id, place);
    return place;
  };
  const encode = () => {
    const glyphs: Outline[] = [];
    for (const id of places.keys()) glyphs.push(withParts(glyph(id), include)); // parts join the end of the same list
    return programOf(tables, glyphs);
  };
  return { include, encode };
}

function withParts(outline: Outline, include: Subset["include"]): Outline {
  if (outline.parts.length === 0) return outline;
  const bytes = Uint8Array.from(outline.bytes);
  const view = viewOf(bytes);
  for (const at of outline.parts) view.setUint16(at, include(view.getUint16(at)));
  return { ...outline, bytes };
}

function programOf(tables: Tables, glyphs: readonly Outline[]): Bytes {
  const [head, hhea, maxp] = [copyOf(tables, "head"), copyOf(tables, "hhea"), copyOf(tables, "maxp")];
  viewOf(maxp).setUint16(4, glyphs.length);
  viewOf(maxp).setUint16(26, 0); // maxSizeOfInstructions
  viewOf(hhea).setUint16(34, glyphs.length);
  viewOf(head).setInt16(50, 1);
  viewOf(head).setUint32(8, 0); // checkSumAdjustment is reckoned over the file with itself at zero
  return writeTables([
    ["glyf", concatBytes(...glyphs.map(({ bytes }) => bytes))],
    ["head", head],
    ["hhea", hhea],
    ["hmtx", concatBytes(...glyphs.map(({ metrics }) => metrics))],
    ["loca", longLoca(glyphs)],
    ["maxp", maxp],
  ]);
}

const copyOf = (tables: Tables, name: string): Bytes => Uint8Array.from(table(tables, name));

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

function offsetsOf(loca: Bytes, isLong: boolean): Uint32Array {
  const view = viewOf(loca);
  const count = loca.length / (isLong ? 4 : 2);
  return Uint32Array.from({ length: count }, (_, i) => (isLong ? view.getUint32(4 * i) : 2 * view.getUint16(2 * i)));
}

/** OpenType 1.9 "hmtx": glyphs beyond the last full entry share its advance. */
function metricsOf(hmtx: Bytes, id: number, count: number): Bytes {
  if (id < count) return hmtx.subarray(4 * id, 4 * id + 4);
  const [advanceAt, bearingAt] = [4 * (count - 1), 4 * count + 2 * (id - count)];
  return concatBytes(hmtx.subarray(advanceAt, advanceAt + 2), hmtx.subarray(bearingAt, bearingAt + 2));
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
  let end = 10;
  for (const { at, flags, next } of partsIn(glyph)) {
    view.setUint16(at, flags & ~flag.instructions);
    end = next;
  }
  return copy.slice(0, end);
}

const partsOf = (glyph: Bytes): readonly number[] =>
  glyph.length > 0 && viewOf(glyph).getInt16(0) < 0 ? Array.from(partsIn(glyph), ({ at }) => at + 2) : [];

type Part = { readonly at: number; readonly flags: number; readonly next: number };

/** Of a glyph made of others: flags, number, places and scale of each. */
function* partsIn(glyph: Bytes): Generator<Part> {
  const view = viewOf(glyph);
  for (let at = 10, more = true; more; ) {
    const flags = view.getUint16(at);
    const next = at + 4 + (flags & flag.words ? 4 : 2) + scaleBytes(flags);
    yield { at, flags, next };
    more = (flags & flag.more) !== 0;
    at = next;
  }
}

function scaleBytes(flags: number): number {
  if (flags & flag.matrix) return 8;
  if (flags & flag.scaleXY) return 4;
  return flags & flag.scale ? 2 : 0;
}

function longLoca(glyphs: readonly Outline[]): Bytes {
  const loca = new Uint8Array(4 * (glyphs.length + 1));
  let offset = 0;
  glyphs.forEach(({ bytes }, i) => {
    offset += bytes.length;
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
