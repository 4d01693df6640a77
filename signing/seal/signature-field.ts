import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { dictionaryOf, entryOf, itemsOf, nameOf, type PdfObject } from "../format/pdf/object.ts";
import { type OpenDocument, type Placed, placed } from "./document.ts";
import { readTextString } from "./pdf-writing.ts";

/** An empty signature field and the widget that shows it: one object, or two. */
export type SignatureField = {
  readonly field: Placed;
  readonly widget: Placed;
  /** Of the widget's rectangle, in points. */
  readonly width: number;
  readonly height: number;
};

/** One field of the form tree, ISO 32000-2 §12.7.4. */
export type FoundField = {
  /** Partial names joined by periods. */
  readonly name: string;
  /** Its own or inherited. */
  readonly type: string | null;
  readonly value: PdfObject;
  readonly item: PdfObject;
};

const mostFields = 20_000;
const deepestField = 32;

type Inherited = Pick<FoundField, "name" | "type" | "value">;

/** Every node of the form tree that has a name of its own, parents first; each object once. */
export function fieldsIn(document: OpenDocument): readonly FoundField[] {
  const { catalog, resolve } = document;
  const found: FoundField[] = [];
  const visited = new Set<number>();
  const visit = (item: PdfObject, parent: Inherited, depth: number) => {
    const isKnown = item.kind === "reference" && visited.has(item.number);
    if (isKnown || depth > deepestField || found.length >= mostFields) return;
    if (item.kind === "reference") visited.add(item.number);
    const own = nodeOf(item, parent, document);
    if (own === null) return;
    found.push(own);
    const kids = itemsOf(resolve(entryOf(resolve(item), "Kids")));
    for (const kid of kids) visit(kid, own, depth + 1);
  };
  const form = resolve(entryOf(catalog.dictionary, "AcroForm"));
  const none = { name: "", type: null, value: { kind: "null" } } as const;
  for (const item of itemsOf(resolve(entryOf(form, "Fields")))) visit(item, none, 0);
  return found;
}

/** Null for what is no dictionary, and for one without a name: a widget of its parent. */
function nodeOf(item: PdfObject, parent: Inherited, { resolve }: OpenDocument): FoundField | null {
  const dictionary = dictionaryOf(resolve(item));
  const title = dictionary === null ? null : resolve(entryOf(dictionary, "T"));
  if (dictionary === null || title?.kind !== "string") return null;
  const name = [parent.name, readTextString(title.bytes)].filter((part) => part !== "").join(".");
  const type = nameOf(resolve(entryOf(dictionary, "FT"))) ?? parent.type;
  return { name, type, value: dictionary.entries.get("V") ?? parent.value, item };
}

/** Finds the field by its fully qualified name, ISO 32000-2 §12.7.4.2. */
export function findSignatureField(document: OpenDocument, fieldName: string): Result<SignatureField, SigningFailure> {
  const found = fieldsIn(document).find(({ name }) => name === fieldName);
  if (found === undefined) return fail({ code: "field_not_found", fieldName });
  if (document.resolve(found.value).kind !== "null") return fail({ code: "field_already_signed", fieldName });
  const field = found.type === "Sig" ? placed(found.item, document.resolve) : null;
  const widget = field === null ? null : widgetOf(field, document);
  if (field === null || widget === null) return fail({ code: "field_unusable", fieldName });
  const corners = itemsOf(document.resolve(entryOf(widget.dictionary, "Rect"))).map(document.resolve);
  const [left, bottom, right, top] = corners.map((corner) => (corner.kind === "number" ? corner.value : Number.NaN));
  const width = Math.abs((right ?? Number.NaN) - (left ?? Number.NaN));
  const height = Math.abs((top ?? Number.NaN) - (bottom ?? Number.NaN));
  const isPlaced = Number.isFinite(width) && Number.isFinite(height);
  return isPlaced ? ok({ field, widget, width, height }) : fail({ code: "field_unusable", fieldName });
}

/** The field itself, or its only kid; one that shows itself in several places has no one appearance. */
function widgetOf(field: Placed, { resolve }: OpenDocument): Placed | null {
  const kids = itemsOf(resolve(entryOf(field.dictionary, "Kids")));
  const [only = null, ...others] = kids.length === 0 ? [field] : kids.map((kid) => placed(kid, resolve));
  const isWidget = only !== null && nameOf(resolve(entryOf(only.dictionary, "Subtype"))) === "Widget";
  const isPlain = only?.dictionary.doubled.length === 0 && field.dictionary.doubled.length === 0;
  return isWidget && isPlain && others.length === 0 ? only : null;
}
