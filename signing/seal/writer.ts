import { type Bytes, concatBytes } from "../../src/core/kernel.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import { integerOf, type PdfObject } from "../format/pdf/object.ts";
import { appendedTo } from "./appended.ts";
import { dictionaryText, latin1 } from "./pdf-writing.ts";

/** An object as it will stand between `n g obj` and `endobj`. */
export type WrittenObject = { readonly number: number; readonly generation: number; readonly body: Bytes };

/** A stream with its length; `entries` are those of its dictionary but /Length, as PDF text. ISO 32000-2 §7.3.8. */
export function streamObject(number: number, entries: string, data: Bytes): WrittenObject {
  const head = latin1(`<< ${entries}${entries === "" ? "" : " "}/Length ${data.length} >>\nstream\n`);
  return { number, generation: 0, body: concatBytes(head, data, latin1("\nendstream")) };
}

export type Revision = {
  /** The file with the revision behind it: earlier bytes are a prefix, unchanged. */
  readonly pdf: Bytes;
  /** Where each body begins, in the order given. */
  readonly bodyOffsets: readonly number[];
};

/** The lowest object number that no revision uses. */
export function firstFreeNumber(file: PdfFile): number {
  const listed = file.revisions.flatMap((revision) => [...revision.entries.keys()]);
  const size = integerOf(newestTrailer(file).get("Size") ?? { kind: "null" }) ?? 0;
  return listed.reduce((highest, number) => Math.max(highest, number + 1), size);
}

export const newestTrailer = (file: PdfFile): ReadonlyMap<string, PdfObject> =>
  file.revisions.at(-1)?.trailer.entries ?? new Map();

/**
 * Appends an incremental update, ISO 32000-2 §7.5.6, with a cross-reference section of the kind the file ends with.
 *
 * @param objects written in this order
 * @param trailerChanges entries of the trailer that differ from the newest one, as PDF text
 */
export function appendRevision(
  file: PdfFile,
  objects: readonly WrittenObject[],
  trailerChanges: Record<string, string> = {},
): Revision {
  const parts: Bytes[] = [file.bytes.at(-1) === 0x0a ? new Uint8Array(0) : latin1("\n")];
  let at = file.bytes.length + (parts[0]?.length ?? 0);
  const places: Place[] = [];
  const bodyOffsets: number[] = [];
  for (const { number, generation, body } of objects) {
    const head = latin1(`${number} ${generation} obj\n`);
    const tail = latin1("\nendobj\n");
    places.push({ number, generation, offset: at - file.base });
    bodyOffsets.push(at + head.length);
    parts.push(head, body, tail);
    at += head.length + body.length + tail.length;
  }
  const isStream = file.revisions.at(-1)?.sections[0]?.form === "stream";
  const section = isStream ? streamSection : tableSection;
  parts.push(latin1(section(file, places, at - file.base, trailerChanges)));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return { pdf: appendedTo(file.bytes, length, (into) => putAll(parts, into)), bodyOffsets };
}

function putAll(parts: readonly Bytes[], into: Uint8Array): void {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
}

type Place = { readonly number: number; readonly generation: number; readonly offset: number };

const closing = (start: number) => `startxref\n${start}\n%%EOF\n`;

// Entries that describe one section only, not the document: §7.5.5, §7.5.8.2.
const ofOneSection = ["XRefStm", "Type", "W", "Index", "Length", "Filter", "DecodeParms"];

function trailerText(file: PdfFile, size: number, changes: Record<string, string>): string {
  const kept = new Map([...newestTrailer(file)].filter(([key]) => !ofOneSection.includes(key)));
  const previous = (file.revisions.at(-1)?.sections[0]?.start ?? 0) - file.base;
  return dictionaryText(kept, { Size: String(size), Prev: String(previous), ...changes });
}

function tableSection(
  file: PdfFile,
  places: readonly Place[],
  start: number,
  trailerChanges: Record<string, string>,
): string {
  const size = sizeWith(file, places);
  const rows = runsOf(places).map((run) => `${run[0]?.number} ${run.length}\n${run.map(tableRow).join("")}`);
  return `xref\n${rows.join("")}trailer\n${trailerText(file, size, trailerChanges)}\n${closing(start)}`;
}

/** Twenty bytes exactly, §7.5.4. */
const tableRow = ({ offset, generation }: Place) =>
  `${String(offset).padStart(10, "0")} ${String(generation).padStart(5, "0")} n\r\n`;

/** §7.5.8; rows in hexadecimal, so that the section needs no compression and reads as text. */
function streamSection(
  file: PdfFile,
  places: readonly Place[],
  start: number,
  trailerChanges: Record<string, string>,
): string {
  const number = sizeWith(file, places);
  const runs = runsOf([...places, { number, generation: 0, offset: start }]);
  const rows = `${runs.flat().map(streamRow).join("")}>`;
  const index = runs.map((run) => `${run[0]?.number} ${run.length}`).join(" ");
  const dictionary = trailerText(file, number + 1, {
    Type: "/XRef",
    W: "[1 5 2]",
    Index: `[${index}]`,
    Filter: "/ASCIIHexDecode",
    Length: String(rows.length),
    ...trailerChanges,
  });
  return `${number} 0 obj\n${dictionary}\nstream\n${rows}\nendstream\nendobj\n${closing(start)}`;
}

const streamRow = ({ offset, generation }: Place) =>
  `01${offset.toString(16).padStart(10, "0")}${generation.toString(16).padStart(4, "0")}`;

const sizeWith = (file: PdfFile, places: readonly Place[]): number =>
  places.reduce((size, { number }) => Math.max(size, number + 1), firstFreeNumber(file));

/** Ascending, cut where a number is missing: the subsections of §7.5.4. */
function runsOf(places: readonly Place[]): Place[][] {
  const runs: Place[][] = [];
  for (const place of [...places].sort((a, b) => a.number - b.number)) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.number === place.number - 1) run.push(place);
    else runs.push([place]);
  }
  return runs;
}
