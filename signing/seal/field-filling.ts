import { fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { SeedConstraint, SigningFailure } from "../failure.ts";
import { entryOf, integerOf, itemsOf, nameOf, type PdfObject } from "../format/pdf/object.ts";
import { findPage, type OpenDocument, type Placed, placed, rewritten, withAppended } from "./document.ts";
import { dateText, dictionaryText, latin1, numberText, textOfObject, textString } from "./pdf-writing.ts";
import { type SeededRequest, unmetSeedValue } from "./seed-values.ts";
import { fieldsIn, findSignatureField, type SignatureField } from "./signature-field.ts";
import type { WrittenObject } from "./writer.ts";

/** Where a field that does not exist yet is to stand. */
export type FieldPlace = {
  /** From 1. */
  readonly page: number;
  /** Left, bottom, right, top in points of the page; null for a field that shows nothing. */
  readonly rectangle: readonly [number, number, number, number] | null;
};

/** What a signature puts into its field. */
export type Filling = {
  readonly signatureNumber: number;
  readonly appearanceNumber: number | null;
  readonly modified: Instant;
};

/** A field ready to be filled, and every object that filling it writes (DESIGN decision 1: nothing else). */
export type FillableField = {
  readonly width: number;
  readonly height: number;
  /** /Reference of the signature dictionary as text, where the field locks others; else empty. */
  readonly lock: string;
  /** What its author asks and this signature would not be. */
  readonly unmet: (request: SeededRequest) => SeedConstraint | null;
  readonly fill: (filling: Filling) => Result<readonly WrittenObject[], SigningFailure>;
};

const unsuitable = (reason: "ambiguous" | "page_not_found" | "form_unusable") =>
  fail({ code: "pdf_unsuitable", reason } as const);

/**
 * An empty field of that name, else a new one where `place` says.
 *
 * @param newNumber object number for the field, should it be new
 */
export function fieldToFill(
  document: OpenDocument,
  fieldName: string,
  place: FieldPlace | undefined,
  newNumber: number,
): Result<FillableField, SigningFailure> {
  const found = findSignatureField(document, fieldName);
  if (found.ok) return ok(existing(document, found.value));
  if (found.failure.code !== "field_not_found" || place === undefined) return found;
  // A period would make it the name of a kid, ISO 32000-2 §12.7.4.2.
  if (fieldName === "" || fieldName.includes(".")) return fail({ code: "field_unusable", fieldName });
  return ok(addedField(document, fieldName, place, newNumber));
}

function existing(document: OpenDocument, { field, widget, width, height }: SignatureField): FillableField {
  const isOne = field.reference.number === widget.reference.number;
  return {
    width,
    height,
    lock: lockText(document, field),
    unmet: (request) => unmetSeedValue(field, request, document.resolve),
    fill: (filling) => {
      const shown = { ...appearanceOf(filling), M: dateText(filling.modified) };
      const value = { V: `${filling.signatureNumber} 0 R` };
      const own = isOne
        ? [rewritten(field, { ...value, ...shown })]
        : [rewritten(field, value), rewritten(widget, shown)];
      return whole([...own, ...formMarked(document)]);
    },
  };
}

const appearanceOf = ({ appearanceNumber }: Filling): Record<string, string> =>
  appearanceNumber === null ? {} : { AP: `<< /N ${appearanceNumber} 0 R >>` };

/** A field that is not there yet; its name must be free. */
export function addedField(document: OpenDocument, name: string, place: FieldPlace, number: number): FillableField {
  const [left, bottom, right, top] = place.rectangle ?? [0, 0, 0, 0];
  return {
    width: Math.abs(right - left),
    height: Math.abs(top - bottom),
    lock: "",
    unmet: () => null,
    fill: (filling) => {
      const page = findPage(document, place.page);
      if (page === null) return unsuitable("page_not_found");
      const body = dictionaryText(new Map(), {
        Type: "/Annot",
        Subtype: "/Widget",
        FT: "/Sig",
        T: textString(name),
        Rect: `[${[left, bottom, right, top].map(numberText).join(" ")}]`,
        F: "132", // Print and Locked; §12.5.3, and PDF/A wants Print
        P: `${page.reference.number} ${page.reference.generation} R`,
        V: `${filling.signatureNumber} 0 R`,
        M: dateText(filling.modified),
        ...appearanceOf(filling),
      });
      const form = withField(document, `${number} 0 R`);
      if (form === null) return unsuitable("form_unusable");
      const field = { number, generation: 0, body: latin1(body) };
      return whole([field, ...withAnnotation(document, page, `${number} 0 R`), ...form]);
    },
  };
}

/** Every object once and none ambiguous. */
function whole(objects: readonly (WrittenObject | null)[]): Result<readonly WrittenObject[], SigningFailure> {
  const written = objects.filter((object) => object !== null);
  const isEach = new Set(written.map(({ number }) => number)).size === objects.length;
  return isEach ? ok(written) : unsuitable("ambiguous");
}

function withAnnotation({ resolve }: OpenDocument, page: Placed, item: string): (WrittenObject | null)[] {
  const grown = withAppended(page, "Annots", item, resolve);
  return ["array" in grown ? grown.array : rewritten(page, { Annots: grown.entry })];
}

const signaturesExist = 3; // SignaturesExist and AppendOnly, Table 225

/** The form with one more field; null where it is no dictionary. */
function withField(document: OpenDocument, item: string): (WrittenObject | null)[] | null {
  const { catalog, resolve } = document;
  const stood = entryOf(catalog.dictionary, "AcroForm");
  const form = resolve(stood);
  if (form.kind === "null") {
    return [rewritten(catalog, { AcroForm: `<< /Fields [${item}] /SigFlags ${signaturesExist} >>` })];
  }
  if (form.kind !== "dictionary" || form.doubled.length > 0) return null;
  const holder = placed(stood, resolve) ?? { reference: catalog.reference, dictionary: form };
  const grown = withAppended(holder, "Fields", item, resolve);
  const flags = flagsOf(form, resolve);
  if (!("array" in grown)) return [formChanged(document, { Fields: grown.entry, SigFlags: String(flags) })];
  return isMarked(form, resolve) ? [grown.array] : [grown.array, formChanged(document, { SigFlags: String(flags) })];
}

const flagsOf = (form: PdfObject, resolve: OpenDocument["resolve"]): number =>
  (integerOf(resolve(entryOf(form, "SigFlags"))) ?? 0) | signaturesExist;

const isMarked = (form: PdfObject, resolve: OpenDocument["resolve"]): boolean =>
  integerOf(resolve(entryOf(form, "SigFlags"))) === flagsOf(form, resolve);

/** Nothing where the form says already that it is signed, as our own copies do from the beginning. */
function formMarked(document: OpenDocument): (WrittenObject | null)[] {
  const form = document.resolve(entryOf(document.catalog.dictionary, "AcroForm"));
  if (isMarked(form, document.resolve)) return [];
  return [formChanged(document, { SigFlags: String(flagsOf(form, document.resolve)) })];
}

function formChanged({ catalog, resolve }: OpenDocument, changes: Record<string, string>): WrittenObject | null {
  const stood = entryOf(catalog.dictionary, "AcroForm");
  const own = placed(stood, resolve);
  if (own !== null) return rewritten(own, changes);
  const form = resolve(stood);
  if (form.kind !== "dictionary" || form.doubled.length > 0) return null;
  return rewritten(catalog, { AcroForm: dictionaryText(form.entries, changes) });
}

/** A field with a lock asks its signature to name what it locks, ISO 32000-2 §12.7.5.5 and §12.8.2.4. */
function lockText({ resolve }: OpenDocument, { dictionary }: Placed): string {
  const lock = resolve(entryOf(dictionary, "Lock"));
  const action = nameOf(resolve(entryOf(lock, "Action")));
  if (action !== "All" && action !== "Include" && action !== "Exclude") return "";
  const names = itemsOf(resolve(entryOf(lock, "Fields"))).map((item) => textOfObject(resolve(item)));
  const fields = action === "All" ? "" : ` /Fields [${names.join(" ")}]`;
  const parameters = `<< /Type /TransformParams /V /1.2 /Action /${action}${fields} >>`;
  return `/Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams ${parameters} >>] `;
}

/** A name that no top field has: `stem-1`, `stem-2`, … */
export function freeFieldName(document: OpenDocument, stem: string): string {
  const taken = new Set(fieldsIn(document).map(({ name }) => name.split(".")[0]));
  let number = 1;
  while (taken.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}
