import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import { buildCode, type Code, fastBits, findLong, longestCode, newCode } from "./huffman.ts";

export type InflateFailure = { readonly code: "inflate_broken" | "inflate_too_large" };

/**
 * A zlib stream (RFC 1950, RFC 1951) to bytes, as strict as zlib: a code that is over-subscribed or incomplete, a length
 * or distance that does not exist, a match from before the start are broken. What follows the last block is not looked
 * at: PDF writers leave the checksum out, pad it and get it wrong.
 *
 * @param limitBytes of output; the stream is `inflate_too_large` as soon as it says more, whatever comes after
 */
export function inflate(bytes: Uint8Array, limitBytes: number): Result<Bytes, InflateFailure> {
  const start = deflateStart(bytes);
  if (start === null) return fail({ code: "inflate_broken" });
  const state = stateOf(bytes, start, limitBytes);
  const code = readBlocks(state);
  return code === null ? ok(state.out.slice(0, state.length)) : fail({ code });
}

/** Where the deflate data begin; null where the two octets before them are no header, or ask for a dictionary. RFC 1950 §2.2. */
export function deflateStart(bytes: Uint8Array): number | null {
  const [method = 0, flags = 0] = bytes;
  const isHeader = (method * 256 + flags) % 31 === 0 && method % 16 === 8 && method >> 4 <= 7 && (flags & 0x20) === 0;
  return isHeader ? 2 : null;
}

type State = {
  readonly bytes: Uint8Array;
  readonly limit: number;
  readonly literals: Code;
  readonly distances: Code;
  at: number;
  /** Bits taken from the input and not yet used, the next one lowest. */
  hold: number;
  bits: number;
  out: Bytes;
  length: number;
};

type Fault = InflateFailure["code"] | null;

function stateOf(bytes: Uint8Array, at: number, limit: number): State {
  const out = new Uint8Array(Math.min(limit, 4 * bytes.length + 1024));
  return { bytes, limit, literals: newCode(), distances: newCode(), at, hold: 0, bits: 0, out, length: 0 };
}

function readBlocks(state: State): Fault {
  for (let isLast = 0; isLast === 0; ) {
    isLast = take(state, 1);
    const kind = take(state, 2);
    const fault = kind === 0 ? readStored(state) : readCompressed(state, kind);
    if (fault !== null) return fault;
  }
  return null;
}

/** @returns -1 where the input ends before */
function take(state: State, count: number): number {
  fill(state, count);
  if (state.bits < count) return -1;
  const value = state.hold & ((1 << count) - 1);
  drop(state, count);
  return value;
}

function fill(state: State, count: number): void {
  while (state.bits < count && state.at < state.bytes.length) {
    state.hold |= (state.bytes[state.at++] ?? 0) << state.bits;
    state.bits += 8;
  }
}

function drop(state: State, count: number): void {
  state.hold >>>= count;
  state.bits -= count;
}

/** RFC 1951 §3.2.4. */
function readStored(state: State): Fault {
  state.at -= state.bits >> 3;
  state.hold = 0;
  state.bits = 0;
  const length = take(state, 16);
  if (length < 0 || take(state, 16) !== (length ^ 0xffff)) return "inflate_broken";
  const stored = state.bytes.subarray(state.at, state.at + length);
  if (!makeRoom(state, stored.length)) return "inflate_too_large";
  state.out.set(stored, state.length);
  state.length += stored.length;
  state.at += stored.length;
  return stored.length < length ? "inflate_broken" : null;
}

/** @returns false where the output would pass the limit */
function makeRoom(state: State, count: number): boolean {
  const needed = state.length + count;
  if (needed > state.limit) return false;
  if (needed <= state.out.length) return true;
  const larger = new Uint8Array(Math.min(state.limit, Math.max(needed, 2 * state.out.length)));
  larger.set(state.out.subarray(0, state.length));
  state.out = larger;
  return true;
}

function readCompressed(state: State, kind: number): Fault {
  const hasCodes = kind === 1 ? makeFixedCodes(state) : kind === 2 && readCodes(state);
  if (!hasCodes) return "inflate_broken";
  for (;;) {
    const symbol = decode(state, state.literals);
    if (symbol === 256) return null;
    const fault = symbol < 256 ? putLiteral(state, symbol) : copyMatch(state, symbol - 257);
    if (fault !== null) return fault;
  }
}

