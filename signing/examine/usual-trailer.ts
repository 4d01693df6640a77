import { equalBytes } from "../../src/core/kernel.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import { itemsOf, type PdfObject, pdfNull } from "../format/pdf/object.ts";
import type { PdfRevision } from "../format/pdf/revisions.ts";
import { isPlain } from "./evidence-shapes.ts";
import { isSame, viewsOf } from "./views.ts";

const anew: ReadonlySet<string> = new Set(["Size", "Prev", "Info"]); // what Info leads to is compared elsewhere
const ofStream: ReadonlySet<string> = new Set(["Type", "W", "Index", "Length", "Filter", "DecodeParms"]);
const longestPart = 64;

/**
 * Whether a later trailer has what stood in the sealed one, what every update says anew, and nothing else. ISO 32000-2 §7.5.5,
 * §7.5.8.2.
 */
export function isUsualTrailer(file: PdfFile, sealed: number, { index, trailer, sections }: PdfRevision): boolean {
  const views = viewsOf(file, sealed, index);
  const isStream = sections[0]?.form === "stream";
  const old = (key: string): PdfObject => file.revisions[sealed]?.trailer.entries.get(key) ?? pdfNull;
  const isUsual = ([key, value]: readonly [string, PdfObject]): boolean => {
    if (anew.has(key)) return true;
    if (key === "Root") return isSameReference(old(key), value);
    if (key === "ID") return isNextId(old(key), value);
    return isStream && ofStream.has(key) ? isPlain(value) : isSame(views, old(key), value);
  };
  return [...trailer.entries].every(isUsual) && (trailer.entries.has("ID") || old("ID").kind === "null");
}

const isSameReference = (old: PdfObject, now: PdfObject): boolean =>
  old.kind === "reference" && now.kind === "reference" && old.number === now.number;

/** §14.4: the first part says which document it is and stays; the second is another with every update. */
function isNextId(old: PdfObject, now: PdfObject): boolean {
  const [kept] = itemsOf(old);
  const [first, second, ...more] = itemsOf(now);
  if (first?.kind !== "string" || second?.kind !== "string" || more.length > 0) return false;
  if (first.bytes.length > longestPart || second.bytes.length > longestPart) return false;
  return kept === undefined || (kept.kind === "string" && equalBytes(kept.bytes, first.bytes));
}
