import {
  type Bytes,
  concatBytes,
  fail,
  type Hash,
  type Instant,
  instantOfSeconds,
  ok,
  type Result,
  secondsOf,
} from "../kernel.ts";
import { decodeCbor, encodeCbor } from "./cbor.ts";
import { hmacSha256 } from "./hmac.ts";
import * as shape from "./shape.ts";

/** Order is the number in the leaf, from 1; it never changes, new ones are added at the end. */
export const leafEvents = [
  "issued",
  "voided",
  "annulled",
  "superseded",
  "book_opened",
  "book_closed",
  "further_copy",
  "on_paper",
] as const;

export type LeafEvent = (typeof leafEvents)[number];

/**
 * Leaf v1 of the public log: a canonical CBOR array of version, event, agency, book, number, seconds, commitment.
 * Agency, book and number are public facts; kind of paper, holder and signer never stand in it. Leaf v2 is the same and
 * which copy of the number it is; it tells of `further_copy` and of nothing else, so that v1 stays what it was. Leaf v3 has
 * the fields of v1 and tells of `on_paper` alone: a number of a shared series that went to a copy on paper (ADR 0075).
 */
export type Leaf = {
  readonly event: LeafEvent;
  /** 1 to 64 characters */
  readonly agencyId: string;
  /** 1 to 64 characters */
  readonly bookId: string;
  /** 1..n within the book; 0 for the book's own events */
  readonly number: number;
  readonly time: Instant;
  /** 32 bytes, or none for an event without a copy */
  readonly commitment: Bytes;
  /** Which copy of the number, 2 to 1000; with `further_copy` only. ADR 0060 */
  readonly copy?: number;
};

export type LeafFailure = { readonly code: "malformed_leaf" };

const versions = { plain: 1, ofFurtherCopy: 2, onPaper: 3 } as const;
const mostCopies = 1000;
const maximumIdLength = 64;
const latestSeconds = 253_402_300_799; // 9999-12-31T23:59:59Z, the last second that an Instant can write

export function encodeLeaf(leaf: Leaf): Bytes {
  const event = leafEvents.indexOf(leaf.event) + 1;
  const fields = [event, leaf.agencyId, leaf.bookId, leaf.number, secondsOf(leaf.time), leaf.commitment];
  return encodeCbor([versionOf(leaf.event), ...fields, ...(leaf.copy === undefined ? [] : [leaf.copy])]);
}

function versionOf(event: LeafEvent): number {
  if (event === "further_copy") return versions.ofFurtherCopy;
  return event === "on_paper" ? versions.onPaper : versions.plain;
}

export function decodeLeaf(bytes: Uint8Array): Result<Leaf, LeafFailure> {
  const decoded = decodeCbor(bytes);
  const leaf = decoded.ok ? shape.readShape(() => readLeaf(decoded.value)) : decoded;
  return leaf.ok ? ok(leaf.value) : fail({ code: "malformed_leaf" });
}

/**
 * Hides the copy behind a salt that only its record holds: without it the digest cannot be recognised in the log, and
 * deleting the record makes the leaf mute.
 *
 * @param salt 16 bytes or more, random, one a copy
 * @param digest SHA-256 of the copy from 0 to the end of the agency signature's revision (the copy's identity)
 * @param lengthBytes length of that part
 */
export function commitmentOf(salt: Uint8Array, digest: Uint8Array, lengthBytes: number, sha256: Hash): Bytes {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(lengthBytes));
  return hmacSha256(salt, concatBytes(digest, length), sha256);
}

function readLeaf(value: unknown): Leaf {
  const [version, event, agencyId, bookId, number, seconds, commitment, ...more] = shape.list(value, "leaf", 8);
  const named = leafEvents[shape.count(event, "event") - 1] ?? shape.wrongShape("event");
  return {
    event: named,
    agencyId: identifier(agencyId, "agencyId"),
    bookId: identifier(bookId, "bookId"),
    number: shape.count(number, "number"),
    time: timeOf(seconds),
    commitment: commitmentBytes(commitment),
    ...copyOf(version, named, more),
  };
}

function copyOf(version: unknown, event: LeafEvent, [copy, ...more]: readonly unknown[]): { copy?: number } {
  const isFurther = event === "further_copy";
  if (version !== versionOf(event) || more.length > 0) {
    return shape.wrongShape("version");
  }
  if (!isFurther) return copy === undefined ? {} : shape.wrongShape("version");
  const ordinal = shape.count(copy, "copy");
  return ordinal >= 2 && ordinal <= mostCopies ? { copy: ordinal } : shape.wrongShape("copy");
}

function identifier(value: unknown, field: string): string {
  return shape.text(value, field, maximumIdLength) || shape.wrongShape(field);
}

function timeOf(value: unknown): Instant {
  const seconds = shape.count(value, "time");
  return seconds <= latestSeconds ? instantOfSeconds(seconds) : shape.wrongShape("time");
}

function commitmentBytes(value: unknown): Bytes {
  const commitment = shape.bytes(value, "commitment", { least: 0, most: 32 });
  return commitment.length === 0 || commitment.length === 32 ? commitment : shape.wrongShape("commitment");
}
