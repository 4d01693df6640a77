import { holdsComment } from "../format/pdf/comments.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import { indexOfText } from "../format/pdf/lexer.ts";
import { spend } from "../format/pdf/limits.ts";
import {
  dictionaryOf,
  emptyDictionary,
  entryOf,
  integerOf,
  nameOf,
  type PdfObject,
  pdfNull,
} from "../format/pdf/object.ts";
import type { PdfRevision } from "../format/pdf/revisions.ts";
import type { Extent } from "../format/pdf/tail.ts";
import type { XrefEntry } from "../format/pdf/xref.ts";
import {
  type EvidenceWalk,
  isAName,
  isDate,
  isDocumentTimestamp,
  isExtensions,
  isStore,
  isTimestampField,
  stood,
} from "./evidence-shapes.ts";
import { fieldsOf, rootOf } from "./fields.ts";
import { type PageTree, readPageTree } from "./pages.ts";
import { placesOfEvidence } from "./update-changes.ts";
import { isUsualTrailer } from "./usual-trailer.ts";
import { isSame, type Views, viewsOf } from "./views.ts";

/**
 * What stands behind the last signature and is neither evidence nor needed to add it: an object to which evidence does not
 * lead, an entry of a trailer, of the store or of a document timestamp that no standard knows, another first part of /ID, a
 * comment inside. No viewer shows it, so it is no change of a document; a certified copy is known byte by byte, and nothing
 * travels in it that nobody certified. DESIGN decision 5; ISO 32000-2 §7.5.5, §12.8.4.3, §12.8.5, §14.4.
 *
 * @param sealed the last signature's revision
 * @returns offset of the first such thing, or of the section that lists it; null where there is none
 */
export function firstForeignObject(file: PdfFile, extents: readonly Extent[], sealed: number): number | null {
  const ends = new Map(extents.map(({ start, end }) => [start, end]));
  const judged = new Set<PdfObject>();
  for (const revision of file.revisions.slice(sealed + 1)) {
    const walk = { file, sealed, revision: revision.index, reached: new Set<number>(), judged };
    const at = foreignIn(revision, walk, ends);
    if (at !== null) return at;
  }
  return null;
}

type Ends = ReadonlyMap<number, number>;

function foreignIn(revision: PdfRevision, walk: EvidenceWalk, ends: Ends): number | null {
  const sectionAt = Math.max(...revision.sections.map(({ start }) => start));
  const isUsual = isUsualTrailer(walk.file, walk.sealed, revision) && !isSectionCommented(walk.file, revision);
  if (!isUsual || !isShapely(walk)) return sectionAt;
  const pages = readPageTree(rootOf(walk.file, revision.index), viewsAt(walk).now, walk.file.budget);
  if (!hasUsualPages(walk, pages)) return sectionAt;
  const places = placesIn(walk, pages);
  const upkeep = { sections: revision.sections, held: heldIn(revision) };
  for (const [number, place] of revision.entries) {
    const isKnown = places.has(number) || walk.reached.has(number) || isUpkeep(walk, upkeep, number, place);
    if (isKnown && !isCommented(walk, number, place, ends)) continue;
    return place.kind === "offset" ? place.offset : sectionAt;
  }
  return null;
}

/** The store, new fields, and what catalog and form declare, each as its standard says. */
function isShapely(walk: EvidenceWalk): boolean {
  const { file, sealed, revision } = walk;
  const views = viewsAt(walk);
  const [before, now] = [rootOf(file, sealed), rootOf(file, revision)];
  const isDeclared = Object.entries({ DSS: isStore, Extensions: isExtensions, Version: isAName }).every(
    ([key, shape]) => {
      const value = entryOf(now, key);
      return isSame(views, entryOf(before, key), value) || shape(value, walk);
    },
  );
  return (
    isDeclared && isUsualForm(views, entryOf(before, "AcroForm"), entryOf(now, "AcroForm")) && hasUsualFields(walk)
  );
}

/** Filling and adding a field sets /SigFlags, and nothing asks viewers to draw anew. ISO 32000-2 §12.7.3. */
function isUsualForm(views: Views, old: PdfObject, now: PdfObject): boolean {
  const [before, after] = [views.old(old), views.now(now)];
  const flags = integerOf(views.now(entryOf(after, "SigFlags")));
  const hasFlags = flags === 3 || isSame(views, entryOf(before, "SigFlags"), entryOf(after, "SigFlags"));
  return hasFlags && isSame(views, entryOf(before, "NeedAppearances"), entryOf(after, "NeedAppearances"));
}

