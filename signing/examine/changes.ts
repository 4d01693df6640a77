import type { PdfFile } from "../format/pdf/file.ts";
import { isBlank } from "../format/pdf/indirect.ts";
import { dictionaryOf, entryOf, itemsOf, type PdfDictionary, type PdfObject } from "../format/pdf/object.ts";
import { firstUnexplainedByte } from "../format/pdf/tail.ts";
import { annotationChanges } from "./annotation-changes.ts";
import { type Change, change } from "./change.ts";
import { evidenceChanges } from "./evidence-changes.ts";
import { type FormField, fieldsOf, rootOf } from "./fields.ts";
import { formChanges } from "./form-changes.ts";
import { type Page, type PageTree, readPageTree } from "./pages.ts";
import type { Permissions } from "./permissions.ts";
import { structureChanges } from "./structure-changes.ts";
import { isSame, keysOf, type Views, viewsOf } from "./views.ts";

/**
 * What was done to the file after the revision `before`, object by object as a viewer reaches them from the catalog,
 * ISO 32000-2 §12.8.2 and EN 319 142-1 §5.5. Objects that nothing refers to are no change.
 *
 * @param signedEnd offset where the signed bytes end
 */
export function changesAfter(
  file: PdfFile,
  before: number,
  signedEnd: number,
  permissions: Permissions,
): readonly Change[] {
  const after = file.revisions.length - 1;
  if (before === after) return trailingBytes(file, signedEnd);
  const views = viewsOf(file, before, after);
  const old = dictionaryOf(rootOf(file, before));
  const now = dictionaryOf(rootOf(file, after));
  if (old === null || now === null) return [change("catalog_changed", "forbidden")];
  const oldPages = readPageTree(old, views.old);
  const nowPages = readPageTree(now, views.now);
  const oldFields = fieldsOf(file, before);
  const nowFields = fieldsOf(file, after);
  for (const number of [...rootNumbers(file, before), ...rootNumbers(file, after)]) views.apart.add(number);
  for (const number of [...oldPages.nodes, ...nowPages.nodes]) views.apart.add(number);
  for (const { number } of [...oldFields, ...nowFields]) if (number !== null) views.apart.add(number);
  for (const page of oldPages.pages) setAnnotationsApart(views, page);
  return [
    ...trailingBytes(file, signedEnd),
    ...chainChanges(file, before),
    ...catalogChanges(views, old, now),
    ...formChanges(views, { old, now, oldFields, nowFields, permissions }),
    ...pageChanges(views, oldPages, nowPages, { nowFields, permissions }),
    ...informationChanges(views),
  ];
}

/** A certification signature names the catalog in its /Reference; the catalog is compared key by key instead. */
function rootNumbers(file: PdfFile, revision: number): number[] {
  const root = file.revisions[revision]?.trailer.entries.get("Root");
  return root?.kind === "reference" ? [root.number] : [];
}

function setAnnotationsApart(views: Views, page: Page): void {
  for (const item of itemsOf(views.old(page.entries.get("Annots") ?? { kind: "null" })))
    if (item.kind === "reference") views.apart.add(item.number);
}

function trailingBytes(file: PdfFile, signedEnd: number): Change[] {
  if (isBlank(file.bytes, signedEnd, file.bytes.length)) return [];
  const at = firstUnexplainedByte(file, signedEnd);
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

type PageContext = { readonly nowFields: readonly FormField[]; readonly permissions: Permissions };

function pageChanges(views: Views, old: PageTree, now: PageTree, context: PageContext): Change[] {
  if (old.pages.length < now.pages.length) return [change("page_added", "forbidden", old.pages.length + 1)];
  if (old.pages.length > now.pages.length) return [change("page_removed", "forbidden", now.pages.length + 1)];
  const cut = old.isWhole === now.isWhole ? [] : [change("page_changed", "forbidden")];
  return [...cut, ...old.pages.flatMap((page, i) => onePage(views, page, now.pages[i] ?? page, i + 1, context))];
}

const pageUpkeep: ReadonlySet<string> = new Set(["Parent", "Tabs", "LastModified"]);

function onePage(views: Views, old: Page, now: Page, page: number, context: PageContext): Change[] {
  const changes: Change[] = [];
  const value = (from: Page, key: string): PdfObject => from.entries.get(key) ?? { kind: "null" };
  for (const key of new Set([...old.entries.keys(), ...now.entries.keys()])) {
    if (key === "Annots" || pageUpkeep.has(key) || isSame(views, value(old, key), value(now, key))) continue;
    if (key === "Contents") changes.push(change("page_content_changed", "forbidden", page));
    else if (key === "Resources") changes.push(change("page_resources_changed", "forbidden", page));
    else changes.push(change("page_changed", "forbidden", page));
  }
  const annotations = annotationChanges(views, value(old, "Annots"), value(now, "Annots"), page, context);
  return [...changes, ...annotations];
}

function informationChanges(views: Views): Change[] {
  const { file, before, after } = views;
  const entry = (revision: number) => {
    const trailer = file.revisions[revision]?.trailer;
    return trailer === undefined ? ({ kind: "null" } as const) : entryOf(trailer, "Info");
  };
  return isSame(views, entry(before), entry(after)) ? [] : [change("metadata_changed", "upkeep", "Info")];
}
