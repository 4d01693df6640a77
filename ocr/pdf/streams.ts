import { inflateSync } from "node:zlib";
import { limits } from "../limits.ts";
import { Refusal } from "../reason-codes.ts";
import { latin1 } from "./tokens.ts";
import { itemsOf, nameOf, type PdfValue } from "./values.ts";

/** Names of the filters, in the order in which they are undone; abbreviations spelled out. */
export function filtersOf(filter: PdfValue | undefined): readonly string[] {
  const names = nameOf(filter) === null ? itemsOf(filter).map(nameOf) : [nameOf(filter)];
  return names.map((name) => (name === "Fl" ? "FlateDecode" : name === "DCT" ? "DCTDecode" : (name ?? "")));
}

/**
 * Undoes filters until one that is not ours to undo (pictures), with `limits.streamBytes` after each: layers of Flate
 * multiply, so the last size alone is no bound.
 *
 * @returns null where a filter other than Flate, ASCIIHex or ASCII85 stands in the way, or the data is broken
 */
export function unpack(data: Uint8Array, filters: readonly string[]): Uint8Array | null {
  let bytes: Uint8Array | null = data;
  for (const filter of filters) {
    if (bytes === null) return null;
    if (filter === "FlateDecode") bytes = inflate(bytes, limits.streamBytes);
    else if (filter === "ASCIIHexDecode" || filter === "AHx") bytes = undoHex(bytes);
    else if (filter === "ASCII85Decode" || filter === "A85") bytes = undoAscii85(bytes);
    else return null;
  }
  return bytes;
}

/** A cut or unchecked end is tolerated, as every reader does; growth beyond the limit is refused. */
export function inflate(bytes: Uint8Array, limitBytes: number): Uint8Array | null {
  try {
    return inflateSync(bytes, { maxOutputLength: limitBytes, finishFlush: 2 });
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw new Refusal("DECOMPRESSION_LIMIT");
    return null;
  }
}

function undoHex(bytes: Uint8Array): Uint8Array {
  const digits =
    latin1(bytes)
      .split(">")[0]
      ?.replace(/[^0-9a-f]/gi, "") ?? "";
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex");
}

// ISO 32000-1 §7.4.3: five characters are four bytes in base 85; `z` is four zeros.
function undoAscii85(bytes: Uint8Array): Uint8Array {
  const text = (latin1(bytes).split("~")[0] ?? "").replace(/\s/g, "").replaceAll("z", "!!!!!");
  const padded = text.padEnd(Math.ceil(text.length / 5) * 5, "u");
  const out = Buffer.alloc((padded.length / 5) * 4);
  for (let i = 0; i < padded.length; i += 5) {
    let group = 0;
    for (let k = 0; k < 5; k += 1) group = group * 85 + (padded.charCodeAt(i + k) - 33);
    out.writeUInt32BE(Math.abs(group) % 2 ** 32, (i / 5) * 4);
  }
  return out.subarray(0, out.length - (padded.length - text.length));
}

/** Undoes PNG predictors (ISO 32000-1 §7.4.4.4) as object and cross-reference streams use them; Paeth is not among those. */
export function undoPredictor(bytes: Uint8Array, columns: number): Uint8Array {
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row += 1) undoRow(bytes, out, row, columns);
  return out;
}

function undoRow(bytes: Uint8Array, out: Uint8Array, row: number, columns: number): void {
  const type = bytes[row * (columns + 1)] ?? 0;
  const from = row * columns;
  for (let i = 0; i < columns; i += 1) {
    const left = i > 0 ? (out[from + i - 1] ?? 0) : 0;
    const up = out[from + i - columns] ?? 0;
    out[from + i] = (bytes[from + row + 1 + i] ?? 0) + guess(type, left, up);
  }
}

function guess(type: number, left: number, up: number): number {
  if (type === 1) return left;
  if (type === 2) return up;
  return type === 3 ? (left + up) >> 1 : 0;
}
