import { type Bytes, concatBytes, utf8 } from "../../core/kernel.ts";

/** A file in an archive; its name is plain ASCII. */
export type ZipEntry = { readonly name: string; readonly content: Bytes };

/** Files one behind the other, not compressed, all of one fixed day: equal content gives equal bytes. APPNOTE 6.3.10 §4.3. */
export function zipOf(entries: readonly ZipEntry[]): Bytes {
  let offset = 0;
  const placed = entries.map((entry) => {
    const head = headOf(entry);
    const at = offset;
    offset += 30 + head.name.length + entry.content.length;
    return { ...head, content: entry.content, at };
  });
  const files = placed.flatMap(({ name, common, content }) => [
    u32(0x04034b50),
    u16(20),
    common,
    u16(0),
    name,
    content,
  ]);
  const directory = placed.map(({ name, common, at }) =>
    concatBytes(u32(0x02014b50), u16(20), u16(20), common, u16(0), u16(0), u16(0), u16(0), u32(0), u32(at), name),
  );
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = u16(entries.length);
  const end = concatBytes(u32(0x06054b50), u16(0), u16(0), count, count, u32(size), u32(offset), u16(0));
  return concatBytes(...files, ...directory, end);
}

/** Flags, method, time, date, checksum, both sizes and the length of the name: what both headers share. */
function headOf({ name, content }: ZipEntry): { readonly name: Bytes; readonly common: Bytes } {
  const size = u32(content.length);
  const nameBytes = utf8(name);
  const date = u16(0x21); // 1 January 1980, the earliest that the format knows
  const common = concatBytes(u16(0), u16(0), u16(0), date, u32(crc32(content)), size, size, u16(nameBytes.length));
  return { name: nameBytes, common };
}

const u16 = (value: number): Bytes => Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);
const u32 = (value: number): Bytes => concatBytes(u16(value), u16(value >>> 16));

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** ISO 3309, as in APPNOTE 6.3.10 §4.4.7. */
function crc32(bytes: Bytes): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ (table[(rest ^ byte) & 0xff] ?? 0);
  return (rest ^ 0xffffffff) >>> 0;
}
