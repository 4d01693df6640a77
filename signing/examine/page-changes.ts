import { entryOf, itemsOf, type PdfObject, pdfNull } from "../format/pdf/object.ts";
import { annotationChanges, type PageContext } from "./annotation-changes.ts";
import { type Change, change } from "./change.ts";
import type { Page, PageTree } from "./pages.ts";
import { changedKeys, isSame, type Views } from "./views.ts";

/** Numbers of annotations that are dictionaries of their own. */
export function annotationNumbers(tree: PageTree, resolve: Views["old"]): number[] {
  const items = tree.pages.flatMap((page) => itemsOf(resolve(page.entries.get("Annots") ?? pdfNull)));
  return items.flatMap((item) =>
    item.kind === "reference" && resolve(item).kind === "dictionary" ? [item.number] : [],
  );
}

/** Pages in their order, with what they inherit. ISO 32000-2 §7.7.3. */
export function pageChanges(views: Views, old: PageTree, now: PageTree, context: PageContext): Change[] {
  if (old.pages.length < now.pages.length) return [change("page_added", "forbidden", old.pages.length + 1)];
  if (old.pages.length > now.pages.length) return [change("page_removed", "forbidden", now.pages.length + 1)];
  const cut = old.isWhole && now.isWhole ? [] : [change("page_changed", "forbidden")];
  return [
    ...cut,
    ...innerChanges(views, old, now),
    ...old.pages.flatMap((page, i) => onePage(views, page, now.pages[i] ?? page, i + 1, context)),
  ];
}

const treeKeys: ReadonlySet<string> = new Set(["Kids", "Count", "Parent"]);

/** Inner nodes are named only by the tree, unless an author also used one as a resource to change it later. */
function innerChanges(views: Views, old: PageTree, now: PageTree): Change[] {
  for (const [number, before] of old.inner) {
    const after = now.inner.get(number);
    if (after === undefined) continue;
    const changed = changedKeys(views, before, after).filter((key) => !treeKeys.has(key));
    // Writers leave their mark as a string in the root of the tree; a plain value can be no resource.
    const isHarmless = (key: string) =>
      isPlain(views.old(entryOf(before, key))) && isPlain(views.now(entryOf(after, key)));
    if (!changed.every(isHarmless)) return [change("page_changed", "forbidden")];
  }
  return [];
}

const isPlain = ({ kind }: PdfObject): boolean => kind !== "dictionary" && kind !== "array" && kind !== "stream";

const pageUpkeep: ReadonlySet<string> = new Set(["Parent", "Tabs", "LastModified"]);

function onePage(views: Views, old: Page, now: Page, page: number, context: PageContext): Change[] {
  const changes: Change[] = [];
  const value = (from: Page, key: string): PdfObject => from.entries.get(key) ?? pdfNull;
  for (const key of new Set([...old.entries.keys(), ...now.entries.keys()])) {
    if (key === "Annots" || pageUpkeep.has(key) || isSame(views, value(old, key), value(now, key))) continue;
    if (key === "Contents") changes.push(change("page_content_changed", "forbidden", page));
    else if (key === "Resources") changes.push(change("page_resources_changed", "forbidden", page));
    else changes.push(change("page_changed", "forbidden", page));
  }
  return [...changes, ...annotationChanges(views, value(old, "Annots"), value(now, "Annots"), page, context)];
}
