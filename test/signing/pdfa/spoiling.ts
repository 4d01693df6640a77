import { deflateSync } from "node:zlib";
import { dictionaryOf, type PdfObject } from "../../../signing/format/pdf/object.ts";
import { dictionaryText, latin1 } from "../../../signing/seal/pdf-writing.ts";
import { appendRevision, firstFreeNumber, streamObject } from "../../../signing/seal/writer.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { type OpenPdf, openPdf, type Standing } from "./open-pdf.ts";

/** A file with one fault, made of a good one. */
export type Spoil = (good: OpenPdf) => Bytes;

/** Text of the file replaced by text of the same length, so that every offset stays true. */
export const swap =
  (from: string, to: string): Spoil =>
  ({ text }) => {
    if (!text.includes(from) || from.length !== to.length) throw new Error(`cannot swap ${from}`);
    return latin1(text.replace(from, () => to));
  };

export type Pick = (object: PdfObject, pdf: OpenPdf) => boolean;

/** The first object that is meant, written again with these entries changed. */
export const rewrite =
  (pick: Pick, changes: Record<string, string>): Spoil =>
  (good) => {
    const { number, object } = found(good, pick);
    const entries = dictionaryOf(object)?.entries ?? new Map();
    const body =
      object.kind === "stream"
        ? streamObject(
            number,
            dictionaryText(entries, { ...changes, Length: "0" })
              .slice(3, -3)
              .replace("/Length 0", ""),
            object.raw,
          ).body
        : latin1(dictionaryText(entries, changes));
    return appendRevision(good.file, [{ number, generation: 0, body }]).pdf;
  };

/** The first object that is meant, its entry taken out. */
export const without =
  (pick: Pick, key: string): Spoil =>
  (good) => {
    const { number, object } = found(good, pick);
    const kept = [...(dictionaryOf(object)?.entries ?? [])].filter(([name]) => name !== key);
    return appendRevision(good.file, [{ number, generation: 0, body: latin1(dictionaryText(new Map(kept))) }]).pdf;
  };

/** The decoded data of the first stream that is meant, changed. */
export const redraw =
  (pick: Pick, change: (data: string) => string): Spoil =>
  (good) => {
    const { number, object } = found(good, pick);
    const kept = [...(dictionaryOf(object)?.entries ?? [])].filter(([key]) => key !== "Length" && key !== "Filter");
    const data = new Uint8Array(deflateSync(latin1(change(Buffer.from(good.decode(object)).toString("latin1")))));
    const entries = `${dictionaryText(new Map(kept)).slice(3, -3)} /Filter /FlateDecode`;
    return appendRevision(good.file, [streamObject(number, entries, data)]).pdf;
  };

/** One more object, as it stands between obj and endobj. */
export const added =
  (body: string): Spoil =>
  (good) =>
    appendRevision(good.file, [{ number: firstFreeNumber(good.file), generation: 0, body: latin1(body) }]).pdf;

/** One fault after another. */
export const both =
  (...spoils: readonly Spoil[]): Spoil =>
  (good) =>
    spoils.reduce((pdf, spoil) => openPdf(spoil(pdf)), good).bytes;

function found(good: OpenPdf, pick: Pick): Standing {
  const one = good.objects.find(({ object }) => pick(object, good));
  if (one === undefined) throw new Error("nothing to spoil");
  return one;
}

export const typed =
  (type: string): Pick =>
  (object, pdf) =>
    pdf.name(object, "Type") === type;
export const subtyped =
  (subtype: string): Pick =>
  (object, pdf) =>
    pdf.name(object, "Subtype") === subtype;
export const element =
  (kind: string): Pick =>
  (object, pdf) =>
    pdf.name(object, "Type") === "StructElem" && pdf.name(object, "S") === kind;
export const firstContent: Pick = (object, pdf) => object === pdf.get(pdf.pages[0] ?? pdf.catalog, "Contents");
