import { spend } from "../format/pdf/limits.ts";
import { entryOf, itemsOf, type PdfObject, pdfNull } from "../format/pdf/object.ts";
import { annotationChanges, type PageContext } from "./annotation-changes.ts";
import { type Change, change } from "./change.ts";
import type { Page, PageTree } from "./pages.ts";
import { changedKeys, isSame, type Views } from "./views.ts";

/** Numbers of annotations that are dictionaries of their own. */
export function annotationNumbers({ file }: Views, tree: PageTree, resolve: Views["old"]): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const page of tree.pages) {
    const items = itemsOf(resolve(page.entries.get("Annots") ?? pdfNull));
    // Thousands of pages may share one array of thousands.
    if (!spend(file.budget, "steps", items.length)) return numbers;
    for (const item of items)
      if (item.kind === "reference" && resolve(item).kind === "dictionary") numbers.add(item.number);
  }
  return numbers;
}

/** Pages in their order, with what they inherit. ISO 32000-2 §7.7.3. */
export function pageChanges(views: Views, old: PageTree, now: PageTree, context: PageContext): Change[] {
  if (old.pages.length < now.pages.length) return [change("page_added", "forbidden", old.pages.length + 1)];
  if (old.pages.length > now.pages.length) return [change("page_removed", "forbidden", now.pages.length + 1)];
  const isReadable = old.isWhole && now.isWhole && isSameList(old.oddities, now.oddities);
  const cut = isReadable ? [] : [change("page_changed", "forbidden")];
  const changes: Change[] = [...cut, ...innerChanges(views, old, now)];
  for (const [i, page] of old.pages.entries()) {
    if (views.file.budget.exhausted) break;
    changes.push(...onePage(views, page, now.pages[i] ?? page, i + 1, context));
  }
  return changes;
}

const isSameList = (old: readonly string[], now: readonly string[]): boolean =>
  old.length === now.length && old.every((oddity, i) => oddity === now[i]);

const treeKeys: ReadonlySet<string> = new Set(["Kids", "Count", "Parent"]); // judged with the tree

/** Inner nodes are named only by the tree, unless an author also used one as a resource to change it later. */
function innerChanges(views: Views, old: PageTree, now: PageTree): Change[] {
  for (const [number, before] of old.inner) {
    const after = now.inner.get(number);
    if (after === undefined) continue;
    const changed = changedKeys(views, before, after).filter((key) => !treeKeys.has(key));
    // Writers leave their mark as a string in the root of the tree; a string can be no resource.
    const isHarmless = (key: string) =>
      isMark(views.old(entryOf(before, key))) && isMark(views.now(entryOf(after, key)));
    if (!changed.every(isHarmless)) return [change("page_changed", "forbidden")];
  }
  return [];
}

const isMark = ({ kind }: PdfObject): boolean => kind === "string" || kind === "null";

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
