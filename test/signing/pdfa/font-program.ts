/** The parts of a TrueType program that ISO 19005-2 §6.2.11 asks about. OpenType 1.9. */
export type FontProgram = {
  readonly tables: ReadonlyMap<string, Buffer>;
  readonly glyphs: number;
  /** Thousandths of the em square. */
  readonly widthOf: (glyph: number) => number;
  /** Whether every table and offset lies inside the program, in order. */
  readonly isWhole: boolean;
};

export function readFontProgram(bytes: Uint8Array): FontProgram {
  const program = Buffer.from(bytes);
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < program.readUInt16BE(4); i++) {
    const record = 12 + 16 * i;
    const start = program.readUInt32BE(record + 8);
    tables.set(
      program.toString("latin1", record, record + 4),
      program.subarray(start, start + program.readUInt32BE(record + 12)),
    );
  }
  const table = (name: string) => tables.get(name) ?? Buffer.alloc(64);
  const glyphs = table("maxp").readUInt16BE(4);
  const metrics = table("hhea").readUInt16BE(34);
  const unitsPerEm = table("head").readUInt16BE(18) || 1;
  const advance = (glyph: number) => table("hmtx").readUInt16BE(4 * Math.min(glyph, metrics - 1));
  return {
    tables,
    glyphs,
    widthOf: (glyph) => (1000 * advance(glyph)) / unitsPerEm,
    isWhole: isWhole(table("head"), table("loca"), table("glyf"), glyphs),
  };
}

function isWhole(head: Buffer, loca: Buffer, glyf: Buffer, glyphs: number): boolean {
  const isLong = head.readInt16BE(50) === 1;
  if (loca.length < (glyphs + 1) * (isLong ? 4 : 2)) return false;
  const offsets = Array.from({ length: glyphs + 1 }, (_, i) =>
    isLong ? loca.readUInt32BE(4 * i) : 2 * loca.readUInt16BE(2 * i),
  );
  return offsets.every((offset, i) => offset >= (offsets[i - 1] ?? 0) && offset <= glyf.length);
}
