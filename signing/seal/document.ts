import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import {
  dictionaryOf,
  entryOf,
  integerOf,
  itemsOf,
  nameOf,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
  pdfNull,
} from "../format/pdf/object.ts";
import { dictionaryText, latin1, textOfObject } from "./pdf-writing.ts";
import { newestTrailer, type WrittenObject } from "./writer.ts";

/** An indirect dictionary of the newest revision. */
export type Placed = { readonly reference: PdfReference; readonly dictionary: PdfDictionary };

/** The newest revision as a writer needs it. */
export type OpenDocument = {
  readonly file: PdfFile;
  readonly catalog: Placed;
  readonly resolve: (object: PdfObject) => PdfObject;
};

/** @returns `pdf_unsuitable` where there is no catalog that could be written again */
export function openDocument(file: PdfFile): Result<OpenDocument, SigningFailure> {
  const revision = file.revisions.length - 1;
  const resolve = (object: PdfObject) => file.resolve(object, revision);
  const catalog = placed(newestTrailer(file).get("Root") ?? pdfNull, resolve);
  return catalog === null ? fail({ code: "pdf_unsuitable", reason: "no_catalog" }) : ok({ file, catalog, resolve });
}

/** Null for anything but a reference to a dictionary, which alone can be written again under its number. */
export function placed(item: PdfObject, resolve: OpenDocument["resolve"]): Placed | null {
  const dictionary = item.kind === "reference" ? dictionaryOf(resolve(item)) : null;
  return item.kind !== "reference" || dictionary === null ? null : { reference: item, dictionary };
}

const mostPageNodes = 200_000;

/** @param number from 1, in the order of the page tree, ISO 32000-2 §7.7.3 */
export function findPage({ catalog, resolve }: OpenDocument, number: number): Placed | null {
  const open: PdfObject[] = [entryOf(catalog.dictionary, "Pages")];
  const visited = new Set<number>();
  let left = number;
  for (let item = open.pop(); item !== undefined && visited.size < mostPageNodes; item = open.pop()) {
    const node = placed(item, resolve);
    if (node === null || visited.has(node.reference.number)) continue;
    visited.add(node.reference.number);
    const kids = itemsOf(resolve(entryOf(node.dictionary, "Kids")));
    const isPage = nameOf(resolve(entryOf(node.dictionary, "Type"))) === "Page" || kids.length === 0;
    if (!isPage) open.push(...kids.toReversed());
    else if (--left === 0) return node;
  }
  return null;
}

/** A dictionary written again with some entries changed; a key that stands twice has no one meaning that could be kept. */
export function rewritten({ reference, dictionary }: Placed, changes: Record<string, string>): WrittenObject | null {
  if (dictionary.doubled.length > 0) return null;
  const body = latin1(dictionaryText(dictionary.entries, changes));
  return { number: reference.number, generation: reference.generation, body };
}

/**
 * What must be written so that the array under `key` ends with one more item: the array itself where it is an object of
 * its own, else its holder.
 */
export function withAppended(
  holder: Placed,
  key: string,
  item: string,
  resolve: OpenDocument["resolve"],
): { readonly array: WrittenObject } | { readonly entry: string } {
  const stood = entryOf(holder.dictionary, key);
  const text = `[${[...itemsOf(resolve(stood)).map(textOfObject), item].join(" ")}]`;
  if (stood.kind !== "reference" || resolve(stood).kind !== "array") return { entry: text };
  return { array: { number: stood.number, generation: stood.generation, body: latin1(text) } };
}

/** DocMDP of the certification signature, ISO 32000-2 §12.8.2.2: 1 forbids all but evidence; null where nothing is certified. */
export function certificationLevel({ catalog, resolve }: OpenDocument): number | null {
  const signature = resolve(entryOf(resolve(entryOf(catalog.dictionary, "Perms")), "DocMDP"));
  for (const item of itemsOf(resolve(entryOf(signature, "Reference")))) {
    const reference = resolve(item);
    if (nameOf(resolve(entryOf(reference, "TransformMethod"))) !== "DocMDP") continue;
    return integerOf(resolve(entryOf(resolve(entryOf(reference, "TransformParams")), "P"))) ?? 2;
  }
  return null;
}
