import { crc32 } from "node:zlib";
import { type Bytes, concatBytes, utf8 } from "../core/kernel.ts";

export type ZipEntry = { readonly name: string; readonly content: Bytes };

const utf8Names = 0x0800; // general purpose bit 11
const oldestDate = 0x0021; // 1 January 1980: the archive says nothing of when it was made

/**
 * A ZIP archive of files as they are, without compression: scans and PDFs do not become smaller. APPNOTE 6.3.10, sections
 * 4.3.7, 4.3.12 and 4.3.16; no ZIP64, so less than 4 GiB in all and 65,535 entries at most.
 */
export function storedZip(entries: readonly ZipEntry[]): Bytes {
  const parts: Uint8Array[] = [];
  const archive = openArchive();
  for (const entry of entries) parts.push(...archive.add(entry));
  return concatBytes(...parts, archive.end());
}

/** The same piece by piece, with one entry in memory at a time. */
export async function* streamedZip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Bytes> {
  const archive = openArchive();
  for await (const entry of entries) yield* archive.add(entry);
  yield archive.end();
}

function openArchive() {
  const directory: Uint8Array[] = [];
  let offset = 0;
  return {
    add: ({ name, content }: ZipEntry): readonly Bytes[] => {
      const nameBytes = utf8(name);
      const common = commonPart(content, nameBytes.length);
      const head = concatBytes(bytesOf([[4, 0x04034b50]]), common, bytesOf([[2, 0]]), nameBytes);
      directory.push(directoryLine(common, offset, nameBytes));
      offset += head.length + content.length;
      return [head, content];
    },
    end: (): Bytes => {
      const index = concatBytes(...directory);
      return concatBytes(index, endOf(directory.length, index.length, offset));
    },
  };
}

function directoryLine(common: Bytes, offset: number, nameBytes: Bytes): Bytes {
  const start = bytesOf([
    [4, 0x02014b50],
    [2, 20],
  ]);
  const rest = bytesOf([
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, offset],
  ]);
  return concatBytes(start, common, rest, nameBytes);
}

/** From "version needed" to the length of the name: the same in both headers. */
const commonPart = (content: Bytes, nameLength: number): Bytes =>
  bytesOf([
    [2, 20],
    [2, utf8Names],
    [2, 0],
    [2, 0],
    [2, oldestDate],
    [4, crc32(content)],
    [4, content.length],
    [4, content.length],
    [2, nameLength],
  ]);

const endOf = (entries: number, indexLength: number, indexAt: number): Bytes =>
  bytesOf([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries],
    [2, entries],
    [4, indexLength],
    [4, indexAt],
    [2, 0],
  ]);

/** Little-endian whole numbers of two or four bytes. */
function bytesOf(numbers: readonly (readonly [size: 2 | 4, value: number])[]): Bytes {
  const bytes = new Uint8Array(numbers.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}
