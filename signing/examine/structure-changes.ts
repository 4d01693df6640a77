import {
  dictionaryOf,
  entryOf,
  integerOf,
  itemsOf,
  nameOf,
  type PdfDictionary,
  type PdfObject,
  pdfNull,
} from "../format/pdf/object.ts";
import { type Change, change } from "./change.ts";
import { isSame, keysOf, type Views } from "./views.ts";

/**
 * The structure tree may gain elements that hold nothing but a widget (ISO 32000-2 §14.7.5.3, OBJR): tagged PDF wants
 * one for each signature field. Any other change could alter what is read aloud or copied.
 */
export function structureChanges(views: Views, old: PdfObject, now: PdfObject): Change[] {
  if (isSame(views, old, now)) return [];
  const hasGrown = hasOnlyGainedWidgets(views, old, now);
  return [change("structure_changed", hasGrown ? "upkeep" : "forbidden")];
}

type Pair = { readonly old: PdfObject; readonly now: PdfObject };
const counters: ReadonlySet<string> = new Set(["ParentTreeNextKey", "Limits"]);
const growing: ReadonlySet<string> = new Set(["K", "Kids", "ParentTree", "StructTreeRoot"]);

function hasOnlyGainedWidgets(views: Views, old: PdfObject, now: PdfObject): boolean {
  const visited = new Set<string>();
  const open: Pair[] = [{ old, now }];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    if (pair.old.kind === "reference" && pair.now.kind === "reference") {
      const key = `${pair.old.number} ${pair.now.number}`;
      if (visited.has(key)) continue;
      visited.add(key);
    }
    if (!mayBecome(views, pair, open)) return false;
  }
  return true;
}

function mayBecome(views: Views, pair: Pair, open: Pair[]): boolean {
  const old = views.old(pair.old);
  const now = views.now(pair.now);
  if (old.kind === "dictionary" && now.kind === "dictionary") return entriesMayBecome(views, old, now, open);
  const before = old.kind === "array" ? old.items : old.kind === "null" ? [] : [pair.old];
  const after = now.kind === "array" ? now.items : [pair.now];
  return listMayBecome(views, before, after, open);
}

function entriesMayBecome(views: Views, old: PdfDictionary, now: PdfDictionary, open: Pair[]): boolean {
  for (const key of keysOf(old, now)) {
    const before = entryOf(old, key);
    const after = entryOf(now, key);
    if (counters.has(key) || key === "P" || key === "Parent") continue;
    if (growing.has(key)) open.push({ old: before, now: after });
    else if (!isSame(views, before, after) && !(key === "Nums" && numbersMayBecome(views, before, after, open)))
      return false;
  }
  return true;
}

/** ISO 32000-2 §7.9.7: every number keeps what it may become, and a new one leads to a widget's element. */
function numbersMayBecome(views: Views, old: PdfObject, now: PdfObject, open: Pair[]): boolean {
  const before = numbersIn(views.old(old));
  const after = numbersIn(views.now(now));
  if (before === null || after === null) return false;
  for (const [number, value] of after) {
    const known = before.get(number);
    if (known !== undefined) open.push({ old: known, now: value });
    else if (!holdsOnlyWidgets(views, value, 6)) return false;
  }
  return [...before.keys()].every((number) => after.has(number));
}

/** @returns null for what is no list of numbers and values, each number once: readers would not agree on it */
function numbersIn(list: PdfObject): ReadonlyMap<number, PdfObject> | null {
  const items = list.kind === "null" ? [] : list.kind === "array" ? list.items : null;
  if (items === null) return null;
  const found = new Map<number, PdfObject>();
  for (let i = 0; i < items.length; i += 2) {
    const number = integerOf(items[i] ?? pdfNull);
    if (number === null || found.has(number)) return null;
    found.set(number, items[i + 1] ?? pdfNull);
  }
  return found;
}

/** What stood must stand in its order; what is new between must be a widget's element. */
function listMayBecome(views: Views, old: readonly PdfObject[], now: readonly PdfObject[], open: Pair[]): boolean {
  let next = 0;
  for (const item of now) {
    const before = old[next];
    if (before !== undefined && isSameItem(views, before, item)) {
      next++;
      if (item.kind === "reference" || item.kind === "dictionary") open.push({ old: before, now: item });
    } else if (!holdsOnlyWidgets(views, item, 6)) return false;
  }
  return next === old.length;
}

/** An element written inside the list names the one above it, which has changed: it is judged by its entries instead. */
function isSameItem(views: Views, old: PdfObject, now: PdfObject): boolean {
  if (old.kind === "reference" && now.kind === "reference") return old.number === now.number;
  if (old.kind === "dictionary" && now.kind === "dictionary" && !holdsOnlyWidgets(views, now, 6)) return true;
  return isSame(views, old, now);
}

function holdsOnlyWidgets(views: Views, item: PdfObject, depth: number): boolean {
  const element = dictionaryOf(views.now(item));
  if (element === null || depth === 0) return false;
  if (nameOf(views.now(entryOf(element, "Type"))) === "OBJR") return isWidget(views, entryOf(element, "Obj"));
  const kids = views.now(entryOf(element, "K"));
  const list = kids.kind === "array" ? itemsOf(kids) : [entryOf(element, "K")];
  return list.every((kid) => holdsOnlyWidgets(views, kid, depth - 1));
}

const isWidget = (views: Views, object: PdfObject): boolean =>
  nameOf(views.now(entryOf(views.now(object), "Subtype"))) === "Widget";
