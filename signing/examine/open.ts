import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import { type PdfFailure, type PdfFile, readPdf } from "../format/pdf/file.ts";
import { lastIndexOfText } from "../format/pdf/lexer.ts";
import { budgetFor, type PdfBudget, type PdfLimits } from "../format/pdf/limits.ts";
import { dictionaryOf } from "../format/pdf/object.ts";
import { appendedExtents, type Extent } from "../format/pdf/tail.ts";
import { type Update, updatesOf } from "../format/pdf/updates.ts";
import type { Primitives } from "../format/primitives.ts";
import { rootOf } from "./fields.ts";
import { type FoundSignature, findSignatures } from "./signatures.ts";

export type OpenFailure = PdfFailure | { readonly code: "catalog_missing" | "too_complex" };

/** `unreadFrom`: what follows there could not be read, although the bytes before it are a whole signed file. */
export type OpenedPdf = {
  readonly file: PdfFile;
  readonly signatures: readonly FoundSignature[];
  readonly unreadFrom: number | null;
  /** What was appended and is accounted for; found once. */
  readonly extents: () => readonly Extent[];
  /** How each later revision is written; found once. */
  readonly updates: () => readonly Update[];
};

const mostPrefixes = 8;

/**
 * Reads a file. Where the whole cannot be read, an earlier state that is whole and signed is judged instead, as its
 * signature was made over something; the rest then counts as an unexplained change (incremental saving attacks without
 * cross-references lead here).
 */
export function openSigned(pdf: Bytes, primitives: Primitives, limits: PdfLimits): Result<OpenedPdf, OpenFailure> {
  const context = { primitives, limits, budget: budgetFor(limits, pdf.length) };
  const whole = open(pdf, context);
  if (whole.ok) return ok({ ...whole.value, unreadFrom: null });
  if (whole.failure.code === "encrypted" || whole.failure.code === "file_too_large") return whole;
  if (context.budget.exhausted) return fail({ code: "too_complex" });
  let end = pdf.length;
  for (let i = 0; i < mostPrefixes; i++) {
    const mark = lastIndexOfText(pdf, "%%EOF", end);
    if (mark < 0) break;
    const closed = afterLine(pdf, mark + 5);
    const prefix = open(pdf.subarray(0, closed), context);
    // Once a limit was met, objects went missing: nothing that was found is the whole truth.
    if (context.budget.exhausted) return fail({ code: "too_complex" });
    if (prefix.ok && prefix.value.signatures.length > 0) return ok({ ...prefix.value, unreadFrom: closed });
    end = mark;
  }
  return whole;
}

/** Signatures cover the end of line after `%%EOF` too. */
function afterLine(pdf: Bytes, at: number): number {
  const afterReturn = pdf[at] === 13 ? at + 1 : at;
  return pdf[afterReturn] === 10 ? afterReturn + 1 : afterReturn;
}

function open(
  pdf: Bytes,
  { primitives, limits, budget }: { primitives: Primitives; limits: PdfLimits; budget: PdfBudget },
): Result<Omit<OpenedPdf, "unreadFrom">, OpenFailure> {
  const read = readPdf(pdf, primitives, limits, budget);
  if (!read.ok) return read;
  const file = read.value;
  if (dictionaryOf(rootOf(file, file.revisions.length - 1)) === null) return fail({ code: "catalog_missing" });
  const extents = once(() => appendedExtents(file));
  const updates = once(() => updatesOf(file));
  return ok({ file, signatures: findSignatures(file), extents, updates });
}

export function once<T extends object>(find: () => T): () => T {
  let found: T | null = null;
  return () => {
    found ??= find();
    return found;
  };
}
