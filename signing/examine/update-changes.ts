import { entryOf, itemsOf, type PdfDictionary, type PdfObject, pdfNull } from "../format/pdf/object.ts";
import type { Update } from "../format/pdf/updates.ts";
import { type Change, change } from "./change.ts";
import type { FormField } from "./fields.ts";
import type { PageTree } from "./pages.ts";
import type { Views } from "./views.ts";

/**
 * What the later revisions are, whatever they mean. Where readers can take them in two ways the file is changed for
 * some of them. An object written again with the same content is no change, but evidence has no need of it: told, so
 * that a certified copy can be held to more than a document.
 *
 * @param evidence objects that adding evidence must write again
 */
export function updateChanges(views: Views, updates: readonly Update[], evidence: ReadonlySet<number>): Change[] {
  const later = updates.filter(({ revision }) => revision > views.before);
  const ambiguous = later.find(({ ambiguousAt }) => ambiguousAt !== null);
  if (ambiguous !== undefined) return [change("update_ambiguous", "forbidden", ambiguous.ambiguousAt)];
  const rewritten = firstRewritten(views, evidence);
  return [
    ...(later.every(({ isPlain }) => isPlain) ? [] : [change("update_ambiguous", "upkeep")]),
    ...(rewritten === null ? [] : [change("object_rewritten", "upkeep", rewritten)]),
  ];
}

function firstRewritten({ file, before }: Views, evidence: ReadonlySet<number>): number | null {
  for (const revision of file.revisions.slice(before + 1)) {
    for (const number of revision.entries.keys()) {
      const place = evidence.has(number) ? null : file.entry(number, before);
      if (place !== null && place.kind !== "free") return number;
    }
  }
  return null;
}

/** The catalog, the form, its fields and the pages that carry their widgets, the document security store. */
export function placesOfEvidence(
  views: Views,
  known: {
    readonly old: PdfDictionary;
    readonly now: PdfDictionary;
    readonly pages: PageTree;
    readonly fields: readonly FormField[];
  },
): ReadonlySet<number> {
  const { file, after } = views;
  const form = entryOf(known.now, "AcroForm");
  const root = file.revisions[after]?.trailer.entries.get("Root") ?? pdfNull;
  const places = new Set<number>();
  addInside(views, entryOf(known.old, "DSS"), 3, places);
  for (const item of [root, form, entryOf(views.now(form), "Fields")]) add(places, item);
  for (const { number } of known.fields) if (number !== null) places.add(number);
  for (const { number, entries } of known.pages.pages) {
    if (number !== null) places.add(number);
    add(places, entries.get("Annots") ?? pdfNull);
  }
  return places;
}

function add(places: Set<number>, item: PdfObject): void {
  if (item.kind === "reference") places.add(item.number);
}

/** Objects under the store, each once. */
function addInside(views: Views, item: PdfObject, depth: number, into: Set<number>): void {
  if (depth < 0 || (item.kind === "reference" && into.has(item.number))) return;
  add(into, item);
  const object = views.old(item);
  const inside = object.kind === "dictionary" ? object.entries.values() : itemsOf(object);
  for (const kid of inside) addInside(views, kid, depth - 1, into);
}