function putLiteral(state: State, symbol: number): Fault {
  if (symbol < 0) return "inflate_broken";
  if (!makeRoom(state, 1)) return "inflate_too_large";
  state.out[state.length++] = symbol;
  return null;
}

// RFC 1951 §3.2.5: lengths from 3, distances from 1, each with extra bits.
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBits = Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
const basesOf = (first: number, bits: readonly number[]): number[] =>
  bits.map((_, i) => bits.slice(0, i).reduce((sum, count) => sum + 2 ** count, first));
const lengthBases = basesOf(3, lengthBits).with(28, 258);
const distanceBases = basesOf(1, distanceBits);

function copyMatch(state: State, lengthSymbol: number): Fault {
  const length = withExtra(state, lengthSymbol, lengthBases, lengthBits);
  const distance = length < 0 ? -1 : withExtra(state, decode(state, state.distances), distanceBases, distanceBits);
  if (distance < 0 || distance > state.length) return "inflate_broken";
  if (!makeRoom(state, length)) return "inflate_too_large";
  const { out } = state;
  for (let i = 0; i < length; i++, state.length++) out[state.length] = out[state.length - distance] ?? 0;
  return null;
}

/** @returns -1 for a symbol that does not exist or bits that are missing */
function withExtra(state: State, symbol: number, bases: readonly number[], bits: readonly number[]): number {
  const base = bases[symbol];
  const count = bits[symbol];
  if (base === undefined || count === undefined) return -1;
  const extra = count === 0 ? 0 : take(state, count);
  return extra < 0 ? -1 : base + extra;
}

/** @returns -1 where no code fits or the input ends within it */
function decode(state: State, code: Code): number {
  fill(state, longestCode);
  const entry = code.fast[state.hold & ((1 << fastBits) - 1)] || findLong(code, state.hold);
  const length = entry & 15;
  if (length === 0 || length > state.bits) return -1;
  drop(state, length);
  return entry >> 4;
}

const fixedLiterals = Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const fixedDistances = new Uint8Array(30).fill(5);

/** RFC 1951 §3.2.6; symbols that may not occur have codes and no meaning. */
function makeFixedCodes(state: State): boolean {
  buildCode(state.literals, fixedLiterals);
  buildCode(state.distances, fixedDistances);
  return true;
}

const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** RFC 1951 §3.2.7. */
function readCodes(state: State): boolean {
  const literals = take(state, 5) + 257;
  const distances = take(state, 5) + 1;
  const count = take(state, 4) + 4;
  if (literals < 257 || literals > 286 || distances < 1 || distances > 30 || count < 4) return false;
  const ofLengths = new Uint8Array(19);
  for (const place of orderOfLengths.slice(0, count)) {
    const length = take(state, 3);
    if (length < 0) return false;
    ofLengths[place] = length;
  }
  if (buildCode(state.literals, ofLengths) !== 0) return false;
  const lengths = new Uint8Array(literals + distances);
  if (!readLengths(state, lengths) || lengths[256] === 0) return false;
  return (
    isUsable(state.literals, lengths.subarray(0, literals)) && isUsable(state.distances, lengths.subarray(literals))
  );
}

/** Complete, or one code of one bit, or none: what zlib lets pass. */
function isUsable(code: Code, lengths: Uint8Array): boolean {
  const left = buildCode(code, lengths);
  return left === 0 || (left > 0 && lengths.every((length) => length <= 1));
}

function readLengths(state: State, into: Uint8Array): boolean {
  for (let at = 0; at < into.length; ) {
    const symbol = decode(state, state.literals);
    if (symbol < 0) return false;
    const run = symbol < 16 ? { length: symbol, times: 1 } : runOf(state, symbol, into[at - 1] ?? -1);
    if (run === null || at + run.times > into.length) return false;
    into.fill(run.length, at, at + run.times);
    at += run.times;
  }
  return true;
}

/** @param before the length that 16 repeats; -1 where there is none */
function runOf(state: State, symbol: number, before: number): { length: number; times: number } | null {
  const [bits, least] = symbol === 16 ? [2, 3] : symbol === 17 ? [3, 3] : [7, 11];
  const more = take(state, bits);
  const length = symbol === 16 ? before : 0;
  return more < 0 || length < 0 ? null : { length, times: least + more };
}
