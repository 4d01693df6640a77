import { equalBytes } from "../../src/core/kernel.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import { spend } from "../format/pdf/limits.ts";
import {
  entryOf,
  isClosed,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
  type PdfStream,
  pdfNull,
} from "../format/pdf/object.ts";

/** Two readings of one file: what stood when the signature was made, and what stands now. */
export type Views = {
  readonly file: PdfFile;
  readonly before: number;
  readonly after: number;
  readonly old: (object: PdfObject) => PdfObject;
  readonly now: (object: PdfObject) => PdfObject;
  /**
   * Objects that are compared on their own (pages, annotations, fields, catalog): a reference to one of them from
   * elsewhere is the same when its number is, else every change of a page would seem a change of all that point to it.
   */
  readonly apart: Set<number>;
  /** Pairs of object numbers already found the same, so that each object is walked once. */
  readonly proven: Set<number | string>;
};

export function viewsOf(file: PdfFile, before: number, after: number): Views {
  return {
    file,
    before,
    after,
    old: (object) => file.resolve(object, before),
    now: (object) => file.resolve(object, after),
    apart: new Set(),
    proven: new Set(),
  };
}

type Pair = { readonly old: PdfObject; readonly now: PdfObject };

/**
 * Whether two values mean the same, references followed in their own view. Rewriting the same content is no change.
 * A list of pairs instead of recursion: a hostile file's chain of objects is longer than any stack.
 */
export function isSame(views: Views, old: PdfObject, now: PdfObject): boolean {
  const proven = new Set<number | string>();
  const open: Pair[] = [{ old, now }];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    if (!spend(views.file.budget, "steps", 1)) return false;
    if (!follow(views, pair, proven, open)) return false;
  }
  for (const key of proven) views.proven.add(key);
  return true;
}

function follow(views: Views, { old, now }: Pair, proven: Set<number | string>, open: Pair[]): boolean {
  if (old.kind === "reference" && now.kind === "reference") {
    if (views.apart.has(old.number) || views.apart.has(now.number))
      return old.number === now.number && old.generation === now.generation;
    const key = keyOf(old, now);
    if (views.proven.has(key) || proven.has(key)) return true;
    proven.add(key);
  }
  const [before, after] = [views.old(old), views.now(now)];
  return (before === after && isClosed(before)) || agree(before, after, open);
}

/** The number alone says nearly all: an object under its usual generation, in both views. */
function keyOf(old: PdfReference, now: PdfReference): number | string {
  const isUsual = old.number === now.number && old.generation === 0 && now.generation === 0;
  return isUsual ? old.number : `${old.number} ${old.generation} ${now.number} ${now.generation}`;
}

/** Compares one level and leaves what is inside to the list. */
function agree(old: PdfObject, now: PdfObject, open: Pair[]): boolean {
  if (old.kind === "array" && now.kind === "array") {
    if (old.items.length !== now.items.length) return false;
    for (const [i, item] of old.items.entries()) open.push({ old: item, now: now.items[i] ?? pdfNull });
    return true;
  }
  if (old.kind === "dictionary" && now.kind === "dictionary") return agreeOnKeys(old, now, open, nothing);
  if (old.kind === "stream" && now.kind === "stream")
    return equalStreams(old, now) && agreeOnKeys(old.dictionary, now.dictionary, open, lengthOnly);
  return isSameScalar(old, now);
}

const nothing: ReadonlySet<string> = new Set();
const lengthOnly: ReadonlySet<string> = new Set(["Length"]); // compared as a number, with the raw bytes themselves

function agreeOnKeys(old: PdfDictionary, now: PdfDictionary, open: Pair[], except: ReadonlySet<string>): boolean {
  for (const key of keysOf(old, now))
    if (!except.has(key)) open.push({ old: entryOf(old, key), now: entryOf(now, key) });
  return true;
}

/**
 * Unchanged streams are the same place of the same file: bytes are compared only where a stream was written again. A
 * /Length that became wrong is a change: some readers go by it and show less.
 */
function equalStreams(old: PdfStream, now: PdfStream): boolean {
  if (now.saidLength !== old.saidLength && now.saidLength !== now.raw.length) return false;
  const isSamePlace = old.raw.buffer === now.raw.buffer && old.raw.byteOffset === now.raw.byteOffset;
  return old.raw.length === now.raw.length && (isSamePlace || equalBytes(old.raw, now.raw));
}

function isSameScalar(old: PdfObject, now: PdfObject): boolean {
  if (old.kind === "null" && now.kind === "null") return true;
  if (old.kind === "string" && now.kind === "string") return equalBytes(old.bytes, now.bytes);
  if ((old.kind === "boolean" || old.kind === "number" || old.kind === "name") && old.kind === now.kind)
    return old.value === now.value;
  return false;
}

export function keysOf(old: PdfDictionary, now: PdfDictionary): Set<string> {
  return new Set([...old.entries.keys(), ...now.entries.keys()]);
}

/** Keys of both dictionaries whose values differ. */
export function changedKeys(views: Views, old: PdfDictionary, now: PdfDictionary): string[] {
  return [...keysOf(old, now)].filter((key) => !isSame(views, entryOf(old, key), entryOf(now, key)));
}
