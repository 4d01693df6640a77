import { type Bytes, fail, ok, type Result } from "../../../src/core/kernel.ts";
import type { Primitives } from "../primitives.ts";
import { hexValue, isWhiteSpace } from "./lexer.ts";
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
    readonly primitives: Pick<Primitives, "inflate">;
    readonly resolve: (object: PdfObject) => PdfObject;
  },
): Result<Bytes, DecodeFailure> {
  const { resolve } = context;
  const filters = listOf(resolve(entryOf(stream, "Filter")));
  const parameters = listOf(resolve(entryOf(stream, "DecodeParms")));
  if (filters.length > 4) return fail({ code: "filter_unsupported" });
  // Streams may lie inside one another: what is read again costs again.
  if (!spend(context.budget, "readBytes", stream.raw.length)) return fail({ code: "stream_too_large" });
  let data = stream.raw;
  for (const [i, filter] of filters.entries()) {
    const step = applyFilter(nameOf(resolve(filter)), data, resolve(parameters[i] ?? pdfNull), context);
    if (!spend(context.budget, "decodedBytes", costOf(step, data, context.limits)))
      return fail({ code: "stream_too_large" });
    if (!step.ok) return step;
    data = step.value;
  }
  return ok(data);
}

// Deflate grows at most so much (a match of 258 bytes in two bits).
const mostGrowth = 1032;

/** A stream that fails has cost what it may have grown to before: else a thousand that fail late would cost nothing. */
function costOf(step: Result<Bytes, DecodeFailure>, data: Bytes, limits: PdfLimits): number {
  if (step.ok) return step.value.length;
  return step.failure.code === "filter_unsupported" ? 0 : Math.min(limits.streamBytes, mostGrowth * data.length);
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
    readonly primitives: Pick<Primitives, "inflate">;
    readonly resolve: (o: PdfObject) => PdfObject;
  },
): Result<Bytes, DecodeFailure> {
  if (filter === "ASCIIHexDecode" || filter === "AHx") return asciiHex(data);
  if (filter === "ASCII85Decode" || filter === "A85") return ascii85(data, context.limits.streamBytes);
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
    if (byteAt(data, start) > 4) return fail({ code: "stream_broken" });
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
  const digits = (end < 0 ? data : data.subarray(0, end)).filter((byte) => !isWhiteSpace(byte));
  const out = new Uint8Array((digits.length + 1) >> 1);
  for (const [i, byte] of digits.entries()) {
    const digit = hexValue(byte);
    if (digit < 0) return fail({ code: "stream_broken" });
    out[i >> 1] = byteAt(out, i >> 1) | (i % 2 === 0 ? digit << 4 : digit);
  }
  return ok(out);
}

const zero85 = 0x7a; // z: four zero bytes

function ascii85(data: Bytes, limitBytes: number): Result<Bytes, DecodeFailure> {
  const end = data.indexOf(0x7e);
  const digits = (end < 0 ? data : data.subarray(0, end)).filter((byte) => byte > 0x20);
  const zeros = digits.reduce((count, byte) => (byte === zero85 ? count + 1 : count), 0);
  const mostBytes = 4 * (zeros + Math.ceil((digits.length - zeros) / 5));
  if (mostBytes > limitBytes) return fail({ code: "stream_too_large" });
  const out = new Uint8Array(mostBytes);
  let length = 0;
  for (let at = 0; at < digits.length; ) {
    const isZero = digits[at] === zero85;
    const count = isZero ? 4 : putGroup(digits.subarray(at, at + 5), out, length); // what was not put is zero
    if (count === 0) return fail({ code: "stream_broken" });
    at += isZero ? 1 : 5;
    length += count;
  }
  return ok(out.slice(0, length));
}

/** @returns how many bytes the group of one to five digits stands for; 0 for a group that stands for none, §7.4.3 */
function putGroup(group: Uint8Array, out: Uint8Array, at: number): number {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const digit = i < group.length ? byteAt(group, i) - 0x21 : 84;
    if (digit < 0 || digit > 84) return 0;
    value = value * 85 + digit;
  }
  if (value > 0xffffffff) return 0;
  for (let i = 0; i < group.length - 1; i++) out[at + i] = Math.floor(value / 256 ** (3 - i)) % 256;
  return group.length - 1;
}