const viewsAt = ({ file, sealed, revision }: EvidenceWalk): Views => viewsOf(file, sealed, revision);

/** What a page says of itself beside what it shows; the rest is compared elsewhere. */
function hasUsualPages(walk: EvidenceWalk, { pages }: PageTree): boolean {
  const views = viewsAt(walk);
  return pages.every(({ number, entries }) =>
    Object.entries({ Tabs: isAName, LastModified: isDate }).every(([key, isUsual]) => {
      const value = entries.get(key) ?? pdfNull;
      const before = number === null ? pdfNull : entryOf(walk.file.object(number, walk.sealed), key);
      return isSame(views, before, value) || isUsual(value);
    }),
  );
}

/** A field that is written inside another object is known by its name only. */
function hasUsualFields(walk: EvidenceWalk): boolean {
  const { file, sealed, revision, reached } = walk;
  const names = new Set(fieldsOf(file, sealed).map(({ name }) => name));
  return fieldsOf(file, revision).every(({ number, name, dictionary, value }) => {
    const isOld = number === null ? names.has(name) : stood(walk, number);
    if (isOld) return value === null || isSigned(walk, value) || isDocumentTimestamp(value, walk);
    if (number !== null) reached.add(number);
    return isTimestampField(dictionary, walk);
  });
}

/** What is no reference was compared with the field. */
const isSigned = (walk: EvidenceWalk, value: PdfObject): boolean =>
  value.kind !== "reference" || stood(walk, value.number);

/** The catalog, the form, pages, fields and the store as they stood: what they say now is compared with it. */
function placesIn({ file, sealed, revision }: EvidenceWalk, pages: PageTree): ReadonlySet<number> {
  const views = viewsOf(file, sealed, revision);
  const [old, now] = [sealed, revision].map((one) => dictionaryOf(rootOf(file, one)) ?? emptyDictionary);
  if (old === undefined || now === undefined) return new Set();
  const fields = fieldsOf(file, revision).filter(({ number }) => number !== null && stood({ file, sealed }, number));
  return placesOfEvidence(views, { old, now, pages, fields });
}

type Upkeep = Pick<PdfRevision, "sections"> & { readonly held: ReadonlyMap<number, number> };

/** How many objects of the revision stand in each object stream. */
function heldIn({ entries }: PdfRevision): ReadonlyMap<number, number> {
  const held = new Map<number, number>();
  for (const place of entries.values())
    if (place.kind === "compressed") held.set(place.stream, (held.get(place.stream) ?? 0) + 1);
  return held;
}

/** A row of the table that frees nothing, the section itself, a stream that holds objects of this revision and no others. */
function isUpkeep(walk: EvidenceWalk, { sections, held }: Upkeep, number: number, place: XrefEntry): boolean {
  if (place.kind === "free") return !stood({ file: walk.file, sealed: walk.revision - 1 }, number);
  if (place.kind !== "offset") return false;
  if (sections.some(({ start }) => start === place.offset)) return true;
  const container = walk.file.object(number, walk.revision);
  const isContainer = container.kind === "stream" && nameOf(entryOf(container, "Type")) === "ObjStm";
  return isContainer && isOnlyContainer(container.dictionary.entries, held.get(number) ?? 0);
}

const ofContainer: ReadonlySet<string> = new Set(["Type", "N", "First", "Length", "Filter", "DecodeParms"]);

const isOnlyContainer = (entries: ReadonlyMap<string, PdfObject>, held: number): boolean =>
  held > 0 && [...entries].every(([key, value]) => ofContainer.has(key) && (key !== "N" || integerOf(value) === held));

function isCommented({ file, revision }: EvidenceWalk, number: number, place: XrefEntry, ends: Ends): boolean {
  if (place.kind !== "offset") return false;
  const end = ends.get(place.offset) ?? place.offset;
  const object = file.object(number, revision);
  const dataAt = object.kind === "stream" ? object.raw.byteOffset - file.bytes.byteOffset : end;
  const dataEnd = object.kind === "stream" ? dataAt + object.raw.length : end;
  if (!spend(file.budget, "readBytes", dataAt - place.offset + end - dataEnd)) return true; // one object may be listed often
  return holdsComment(file.bytes, place.offset, dataAt) || holdsComment(file.bytes, dataEnd, end);
}

function isSectionCommented({ bytes }: PdfFile, { sections }: PdfRevision): boolean {
  return sections.some(({ form, start, end }) => {
    const dataAt = form === "stream" ? indexOfText(bytes, "stream", start, end) : end;
    return holdsComment(bytes, start, dataAt < 0 ? end : dataAt);
  });
}
