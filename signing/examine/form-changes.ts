import {
  dictionaryOf,
  emptyDictionary,
  entryOf,
  integerOf,
  nameOf,
  type PdfDictionary,
  type PdfObject,
} from "../format/pdf/object.ts";
import { type Change, change } from "./change.ts";
import { type FormField, fieldsOf } from "./fields.ts";
import type { Permissions } from "./permissions.ts";
import { isReserved } from "./signatures.ts";
import { changedKeys, isSame, keysOf, type Views } from "./views.ts";

export type FormContext = {
  readonly old: PdfDictionary;
  readonly now: PdfDictionary;
  readonly oldFields: readonly FormField[];
  readonly nowFields: readonly FormField[];
  readonly permissions: Permissions;
};

/** Changes of /AcroForm and of every field in it, ISO 32000-2 §12.7. */
export function formChanges(views: Views, context: FormContext): Change[] {
  const { oldFields, nowFields } = context;
  const before = new Map(oldFields.map((field) => [keyOf(field), field]));
  const after = new Map(nowFields.map((field) => [keyOf(field), field]));
  const removed = oldFields.filter((field) => !after.has(keyOf(field)));
  return [
    ...formDictionaryChanges(views, entryOf(context.old, "AcroForm"), entryOf(context.now, "AcroForm")),
    ...redrawnFields(views, context),
    ...lostSignatures(views, nowFields),
    ...removed.map((field) => change("form_field_removed", "forbidden", field.name)),
    ...nowFields.flatMap((field) => {
      const earlier = before.get(keyOf(field));
      return earlier === undefined
        ? fieldAdded(views, field, context)
        : fieldChanges(views, earlier, field, context.permissions);
    }),
  ];
}

/** Signatures made after `before` and taken away again: the newest revision alone does not tell that they ever were. */
function lostSignatures({ file, before, after }: Views, nowFields: readonly FormField[]): Change[] {
  const kept = new Set(nowFields.map(signatureNumber));
  for (let revision = before + 1; revision < after; revision++) {
    const lost = fieldsOf(file, revision).find((field) => {
      const number = signatureNumber(field);
      const value = number === null || kept.has(number) ? null : dictionaryOf(file.object(number, revision));
      return value !== null && !isReserved(value);
    });
    if (lost !== undefined) return [change("signature_removed", "forbidden", lost.name)];
  }
  return [];
}

const signatureNumber = ({ type, value }: FormField): number | null =>
  type === "Sig" && value?.kind === "reference" ? value.number : null;

const keyOf = ({ number, name }: FormField): string => (number === null ? `name ${name}` : `object ${number}`);

const formUpkeep: ReadonlySet<string> = new Set(["Fields", "SigFlags", "NeedAppearances"]);

function formDictionaryChanges(views: Views, old: PdfObject, now: PdfObject): Change[] {
  const before = dictionaryOf(views.old(old)) ?? emptyDictionary;
  const after = dictionaryOf(views.now(now)) ?? emptyDictionary;
  const changes: Change[] = [];
  for (const key of keysOf(before, after)) {
    if (formUpkeep.has(key) || isSame(views, entryOf(before, key), entryOf(after, key))) continue;
    const hasGrown = (key === "DR" || key === "DA") && hasOnlyGrown(views, entryOf(before, key), entryOf(after, key));
    changes.push(change("form_changed", hasGrown ? "upkeep" : "forbidden", key));
  }
  return changes;
}

/**
 * ISO 32000-2 §12.7.3: with /NeedAppearances viewers draw a field from its value, without it by the face that stands in the file. Where
 * the two were signed and differ, setting or dropping the one word shows another sum than the signer saw.
 */
function redrawnFields(views: Views, { old, now, oldFields, permissions }: FormContext): Change[] {
  const isAsked = (root: PdfDictionary, resolve: Views["old"]) => {
    const form = dictionaryOf(resolve(entryOf(root, "AcroForm"))) ?? emptyDictionary;
    const asked = resolve(entryOf(form, "NeedAppearances"));
    return asked.kind === "boolean" && asked.value;
  };
  if (isAsked(old, views.old) === isAsked(now, views.now)) return [];
  return oldFields
    .filter(({ type }) => type !== "Sig")
    .map(({ name }) =>
      permissions.isLocked(name)
        ? change("locked_field_changed", "forbidden", name)
        : change("form_filled", permissions.docMdp === 1 ? "forbidden" : "form", name),
    );
}

/** Two levels, as resource dictionaries have: category and name. What stood must stand; an absent value may appear. */
function hasOnlyGrown(views: Views, old: PdfObject, now: PdfObject, depth = 2): boolean {
  const before = views.old(old);
  if (before.kind === "null" || isSame(views, old, now)) return true;
  const after = views.now(now);
  if (before.kind !== "dictionary" || after.kind !== "dictionary" || depth === 0) return false;
  return [...before.entries].every(([key, value]) => hasOnlyGrown(views, value, entryOf(after, key), depth - 1));
}

