import type { PdfFile } from "./file.ts";
import { spend } from "./limits.ts";
import { dictionaryOf, entryOf, integerOf, type PdfObject } from "./object.ts";
import type { PdfRevision } from "./revisions.ts";

/** How one later revision is written, whatever it means. */
export type Update = {
  readonly revision: number;
  /** An object that readers can take for two different ones, or 0 for the section itself; null where all agree. */
  readonly ambiguousAt: number | null;
  /** Readers that count bytes read its table as readers of words do. */
  readonly isPlain: boolean;
};

/**
 * Every revision after the first. Where readers disagree, one of them shows what another did not judge: a key that
 * stands twice in a dictionary, a number that stands twice in a section, hybrid sections, an object that changes its
 * generation, a /Size that makes objects disappear (ISO 32000-2 §7.5.4, §7.5.5, §7.3.10).
 */
export const updatesOf = (file: PdfFile): readonly Update[] =>
  file.revisions.slice(1).map((revision) => ({
    revision: revision.index,
    ambiguousAt: ambiguityIn(file, revision),
    isPlain: revision.sections.every(({ isPlain }) => isPlain),
  }));

function ambiguityIn(file: PdfFile, revision: PdfRevision): number | null {
  const { index, sections, trailer } = revision;
  if (sections.some(({ isAmbiguous }) => isAmbiguous) || holdsDoubledKey(file, trailer)) return 0;
  if (sizeOf(revision) < sizeOf(file.revisions[index - 1])) return 0;
  for (const number of revision.entries.keys()) {
    if (number >= sizeOf(revision) || changesGeneration(file, number, index)) return number;
    if (holdsDoubledKey(file, file.object(number, index))) return number;
  }
  return null;
}

const sizeOf = (revision: PdfRevision | undefined): number =>
  (revision === undefined ? null : integerOf(entryOf(revision.trailer, "Size"))) ?? 0;

function changesGeneration(file: PdfFile, number: number, revision: number): boolean {
  const before = file.entry(number, revision - 1);
  const now = file.entry(number, revision);
  if (before === null || now === null || before.kind === "free" || now.kind === "free") return false;
  const generation = (place: typeof before) => (place.kind === "offset" ? place.generation : 0);
  return generation(before) !== generation(now);
}

/** Walks what stands inside, references not followed; the parser has bounded how deep it is. */
function holdsDoubledKey(file: PdfFile, object: PdfObject): boolean {
  if (!spend(file.budget, "steps", 1)) return true;
  if (object.kind === "array") return object.items.some((item) => holdsDoubledKey(file, item));
  const dictionary = dictionaryOf(object);
  if (dictionary === null) return false;
  return dictionary.doubled.length > 0 || [...dictionary.entries.values()].some((item) => holdsDoubledKey(file, item));
}
