import type { Bytes } from "../../src/core/kernel.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import { isBlank } from "../format/pdf/indirect.ts";
import {
  dictionaryOf,
  entryOf,
  integerOf,
  itemsOf,
  nameOf,
  type PdfDictionary,
  type PdfObject,
} from "../format/pdf/object.ts";
import { type FormField, fieldsOf } from "./fields.ts";
import { textOfString } from "./text.ts";

/** How a signature dictionary can lie about what it covers; each makes the signature worthless, whatever its hash says. */
export type StructureFault =
  | "byte_range_missing"
  | "byte_range_malformed"
  | "byte_range_not_from_start"
  | "byte_range_overlaps"
  | "byte_range_past_end"
  | "byte_range_ends_inside_revision"
  | "byte_range_shared"
  | "contents_missing"
  | "contents_empty"
  | "contents_doubled"
  | "contents_indirect"
  | "contents_not_the_gap";

/** Offsets in the file: 0..gapStart and gapEnd..end are signed. */
export type ByteRange = { readonly gapStart: number; readonly gapEnd: number; readonly end: number };

/** One signature dictionary that a form field points to, ISO 32000-2 §12.8.1, before any cryptography. */
export type FoundSignature = {
  readonly fieldName: string;
  readonly fieldNumber: number | null;
  readonly field: PdfDictionary;
  readonly dictionary: PdfDictionary;
  readonly kind: "signature" | "document_timestamp";
  readonly subFilter: string | null;
  /** /M as it stands; empty where there is none. */
  readonly claimedDate: string;
  readonly range: ByteRange | null;
  /** Padding included; null where there is none to read. */
  readonly contents: Bytes | null;
  /** The revision that the range ends with; null where it ends elsewhere. */
  readonly revision: number | null;
  readonly faults: readonly StructureFault[];
};

/**
 * Signatures and document timestamps of the newest revision, in the order in which they cover the file. A field
 * without value and a reserved /Contents of zero bytes are no signatures.
 */
export function findSignatures(file: PdfFile): readonly FoundSignature[] {
  const newest = file.revisions.length - 1;
  const found = new Map<string, FoundSignature | null>();
  for (const field of fieldsOf(file, newest)) {
    if (field.type !== "Sig" || field.value === null) continue;
    const key = field.value.kind === "reference" ? `object ${field.value.number}` : `field ${found.size}`;
    if (!found.has(key)) found.set(key, signatureOf(file, field, field.value));
  }
  const signatures = [...found.values()].filter((signature) => signature !== null);
  return withSharedRanges(signatures).toSorted((a, b) => (a.range?.end ?? 0) - (b.range?.end ?? 0));
}

function signatureOf(file: PdfFile, field: FormField, value: PdfObject): FoundSignature | null {
  const dictionary = dictionaryOf(file.resolve(value, file.revisions.length - 1));
  return dictionary === null || isReserved(dictionary) ? null : judge(file, field, dictionary);
}

/** Room for a signature that nobody has made yet: a /Contents of zeros. */
export function isReserved(dictionary: PdfDictionary): boolean {
  const contents = dictionary.entries.get("Contents");
  return contents?.kind === "string" && contents.bytes.length > 0 && contents.bytes.every((byte) => byte === 0);
}

function judge(file: PdfFile, field: FormField, dictionary: PdfDictionary): FoundSignature {
  const contents = dictionary.entries.get("Contents");
  const newest = file.revisions.length - 1;
  const subFilter = nameOf(file.resolve(entryOf(dictionary, "SubFilter"), newest));
  const type = nameOf(file.resolve(entryOf(dictionary, "Type"), newest));
  const { range, faults } = readRange(file, dictionary);
  const revision = range === null ? null : revisionEndingAt(file, range.end);
  return {
    fieldName: field.name,
    fieldNumber: field.number,
    field: field.dictionary,
    dictionary,
    kind: type === "DocTimeStamp" || subFilter === "ETSI.RFC3161" ? "document_timestamp" : "signature",
    subFilter,
    claimedDate: textOfString(file.resolve(entryOf(dictionary, "M"), newest)) ?? "",
    range,
    contents: contents?.kind === "string" && contents.bytes.length > 0 ? contents.bytes : null,
    revision,
    faults: [
      ...faults,
      ...contentsFaults(dictionary, range),
      ...(range !== null && revision === null && faults.length === 0
        ? ["byte_range_ends_inside_revision" as const]
        : []),
    ],
  };
}

function readRange(file: PdfFile, dictionary: PdfDictionary): { range: ByteRange | null; faults: StructureFault[] } {
  const newest = file.revisions.length - 1;
  const entry = file.resolve(entryOf(dictionary, "ByteRange"), newest);
  if (entry.kind === "null") return { range: null, faults: ["byte_range_missing"] };
  const numbers = itemsOf(entry).map((item) => integerOf(file.resolve(item, newest)));
  const [from, first, second, last] = numbers;
  const isWhole = numbers.length === 4 && numbers.every((number) => number !== null && number >= 0);
  if (!isWhole || dictionary.doubled.includes("ByteRange")) return { range: null, faults: ["byte_range_malformed"] };
  const range = { gapStart: first ?? 0, gapEnd: second ?? 0, end: (second ?? 0) + (last ?? 0) };
  if (from !== 0) return { range: null, faults: ["byte_range_not_from_start"] };
  if (range.gapEnd <= range.gapStart) return { range: null, faults: ["byte_range_overlaps"] };
  if (range.end > file.bytes.length) return { range: null, faults: ["byte_range_past_end"] };
  return { range, faults: [] };
}

function contentsFaults(dictionary: PdfDictionary, range: ByteRange | null): StructureFault[] {
  const contents = dictionary.entries.get("Contents");
  if (contents === undefined || contents.kind === "null") return ["contents_missing"];
  if (dictionary.doubled.includes("Contents")) return ["contents_doubled"];
  if (contents.kind === "reference") return ["contents_indirect"];
  if (contents.kind !== "string" || contents.bytes.length === 0) return ["contents_empty"];
  if (range === null) return [];
  // The gap must be this very string with its brackets: a wider one hides bytes that nobody signed.
  const isGap = contents.hex && contents.start === range.gapStart && contents.end === range.gapEnd;
  return isGap ? [] : ["contents_not_the_gap"];
}

/** The revision whose `%%EOF`, and nothing but white space after it, ends at `end`; else the last one at the end of the file. */
function revisionEndingAt(file: PdfFile, end: number): number | null {
  const found = file.revisions.find(
    ({ eof, end: revisionEnd }) =>
      eof !== null && eof <= end && isBlank(file.bytes, eof, end) && end - revisionEnd < 16,
  );
  if (found !== undefined) return found.index;
  const last = file.revisions.at(-1);
  return last !== undefined && end === file.bytes.length && last.end <= end ? last.index : null;
}

/** Two dictionaries over one range: one of them was copied (signature wrapping, copied timestamps). */
function withSharedRanges(signatures: readonly FoundSignature[]): FoundSignature[] {
  const keyOf = ({ range }: FoundSignature) =>
    range === null ? null : `${range.gapStart} ${range.gapEnd} ${range.end}`;
  const counts = new Map<string, number>();
  for (const signature of signatures) {
    const key = keyOf(signature);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return signatures.map((signature) => {
    const isShared = (counts.get(keyOf(signature) ?? "") ?? 0) > 1;
    return isShared ? { ...signature, faults: [...signature.faults, "byte_range_shared"] } : signature;
  });
}
