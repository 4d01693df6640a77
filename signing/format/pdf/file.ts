import { type Bytes, fail, ok, type Result } from "../../../src/core/kernel.ts";
import type { Primitives } from "../primitives.ts";
import { type DecodeFailure, decodeStream } from "./decode.ts";
import { cursorAt, indexOfText, lastIndexOfText, takeInteger, takeKeyword } from "./lexer.ts";
import { budgetFor, type PdfBudget, type PdfLimits, usualLimits } from "./limits.ts";
import type { PdfObject, PdfStream } from "./object.ts";
import { objectReader } from "./objects.ts";
import { type PdfRevision, revisionsOf } from "./revisions.ts";
import { readXrefChain, sectionBeginsAt, type XrefEntry, type XrefFailure } from "./xref.ts";

export type PdfFailure =
  | { readonly code: "not_a_pdf" | "encrypted" | "startxref_missing" }
  | { readonly code: "file_too_large"; readonly limitBytes: number }
  | XrefFailure;

/** A file and its states. Nothing is parsed before it is asked for. */
export type PdfFile = {
  readonly bytes: Bytes;
  /** Offset of `%PDF-`; offsets inside the file count from there. */
  readonly base: number;
  /** Oldest first, at least one. */
  readonly revisions: readonly PdfRevision[];
  /** Where the number stands for a reader of revisions 0..revision; null when nothing defines it. */
  readonly entry: (number: number, revision: number) => XrefEntry | null;
  /** The object as of that revision; the null object where it is missing, free or cannot be read (§7.3.10). */
  readonly object: (number: number, revision: number) => PdfObject;
  /** Follows references, at most 32, to a direct object. */
  readonly resolve: (object: PdfObject, revision: number) => PdfObject;
  readonly decode: (stream: PdfStream, revision: number) => Result<Bytes, DecodeFailure>;
  readonly limits: PdfLimits;
  /** `exhausted` once a limit was met: what was read since then is not the whole truth. */
  readonly budget: PdfBudget;
};

/**
 * Reads the cross-references of a PDF, ISO 32000-2 §7.5: tables, streams, hybrid files, linearised files.
 * Damaged cross-references are not rebuilt: what readers would have to guess cannot be certified.
 *
 * @param budget what is left where several states of one file are read
 * @returns `encrypted` when the newest trailer names /Encrypt; it never throws, whatever the bytes
 */
export function readPdf(
  bytes: Bytes,
  primitives: Pick<Primitives, "inflate">,
  limits: PdfLimits = usualLimits,
  budget: PdfBudget = budgetFor(limits, bytes.length),
): Result<PdfFile, PdfFailure> {
  if (bytes.length > limits.fileBytes) return fail({ code: "file_too_large", limitBytes: limits.fileBytes });
  const header = indexOfText(bytes, "%PDF-", 0, Math.min(bytes.length, 1024 + 5));
  const start = startOfChain(bytes, Math.max(header, 0));
  if (start === null) return fail({ code: header < 0 ? "not_a_pdf" : "startxref_missing" });
  const { base } = start;
  const context = { bytes, end: bytes.length, base, limits, budget, primitives };
  const chain = readXrefChain(start.offset, context);
  if (!chain.ok) return chain;
  if (chain.value[0]?.trailer.entries.has("Encrypt")) return fail({ code: "encrypted" });
  const revisions = revisionsOf(bytes, chain.value, base);
  if (!revisions.ok) return revisions;
  const reader = objectReader(revisions.value, context);
  const decode = (stream: PdfStream, revision: number) =>
    decodeStream(stream, { ...context, resolve: (object) => reader.resolve(object, revision) });
  return ok({ bytes, base, revisions: revisions.value, ...reader, decode, limits, budget });
}

/** Some writers count offsets from `%PDF-`, others from the first byte: the one that leads to a section is right. */
function startOfChain(bytes: Bytes, header: number): { offset: number; base: number } | null {
  const keyword = lastIndexOfText(bytes, "startxref", bytes.length);
  if (keyword < 0) return null;
  const cursor = cursorAt(bytes, keyword);
  const said = takeKeyword(cursor, "startxref") ? takeInteger(cursor) : null;
  if (said === null) return null;
  const base = header > 0 && !sectionBeginsAt(bytes, said + header) ? 0 : header;
  return { offset: said + base, base };
}
