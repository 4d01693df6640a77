import { dictionaryOf, entryOf, itemsOf, type PdfObject } from "../format/pdf/object.ts";
import { type Change, change } from "./change.ts";
import { isSame, type Views } from "./views.ts";

// Each lost item is sought among all: a store beyond this is refused rather than searched for ever.
const mostItems = 2000;
const lists = ["Certs", "OCSPs", "CRLs"];

/** The document security store may grow and never shrink, EN 319 142-1 §5.4.2. */
export function evidenceChanges(views: Views, old: PdfObject, now: PdfObject): Change[] {
  if (isSame(views, old, now)) return [];
  const before = views.old(old);
  const after = views.now(now);
  if (dictionaryOf(after) === null) return [change("evidence_removed", "forbidden")];
  const hasLost = lists.some((key) => hasLostItem(views, entryOf(before, key), entryOf(after, key)));
  return [hasLost ? change("evidence_removed", "forbidden") : change("evidence_added", "evidence")];
}

function hasLostItem(views: Views, old: PdfObject, now: PdfObject): boolean {
  const kept = itemsOf(views.now(now));
  const stood = itemsOf(views.old(old));
  if (kept.length > mostItems || stood.length > mostItems) return true;
  return stood.some((item, i) => {
    const guess = kept[i];
    if (guess !== undefined && isSame(views, item, guess)) return false;
    return !kept.some((other) => isSame(views, item, other));
  });
}