function fieldAdded(views: Views, field: FormField, { permissions }: FormContext): Change[] {
  if (field.type !== "Sig" || acts(field)) return [change("form_field_added", "forbidden", field.name)];
  // An object that stood already and was something else: an annotation made to look like a field.
  const wasElse = field.number !== null && views.file.object(field.number, views.before).kind !== "null";
  if (wasElse) return [change("form_field_changed", "forbidden", field.name)];
  const value = field.value === null ? null : dictionaryOf(views.now(field.value));
  if (value === null) return [unsignedField(views, field, permissions)];
  return [signatureMade(views, field, value, permissions)];
}

/** ISO 32000-2 §12.6.3: a script may run as soon as the page is opened, from a field that shows nothing. */
const acts = ({ dictionary }: FormField): boolean => dictionary.entries.has("A") || dictionary.entries.has("AA");

const isOldObject = ({ file, before }: Views, value: PdfObject | null): boolean =>
  value?.kind === "reference" && file.object(value.number, before).kind !== "null";

/** Nobody signed for what an empty field paints: it is an annotation like others. */
function unsignedField(views: Views, field: FormField, permissions: Permissions): Change {
  if (!paints(views, field)) return signing("signature_field_added", field.name, permissions);
  const isPermitted = permissions.docMdp === null || permissions.docMdp === 3;
  return change("annotation_added", isPermitted ? "annotation" : "forbidden", field.name);
}

const signing = (kind: "signature_added" | "signature_field_added", name: string, permissions: Permissions): Change =>
  change(kind, permissions.docMdp === 1 ? "forbidden" : "signature", name);

/** A document timestamp that shows nothing is evidence, ISO 32000-2 §12.8.2.2.2; one that paints is a signature like others. */
function signatureMade(views: Views, field: FormField, value: PdfDictionary, permissions: Permissions): Change {
  if (isReserved(value)) return unsignedField(views, field, permissions);
  // A second face for a signature that stood already: nobody signed for what it paints.
  if (isOldObject(views, field.value)) return change("form_field_changed", "forbidden", field.name);
  const subFilter = nameOf(views.now(entryOf(value, "SubFilter")));
  const isTimestamp = subFilter === "ETSI.RFC3161";
  if (isTimestamp && !paints(views, field)) return change("document_timestamp_added", "evidence", field.name);
  if (!isTimestamp && permissions.isLocked(field.name)) return change("locked_field_changed", "forbidden", field.name);
  return signing("signature_added", field.name, permissions);
}

function paints(views: Views, field: FormField): boolean {
  const box = views.now(entryOf(field.dictionary, "Rect"));
  const [left, bottom, right, top] = box.kind === "array" ? box.items.map((item) => views.now(item)) : [];
  const number = (side: PdfObject | undefined) => (side?.kind === "number" ? side.value : 0);
  const isEmpty = number(left) === number(right) || number(bottom) === number(top);
  return !isEmpty && field.dictionary.entries.has("AP");
}

const signatureFill: ReadonlySet<string> = new Set([
  "V",
  "AP",
  "AS",
  "M",
  "MK",
  "F",
  "Ff",
  "DA",
  "Q",
  "BS",
  "Border",
  "StructParent",
]);
const formFill: ReadonlySet<string> = new Set(["V", "AP", "AS", "M", "MK", "RV", "I", "TI"]);

function fieldChanges(views: Views, old: FormField, now: FormField, permissions: Permissions): Change[] {
  const changed = changedKeys(views, old.dictionary, now.dictionary).filter(
    (key) => key !== "Kids" && key !== "Parent",
  );
  if (changed.length === 0) return [];
  if (old.type === "Sig") return signatureFieldChanges(views, old, now, { changed, permissions });
  if (permissions.isLocked(now.name)) return [change("locked_field_changed", "forbidden", now.name)];
  const isFill = changed.every((key) => formFill.has(key) || (key === "Ff" && onlyReadOnlySet(views, old, now)));
  if (!isFill) return [change("form_field_changed", "forbidden", now.name)];
  return [change("form_filled", permissions.docMdp === 1 ? "forbidden" : "form", now.name)];
}

/** Signing locks fields by setting ReadOnly, ISO 32000-2 §12.7.4.1 table 227 bit 1. */
function onlyReadOnlySet(views: Views, old: FormField, now: FormField): boolean {
  const flags = (field: FormField, resolve: Views["old"]) => integerOf(resolve(entryOf(field.dictionary, "Ff"))) ?? 0;
  return (flags(old, views.old) | 1) === flags(now, views.now);
}

type Judged = { readonly changed: readonly string[]; readonly permissions: Permissions };

function signatureFieldChanges(
  views: Views,
  old: FormField,
  now: FormField,
  { changed, permissions }: Judged,
): Change[] {
  const before = old.value === null ? null : dictionaryOf(views.old(old.value));
  const value = now.value === null ? null : dictionaryOf(views.now(now.value));
  // What a signature shows and says is part of it: a new face over an old signature is the replace-shadow attack.
  if (before !== null)
    return [change(value === null ? "signature_removed" : "signature_changed", "forbidden", now.name)];
  if (!changed.every((key) => signatureFill.has(key))) return [change("form_field_changed", "forbidden", now.name)];
  if (value === null) return [change("form_field_changed", "forbidden", now.name)];
  return [signatureMade(views, now, value, permissions)];
}
