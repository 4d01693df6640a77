import { type Bytes, fail, hexOf, ok, type Result, utf8 } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { readPdf } from "../format/pdf/file.ts";
import { entryOf, itemsOf, type PdfObject } from "../format/pdf/object.ts";
import type { Primitives } from "../format/primitives.ts";
import { type OpenDocument, openDocument, placed, rewritten } from "./document.ts";
import { dictionaryText, textOfObject } from "./pdf-writing.ts";
import { nextFileId } from "./prepare.ts";
import { appendRevision, firstFreeNumber, streamObject, type WrittenObject } from "./writer.ts";

/** What a document security store keeps, each in DER: certificates, whole OCSPResponses, CRLs. EN 319 142-1 §5.4.2. */
export type Evidence = {
  readonly certificates: readonly Bytes[];
  readonly ocspResponses: readonly Bytes[];
  readonly crls: readonly Bytes[];
};

/** @property added how many items the store did not have; with none the file is what it was */
export type WithEvidence = { readonly pdf: Bytes; readonly added: number };

/**
 * Appends a document security store, or more items to the one that is there, as an incremental update: level B-LT.
 * ISO 32000-2 §12.8.4.3, EN 319 142-1 §5.4.2. Only the catalog or the store is written again; nothing in the store is
 * ever dropped. VRI entries of others are kept as they are and none is written (ADR 0018).
 */
export function appendEvidence(
  pdf: Bytes,
  evidence: Evidence,
  primitives: Primitives,
): Result<WithEvidence, SigningFailure> {
  const file = readPdf(pdf, primitives);
  if (!file.ok) return fail({ code: "pdf_unreadable", reason: file.failure.code });
  const document = openDocument(file.value);
  if (!document.ok) return document;
  const lists = listsWith(document.value, evidence, firstFreeNumber(file.value), primitives);
  const added = lists.flatMap(({ streams }) => streams);
  if (added.length === 0) return ok({ pdf, added: 0 });
  const entries = Object.fromEntries(lists.flatMap(({ key, items }) => (items === "" ? [] : [[key, `[${items}]`]])));
  const store = storeWith(document.value, entries);
  if (store === null) return fail({ code: "pdf_unsuitable", reason: "ambiguous" });
  const ID = nextFileId(file.value, utf8(`evidence ${added.length}`), primitives);
  return ok({ pdf: appendRevision(file.value, [...added, store], { ID }).pdf, added: added.length });
}

type List = { readonly key: string; readonly items: string; readonly streams: readonly WrittenObject[] };

function listsWith(document: OpenDocument, evidence: Evidence, firstNumber: number, primitives: Primitives): List[] {
  const store = document.resolve(entryOf(document.catalog.dictionary, "DSS"));
  let number = firstNumber;
  const wanted = { Certs: evidence.certificates, OCSPs: evidence.ocspResponses, CRLs: evidence.crls };
  return Object.entries(wanted).map(([key, contents]) => {
    const stood = itemsOf(document.resolve(entryOf(store, key)));
    const known = new Set(stood.map((item) => digestOf(item, document, primitives)));
    const fresh = contents.filter((content) => {
      const digest = hexOf(primitives.digest("sha256", content));
      return !known.has(digest) && known.add(digest);
    });
    const streams = fresh.map((content) => streamObject(number++, "", content));
    const items = [...stood.map(textOfObject), ...streams.map((stream) => `${stream.number} 0 R`)].join(" ");
    return { key, items, streams };
  });
}

function digestOf(item: PdfObject, { file, resolve }: OpenDocument, { digest }: Primitives): string | null {
  const stream = resolve(item);
  const content = stream.kind === "stream" ? file.decode(stream, file.revisions.length - 1) : null;
  return content?.ok ? hexOf(digest("sha256", content.value)) : null;
}

/** The store under its own number, else inside the catalog. */
function storeWith({ catalog, resolve }: OpenDocument, entries: Record<string, string>): WrittenObject | null {
  const stood = entryOf(catalog.dictionary, "DSS");
  const own = placed(stood, resolve);
  if (own !== null) return rewritten(own, entries);
  const inside = resolve(stood);
  const kept = inside.kind === "dictionary" ? inside.entries : new Map<string, PdfObject>();
  return rewritten(catalog, { DSS: dictionaryText(kept, { Type: "/DSS", ...entries }) });
}
