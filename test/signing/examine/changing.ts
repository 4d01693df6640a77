import { changesAfter } from "../../../signing/examine/changes.ts";
import type { Permissions } from "../../../signing/examine/permissions.ts";
import { type PdfFile, readPdf } from "../../../signing/format/pdf/file.ts";
import { appendedExtents } from "../../../signing/format/pdf/tail.ts";
import { updatesOf } from "../../../signing/format/pdf/updates.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { appended, fileOf, type UpdateParts, type Written } from "./appended.ts";

/** Two pages, a text field, an empty signature field and a note, each an object of its own, by number from 1. */
export const objects: readonly string[] = [
  "<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/Lang(vi)>>",
  "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
  "<</Type/Page/Parent 2 0 R/Contents 8 0 R/Resources 10 0 R/MediaBox[0 0 9 9]/Annots[6 0 R 7 0 R 9 0 R]>>",
  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
  "<</Fields[6 0 R 7 0 R]/DR<</Font<</F 11 0 R>>>>/DA(/F 9 Tf)>>",
  "<</Type/Annot/Subtype/Widget/FT/Tx/T(text)/V(old)/Rect[0 0 1 1]/P 3 0 R>>",
  "<</Type/Annot/Subtype/Widget/FT/Sig/T(sig)/Rect[1 1 2 2]/P 3 0 R>>",
  "<</Length 3>>\nstream\nq Q\nendstream",
  "<</Type/Annot/Subtype/Text/Contents(note)/Rect[2 2 3 3]>>",
  "<</Font<</F 11 0 R>>>>",
  "<</Type/Font/BaseFont/Helvetica>>",
];

export const nobody: Permissions = { docMdp: null, isLocked: () => false };
export const certified = (docMdp: 1 | 2 | 3): Permissions => ({ docMdp, isLocked: () => false });

export function fileIn(bytes: Bytes): PdfFile {
  const read = readPdf(bytes, nodePrimitives);
  if (!read.ok) throw new Error(read.failure.code);
  return read.value;
}

/** An object as it stands in `objects`, with `from` written otherwise. */
export const changed = (number: number, from: string, into: string): Written => {
  const object = objects[number - 1] ?? "";
  if (!object.includes(from)) throw new Error(`${from} does not stand in ${object}`);
  return [number, object.replace(from, into)];
};

/** What was done to a file by these updates, each `kind class at`, from the revision `before` on. */
export function changesOf(
  updates: readonly (readonly Written[])[],
  settings: {
    readonly permissions?: Permissions;
    readonly base?: readonly string[];
    readonly before?: number;
    readonly parts?: UpdateParts;
  } = {},
): string[] {
  const { permissions = nobody, before = 0, base = objects, parts = {} } = settings;
  const bytes = updates.reduce((pdf, update) => appended(pdf, update, parts), fileOf(base));
  const file = fileIn(bytes);
  const signedEnd = file.revisions[before]?.end ?? 0;
  const found = changesAfter({
    ...{ file, before, signedEnd, permissions },
    extents: () => appendedExtents(file),
    updates: () => updatesOf(file),
  });
  return found.map(({ kind, class: of, at }) => [kind, of, ...(at === null ? [] : [at])].join(" "));
}

/** The same without what says only that an object was written again. */
export const told = (...update: readonly Written[]): string[] => toldWith({}, ...update);

export const toldWith = (settings: Parameters<typeof changesOf>[1], ...update: readonly Written[]): string[] =>
  changesOf([update], settings).filter((one) => !one.startsWith("object_rewritten"));
