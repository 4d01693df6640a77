import { dictionaryOf, entryOf, itemsOf, nameOf, type PdfObject } from "../format/pdf/object.ts";
import { type Change, change } from "./change.ts";
import type { FormField } from "./fields.ts";
import type { Permissions } from "./permissions.ts";
import { isSame, type Views } from "./views.ts";

type Context = { readonly nowFields: readonly FormField[]; readonly permissions: Permissions };

/** What happened to the annotations of one page. Widgets of form fields are judged with their field. */
export function annotationChanges(
  views: Views,
  old: PdfObject,
  now: PdfObject,
  page: number,
  context: Context,
): Change[] {
  const before = itemsOf(views.old(old));
  const after = itemsOf(views.now(now));
  const kept = new Set(after.map(numberOf));
  const stood = new Set(before.map(numberOf));
  const removed = before.filter((item, i) => !isKept(views, item, after[i], kept));
  const added = after.filter((item, i) => !isKept(views, before[i] ?? { kind: "null" }, item, stood, numberOf(item)));
  return [
    ...removed.map((item) => annotation("annotation_removed", views.old(item), page, context)),
    ...added.flatMap((item) => addition(views, item, page, context)),
    ...before.flatMap((item) => changed(views, item, page, context, kept)),
  ];
}

const numberOf = (item: PdfObject): number | null => (item.kind === "reference" ? item.number : null);

function isKept(
  views: Views,
  old: PdfObject,
  now: PdfObject | undefined,
  numbers: ReadonlySet<number | null>,
  number = numberOf(old),
): boolean {
  if (number !== null) return numbers.has(number);
  return now !== undefined && isSame(views, old, now); // written inside the array: known by its place only
}

function addition(views: Views, item: PdfObject, page: number, context: Context): Change[] {
  const number = numberOf(item);
  const field = number === null ? undefined : context.nowFields.find((candidate) => candidate.number === number);
  if (field?.type === "Sig") return []; // told as signature_added or signature_field_added
  return [annotation("annotation_added", views.now(item), page, context)];
}

function changed(
  views: Views,
  item: PdfObject,
  page: number,
  context: Context,
  kept: ReadonlySet<number | null>,
): Change[] {
  const number = numberOf(item);
  if (number === null || !kept.has(number) || context.nowFields.some((field) => field.number === number)) return [];
  const old = dictionaryOf(views.old(item));
  const now = dictionaryOf(views.now(item));
  if (old === null && now === null) return [];
  if (old === null || now === null) return [annotation("annotation_changed", views.now(item), page, context)];
  const isEqual = isSame(views, old, now);
  return isEqual ? [] : [annotation("annotation_changed", now, page, context)];
}

/** A widget outside the form can show anything and belongs to no signature: never permitted. */
function annotation(
  kind: "annotation_added" | "annotation_removed" | "annotation_changed",
  object: PdfObject,
  page: number,
  { permissions }: Context,
): Change {
  const isWidget = nameOf(entryOf(object, "Subtype")) === "Widget";
  const isPermitted = !isWidget && (permissions.docMdp === null || permissions.docMdp === 3);
  return change(kind, isPermitted ? "annotation" : "forbidden", page);
}
