import type { PdfFile } from "./file.ts";
import { isBlank, readIndirect } from "./indirect.ts";
import { cursorAt, skipSpace } from "./lexer.ts";
import { integerOf } from "./object.ts";
import type { PdfRevision } from "./revisions.ts";

/** Offsets of the first byte and of the one after the last. */
export type Extent = { readonly start: number; readonly end: number };

/**
 * Whether every byte from `from` to the end of the file belongs to an object that a cross-reference section lists, to
 * such a section, to a `startxref`, or is white space or a comment. Stray objects and sections that no chain reaches
 * are read by viewers that repair files (incremental saving attacks), so they count as an unexplained change.
 *
 * @returns offset of the first unexplained byte, or null
 */
export function firstUnexplainedByte(file: PdfFile, extents: readonly Extent[], from: number): number | null {
  const loose = gapsBetween(extents, from, file.bytes.length).find((gap) => !isSilent(file, gap));
  return loose === undefined ? null : loose.start;
}

/**
 * The same for a file that must end as its writer ended it: no comments, and nothing, not even white space, after the
 * newest `%%EOF` and its end of line. DESIGN decision 5: after the agency's revision there may be evidence only.
 *
 * @returns offset of the first foreign byte, or null
 */
export function firstForeignByte(file: PdfFile, extents: readonly Extent[], from: number): number | null {
  const closed = Math.max(from, file.revisions.at(-1)?.end ?? 0);
  const loose = gapsBetween(extents, from, closed).find(
    (gap) => gap.end < gap.start || !isBlank(file.bytes, gap.start, gap.end),
  );
  if (loose !== undefined) return loose.start;
  const unplain = file.revisions.find((revision) => revision.end > from && !isPlainlyClosed(file, revision));
  if (unplain !== undefined) return tablesEnd(unplain);
  return closed < file.bytes.length ? closed : null;
}

const tablesEnd = ({ sections }: PdfRevision): number => Math.max(...sections.map((section) => section.end));

/** `startxref`, a number, `%%EOF` and one end of line, and between them white space only. §7.5.5. */
function isPlainlyClosed({ bytes }: PdfFile, revision: PdfRevision): boolean {
  const closing = bytes.subarray(tablesEnd(revision), revision.end);
  const text = closing.length > 100 ? "" : new TextDecoder("latin1").decode(closing);
  return /^\s+startxref\s+\d+\s+%%EOF(\r\n|\r|\n)?$/.test(text);
}

/** What lies between the extents; `end` before `start` where two of them share bytes: two readings of the same place. */
function gapsBetween(extents: readonly Extent[], from: number, to: number): Extent[] {
  const gaps: Extent[] = [];
  let at = from;
  for (const extent of extents) {
    if (extent.start < from) continue;
    gaps.push({ start: at, end: extent.start });
    at = Math.max(at, extent.end);
  }
  return [...gaps, { start: at, end: to }];
}

function isSilent(file: PdfFile, { start, end }: Extent): boolean {
  const cursor = cursorAt(file.bytes, start, end);
  skipSpace(cursor);
  return cursor.at === end;
}

/** Everything that the first revision does not hold and that some cross-reference section accounts for, in file order. */
export function appendedExtents(file: PdfFile): readonly Extent[] {
  const from = file.revisions[0]?.end ?? 0;
  const extents: Extent[] = [];
  for (const revision of file.revisions.slice(1)) {
    for (const section of revision.sections) {
      extents.push(section);
      if (section.hybridStream !== null) extents.push(section.hybridStream);
    }
    extents.push({ start: tablesEnd(revision), end: revision.end });
    extents.push(...objectExtents(file, revision.index, from));
  }
  return withoutTwins(extents.sort((a, b) => a.start - b.start));
}

function objectExtents(file: PdfFile, revision: number, from: number): Extent[] {
  const extents: Extent[] = [];
  for (const [number, entry] of file.revisions[revision]?.entries ?? []) {
    if (entry.kind !== "offset" || entry.offset < from) continue;
    const lengthOf = (reference: { number: number }) => integerOf(file.object(reference.number, revision));
    const read = readIndirect(file.bytes, entry.offset, file.bytes.length, { ...file, lengthOf });
    if (read !== null && read.number === number) extents.push({ start: read.start, end: read.end });
  }
  return extents;
}

// A cross-reference stream is a section and may list itself as an object.
const withoutTwins = (sorted: readonly Extent[]): Extent[] =>
  sorted.filter((extent, i) => extent.start !== sorted[i - 1]?.start);
