import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import {
  dictionaryOf,
  entryOf,
  itemsOf,
  nameOf,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
} from "../format/pdf/object.ts";
import { readTextString } from "./pdf-writing.ts";
import { newestTrailer } from "./writer.ts";

/** An empty signature field that is its own widget, as compose places it. */
export type SignatureField = {
  readonly reference: PdfReference;
  readonly dictionary: PdfDictionary;
  /** Of the widget's rectangle, in points. */
  readonly width: number;
  readonly height: number;
};

/** Finds the field by its name among the top fields of the form, ISO 32000-2 §12.7.3. */
export function findSignatureField(file: PdfFile, fieldName: string): Result<SignatureField, SigningFailure> {
  const revision = file.revisions.length - 1;
  const resolve = (object: PdfObject) => file.resolve(object, revision);
  const catalog = resolve(newestTrailer(file).get("Root") ?? { kind: "null" });
  const form = resolve(entryOf(catalog, "AcroForm"));
  for (const item of itemsOf(resolve(entryOf(form, "Fields")))) {
    const dictionary = dictionaryOf(resolve(item));
    if (item.kind !== "reference" || dictionary === null) continue;
    const title = resolve(entryOf(dictionary, "T"));
    if (title.kind === "string" && readTextString(title.bytes) === fieldName) {
      return usable(item, dictionary, fieldName, resolve);
    }
  }
  return fail({ code: "field_not_found", fieldName });
}

function usable(
  reference: PdfReference,
  dictionary: PdfDictionary,
  fieldName: string,
  resolve: (object: PdfObject) => PdfObject,
): Result<SignatureField, SigningFailure> {
  if (resolve(entryOf(dictionary, "V")).kind !== "null") return fail({ code: "field_already_signed", fieldName });
  const isSignature = nameOf(resolve(entryOf(dictionary, "FT"))) === "Sig";
  const isWidget = nameOf(resolve(entryOf(dictionary, "Subtype"))) === "Widget" && !dictionary.entries.has("Kids");
  const corners = itemsOf(resolve(entryOf(dictionary, "Rect"))).map(resolve);
  const [left, bottom, right, top] = corners.map((corner) => (corner.kind === "number" ? corner.value : Number.NaN));
  const width = Math.abs((right ?? Number.NaN) - (left ?? Number.NaN));
  const height = Math.abs((top ?? Number.NaN) - (bottom ?? Number.NaN));
  const isPlaced = Number.isFinite(width) && Number.isFinite(height);
  const isPlain = dictionary.doubled.length === 0;
  if (!isSignature || !isWidget || !isPlaced || !isPlain) return fail({ code: "field_unusable", fieldName });
  return ok({ reference, dictionary, width, height });
}
