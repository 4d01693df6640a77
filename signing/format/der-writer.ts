import { type Bytes, type Instant, utf8 } from "../../src/core/kernel.ts";
import { tag } from "./der.ts";

// DER, X.690 §10 and §11: definite lengths, shortest forms, SET OF sorted.

/** Any tag: `identifier` is the whole first octet (class, constructed bit, number below 31). */
export function element(identifier: number, ...contents: readonly Uint8Array[]): Bytes {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  const header = length < 128 ? [identifier, length] : [identifier, ...longLength(length)];
  const written = new Uint8Array(header.length + length);
  written.set(header);
  let at = header.length;
  for (const part of contents) {
    written.set(part, at);
    at += part.length;
  }
  return written;
}

function longLength(length: number): number[] {
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

const constructed = 0x20;
const context = 0x80;

export const sequence = (...members: readonly Uint8Array[]): Bytes => element(constructed | tag.sequence, ...members);

/** SET OF: members in ascending order of their encodings, X.690 §11.6. */
export const setOf = (...members: readonly Uint8Array[]): Bytes =>
  element(constructed | tag.set, ...members.toSorted(compareEncodings));

/** `[n] EXPLICIT`: wraps whole elements. */
export const explicit = (number: number, ...inner: readonly Uint8Array[]): Bytes =>
  element(context | constructed | number, ...inner);

/** `[n] IMPLICIT`: replaces the identifier of one element, keeping its constructed bit. */
export function implicit(number: number, whole: Uint8Array): Bytes {
  const written = new Uint8Array(whole);
  written[0] = context | ((whole[0] ?? 0) & constructed) | number;
  return written;
}

export const nullValue = (): Bytes => element(tag.null);
export const boolean = (value: boolean): Bytes => element(tag.boolean, Uint8Array.of(value ? 0xff : 0));

/** Shortest two's complement. */
export function integer(value: bigint | number): Bytes {
  let rest = BigInt(value);
  const octets: number[] = [];
  do {
    octets.unshift(Number(rest & 0xffn));
    rest >>= 8n;
  } while (!(rest === 0n && (octets[0] ?? 0) < 128) && !(rest === -1n && (octets[0] ?? 0) > 127));
  return element(tag.integer, Uint8Array.from(octets));
}

/** Octets read as an unsigned number, shortest form: nonces and serials made of random bytes. */
export function unsignedInteger(octets: Uint8Array): Bytes {
  const first = octets.findIndex((octet) => octet !== 0);
  const significant = first < 0 ? Uint8Array.of(0) : octets.subarray(first);
  const sign = (significant[0] ?? 0) > 127 ? Uint8Array.of(0) : new Uint8Array(0);
  return element(tag.integer, sign, significant);
}

export const enumerated = (value: number): Bytes => element(tag.enumerated, Uint8Array.of(value));

/** @param dotted arcs below 2^53, first one 0 to 2 */
export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  return element(tag.oid, Uint8Array.from([first * 40 + second, ...others].flatMap(base128)));
}

function base128(arc: number): number[] {
  return arc < 128 ? [arc] : [...base128Above(Math.floor(arc / 128)), arc % 128];
}

const base128Above = (arc: number): number[] => base128(arc).map((octet) => octet | 128);

export const octetString = (bytes: Uint8Array): Bytes => element(tag.octetString, bytes);

/** Whole octets, no unused bits. */
export const bitString = (bytes: Uint8Array): Bytes => element(tag.bitString, Uint8Array.of(0), bytes);

export const utf8String = (text: string): Bytes => element(tag.utf8String, utf8(text));
export const printableString = (text: string): Bytes => element(tag.printableString, utf8(text));
export const ia5String = (text: string): Bytes => element(tag.ia5String, utf8(text));

const compact = (instant: Instant) => instant.replace(/[-:T]/g, "");

/** For years 1950 to 2049; see {@link time}. */
export const utcTime = (instant: Instant): Bytes => element(tag.utcTime, utf8(compact(instant).slice(2)));
export const generalizedTime = (instant: Instant): Bytes => element(tag.generalizedTime, utf8(compact(instant)));

/** The form that RFC 5280 §4.1.2.5 and RFC 5652 §11.3 want for that year. */
export const time = (instant: Instant): Bytes =>
  instant >= "1950" && instant < "2050" ? utcTime(instant) : generalizedTime(instant);

function compareEncodings(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
