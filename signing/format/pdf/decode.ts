import { type Bytes, fail, ok, type Result } from "../../../src/core/kernel.ts";
import type { Primitives } from "../primitives.ts";
import { type PdfBudget, type PdfLimits, spend } from "./limits.ts";
import { entryOf, integerOf, itemsOf, nameOf, type PdfObject, type PdfStream, pdfNull } from "./object.ts";

export type DecodeFailure = { readonly code: "filter_unsupported" | "stream_broken" | "stream_too_large" };

/**
 * The data of a stream after its filters, ISO 32000-2 §7.4: Flate with predictors, ASCIIHex, ASCII85. Images and LZW
 * are `filter_unsupported`: nothing that is judged here needs them.
 *
 * @param resolve follows a reference in the filter entries
 */
export function decodeStream(
  stream: PdfStream,
  context: {
    readonly limits: PdfLimits;
    readonly budget: PdfBudget;
    readonly primitives: Primitives;
    readonly resolve: (object: PdfObject) => PdfObject;
  },
): Result<Bytes, DecodeFailure> {
  const { resolve } = context;
  const filters = listOf(resolve(entryOf(stream, "Filter")));
  const parameters = listOf(resolve(entryOf(stream, "DecodeParms")));
  if (filters.length > 4) return fail({ code: "filter_unsupported" });
  let data = stream.raw;
  for (const [i, filter] of filters.entries()) {
    const step = applyFilter(nameOf(resolve(filter)), data, resolve(parameters[i] ?? pdfNull), context);
    if (!step.ok) return step;
    if (!spend(context.budget, "decodedBytes", step.value.length)) return fail({ code: "stream_too_large" });
    data = step.value;
  }
  return ok(data);
}

const listOf = (object: PdfObject): readonly PdfObject[] => {
  if (object.kind === "null") return [];
  return object.kind === "array" ? itemsOf(object) : [object];
};

function applyFilter(
  filter: string | null,
  data: Bytes,
  parameters: PdfObject,
  context: {
    readonly limits: PdfLimits;
    readonly primitives: Primitives;
    readonly resolve: (o: PdfObject) => PdfObject;
  },
): Result<Bytes, DecodeFailure> {
  if (filter === "ASCIIHexDecode" || filter === "AHx") return asciiHex(data);
  if (filter === "ASCII85Decode" || filter === "A85") return ascii85(data);
  if (filter !== "FlateDecode" && filter !== "Fl") return fail({ code: "filter_unsupported" });
  const inflated = context.primitives.inflate(data, context.limits.streamBytes);
  if (!inflated.ok)
    return fail({ code: inflated.failure.code === "inflate_too_large" ? "stream_too_large" : "stream_broken" });
  const number = (key: string, other: number) => integerOf(context.resolve(entryOf(parameters, key))) ?? other;
  const predictor = number("Predictor", 1);
  if (predictor === 1) return inflated;
  if (predictor < 10) return fail({ code: "filter_unsupported" });
  return undoPng(inflated.value, number("Columns", 1), number("Colors", 1), number("BitsPerComponent", 8));
}

/** PNG prediction, ISO 32000-2 §7.4.4.4: each row is led by its filter type. */
function undoPng(data: Bytes, columns: number, colors: number, bits: number): Result<Bytes, DecodeFailure> {
  const rowBytes = Math.ceil((columns * colors * bits) / 8);
  const step = Math.max(1, (colors * bits) >> 3);
  if (!(rowBytes >= 1 && rowBytes <= 1 << 20)) return fail({ code: "stream_broken" });
  const rows = Math.floor(data.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    const start = row * (rowBytes + 1);
    out.set(data.subarray(start + 1, start + 1 + rowBytes), row * rowBytes);
    const line = out.subarray(row * rowBytes, (row + 1) * rowBytes);
    const above = row === 0 ? noBytes : out.subarray((row - 1) * rowBytes, row * rowBytes);
    undoRow(byteAt(data, start), line, above, step);
  }
  return ok(out);
}

const noBytes = new Uint8Array();

function undoRow(type: number, line: Uint8Array, above: Uint8Array, step: number): void {
  for (let i = 0; i < line.length; i++) {
    const left = i < step ? 0 : byteAt(line, i - step);
    const corner = i < step ? 0 : byteAt(above, i - step);
    line[i] = byteAt(line, i) + predicted(type, left, byteAt(above, i), corner);
  }
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

function predicted(type: number, left: number, up: number, corner: number): number {
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  return type === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const byLeft = Math.abs(up - corner);
  const byUp = Math.abs(left - corner);
  const byCorner = Math.abs(left + up - 2 * corner);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

function asciiHex(data: Bytes): Result<Bytes, DecodeFailure> {
  const end = data.indexOf(0x3e);
  const text = new TextDecoder("latin1").decode(end < 0 ? data : data.subarray(0, end)).replace(/[\0\t\n\f\r ]+/g, "");
  if (!/^[0-9A-Fa-f]*$/.test(text)) return fail({ code: "stream_broken" });
  const even = text.length % 2 === 0 ? text : `${text}0`;
  return ok(Uint8Array.from({ length: even.length / 2 }, (_, i) => Number.parseInt(even.slice(2 * i, 2 * i + 2), 16)));
}

function ascii85(data: Bytes): Result<Bytes, DecodeFailure> {
  const end = data.indexOf(0x7e);
  const digits = (end < 0 ? data : data.subarray(0, end)).filter((byte) => byte > 0x20);
  if (digits.some((byte) => (byte < 0x21 || byte > 0x75) && byte !== 0x7a)) return fail({ code: "stream_broken" });
  const out: number[] = [];
  let group: number[] = [];
  for (const byte of digits) {
    if (byte === 0x7a) out.push(0, 0, 0, 0);
    else group.push(byte - 0x21);
    if (group.length < 5) continue;
    pushGroup(group, 4, out);
    group = [];
  }
  if (group.length > 1) pushGroup([...group, 84, 84, 84, 84].slice(0, 5), group.length - 1, out);
  return ok(Uint8Array.from(out));
}

function pushGroup(group: readonly number[], count: number, out: number[]): void {
  const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
  for (let i = 0; i < count; i++) out.push(Math.floor(value / 256 ** (3 - i)) % 256);
}
