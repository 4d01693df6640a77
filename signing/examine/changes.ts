import type { PdfFile } from "../format/pdf/file.ts";
import { isBlank } from "../format/pdf/indirect.ts";
import { dictionaryOf, entryOf, type PdfDictionary } from "../format/pdf/object.ts";
import { type Extent, firstUnexplainedByte } from "../format/pdf/tail.ts";
import type { Update } from "../format/pdf/updates.ts";
import { type Change, change } from "./change.ts";
import { evidenceChanges } from "./evidence-changes.ts";
import { fieldsOf, rootOf } from "./fields.ts";
import { formChanges } from "./form-changes.ts";
import { annotationNumbers, pageChanges } from "./page-changes.ts";
import { readPageTree } from "./pages.ts";
import type { Permissions } from "./permissions.ts";
import { structureChanges } from "./structure-changes.ts";
import { placesOfEvidence, updateChanges } from "./update-changes.ts";
import { isSame, keysOf, type Views, viewsOf } from "./views.ts";

/** @property extents of everything that was appended and is accounted for, found once for all signatures as `updates` are */
export type ChangeQuestion = {
  readonly file: PdfFile;
  readonly before: number;
  /** Offset where the signed bytes end. */
  readonly signedEnd: number;
  readonly permissions: Permissions;
  readonly extents: () => readonly Extent[];
  readonly updates: () => readonly Update[];
};

/**
 * What was done to the file after the revision `before`, object by object as a viewer reaches them from the catalog,
 * ISO 32000-2 §12.8.2 and EN 319 142-1 §5.5. Objects that nothing refers to are no change; `foreign-objects.ts` tells them.
 */
export function changesAfter(question: ChangeQuestion): readonly Change[] {
  const { file, before, permissions } = question;
  const after = file.revisions.length - 1;
  if (before === after) return trailingBytes(question);
  const views = viewsOf(file, before, after);
  const old = dictionaryOf(rootOf(file, before));
  const now = dictionaryOf(rootOf(file, after));
  if (old === null || now === null) return [change("catalog_changed", "forbidden")];
  const pages = { old: readPageTree(old, views.old, file.budget), now: readPageTree(now, views.now, file.budget) };
  const fields = { old: fieldsOf(file, before), now: fieldsOf(file, after) };
  const numbers = (list: readonly { readonly number: number | null }[]) => list.map(({ number }) => number);
  setApart(views, rootNumbers(file, before), rootNumbers(file, after));
  setApart(views, [...pages.old.inner.keys()], [...pages.now.inner.keys()]);
  setApart(views, numbers(pages.old.pages), numbers(pages.now.pages));
  setApart(views, numbers(fields.old), numbers(fields.now));
  setApart(views, annotationNumbers(views, pages.old, views.old), annotationNumbers(views, pages.now, views.now));
  return [
    ...trailingBytes(question),
    ...chainChanges(file, before),
    ...updateChanges(
      views,
      question.updates(),
      placesOfEvidence(views, { old, now, pages: pages.now, fields: fields.now }),
    ),
    ...catalogChanges(views, old, now),
    ...formChanges(views, { old, now, oldFields: fields.old, nowFields: fields.now, permissions }),
    ...pageChanges(views, pages.old, pages.now, {
      fields: new Map(fields.now.map((one) => [one.number, one])),
      permissions,
    }),
    ...informationChanges(views),
  ];
}

/** Only what plays the same part before and after is compared on its own; anything else is compared wherever it is used. */
function setApart(views: Views, old: Iterable<number | null>, now: Iterable<number | null>): void {
  const stays = new Set(now);
  for (const number of old) if (number !== null && stays.has(number)) views.apart.add(number);
}

/** A certification signature names the catalog in its /Reference; the catalog is compared key by key instead. */
function rootNumbers(file: PdfFile, revision: number): number[] {
  const root = file.revisions[revision]?.trailer.entries.get("Root");
  return root?.kind === "reference" ? [root.number] : [];
}

function trailingBytes({ file, signedEnd, extents }: ChangeQuestion): Change[] {
  if (isBlank(file.bytes, signedEnd, file.bytes.length)) return [];
  const at = firstUnexplainedByte(file, extents(), signedEnd);
  return at === null ? [] : [change("unexplained_bytes", "forbidden", at)];
}

/** A reader of the signed bytes alone must have come to the same sections as the chain of the whole file does. */
function chainChanges(file: PdfFile, before: number): Change[] {
  const revision = file.revisions[before];
  const said = revision?.startXref ?? null;
  if (revision === undefined || said === null) return [];
  const leads = revision.sections.some(({ start }) => said <= start && isBlank(file.bytes, said, start));
  return leads ? [] : [change("revision_chain_broken", "forbidden", said)];
}

const comparedElsewhere: ReadonlySet<string> = new Set(["Pages", "AcroForm", "DSS", "StructTreeRoot"]);
const upkeep: Readonly<Record<string, "metadata_changed" | "extensions_changed">> = {
  Metadata: "metadata_changed",
  Version: "extensions_changed",
  Extensions: "extensions_changed",
};

function catalogChanges(views: Views, old: PdfDictionary, now: PdfDictionary): Change[] {
  const changes: Change[] = [];
  for (const key of keysOf(old, now)) {
    if (comparedElsewhere.has(key) || isSame(views, entryOf(old, key), entryOf(now, key))) continue;
    const allowed = upkeep[key];
    if (allowed !== undefined) changes.push(change(allowed, "upkeep", key));
    else changes.push(change(key === "Outlines" ? "outlines_changed" : "catalog_changed", "forbidden", key));
  }
  return [
    ...changes,
    ...evidenceChanges(views, entryOf(old, "DSS"), entryOf(now, "DSS")),
    ...structureChanges(views, entryOf(old, "StructTreeRoot"), entryOf(now, "StructTreeRoot")),
  ];
}

function informationChanges(views: Views): Change[] {
  const { file, before, after } = views;
  const entry = (revision: number) => {
    const trailer = file.revisions[revision]?.trailer;
    return trailer === undefined ? ({ kind: "null" } as const) : entryOf(trailer, "Info");
  };
  return isSame(views, entry(before), entry(after)) ? [] : [change("metadata_changed", "upkeep", "Info")];
}
