import { spend } from "../format/pdf/limits.ts";
import { entryOf, itemsOf, nameOf, type PdfObject, pdfNull } from "../format/pdf/object.ts";
import { type Change, change } from "./change.ts";
import type { FormField } from "./fields.ts";
import type { Permissions } from "./permissions.ts";
import { isSame, type Views } from "./views.ts";

/** @property fields of the newest revision by object number */
export type PageContext = {
  readonly fields: ReadonlyMap<number | null, FormField>;
  readonly permissions: Permissions;
};

type Numbers = ReadonlySet<number | null>;

/** What happened to the annotations of one page. Widgets of form fields are judged with their field. */
export function annotationChanges(
  views: Views,
  old: PdfObject,
  now: PdfObject,
  page: number,
  context: PageContext,
): Change[] {
  const before = itemsOf(views.old(old));
  const after = itemsOf(views.now(now));
  if (!spend(views.file.budget, "steps", 4 * (before.length + after.length))) return [];
  const kept: Numbers = new Set(after.map(numberOf));
  const stood: Numbers = new Set(before.map(numberOf));
  const told = (kind: AnnotationKind, object: PdfObject) => annotation(kind, object, page, context);
  const removed = before.filter((item, i) => !stays(views, item, item, after[i], kept));
  const added = after.filter((item, i) => !stays(views, item, before[i] ?? pdfNull, item, stood));
  const changed = before.filter((item) => hasChanged(views, item, kept, context));
  return [
    ...removed.map((item) => told("annotation_removed", views.old(item))),
    ...added
      .filter((item) => !isNewSignatureWidget(views, item, context))
      .map((item) => told("annotation_added", views.now(item))),
    ...changed.map((item) => told("annotation_changed", views.now(item))),
  ];
}

const numberOf = (item: PdfObject): number | null => (item.kind === "reference" ? item.number : null);

/** One written inside the array is known by its place only. */
function stays(views: Views, item: PdfObject, old: PdfObject, now: PdfObject | undefined, numbers: Numbers): boolean {
  const number = numberOf(item);
  return number === null ? now !== undefined && isSame(views, old, now) : numbers.has(number);
}

/** Told as signature_added or signature_field_added. One that stood elsewhere would show its face on another page. */
function isNewSignatureWidget({ file, before }: Views, item: PdfObject, { fields }: PageContext): boolean {
  const number = numberOf(item);
  if (number === null || fields.get(number)?.type !== "Sig") return false;
  return file.object(number, before).kind === "null";
}

function hasChanged(views: Views, item: PdfObject, kept: Numbers, { fields }: PageContext): boolean {
  const number = numberOf(item);
  if (number === null || !kept.has(number) || fields.has(number)) return false;
  return !isSame(views, views.old(item), views.now(item));
}

type AnnotationKind = "annotation_added" | "annotation_removed" | "annotation_changed";

/** A widget outside the form can show anything and belongs to no signature: never permitted. */
function annotation(kind: AnnotationKind, object: PdfObject, page: number, { permissions }: PageContext): Change {
  const isWidget = nameOf(entryOf(object, "Subtype")) === "Widget";
  const isPermitted = !isWidget && (permissions.docMdp === null || permissions.docMdp === 3);
  return change(kind, isPermitted ? "annotation" : "forbidden", page);
}
