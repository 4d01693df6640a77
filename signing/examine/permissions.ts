import type { PdfFile } from "../format/pdf/file.ts";
import { dictionaryOf, entryOf, integerOf, itemsOf, nameOf, type PdfObject } from "../format/pdf/object.ts";
import type { FoundSignature } from "./signatures.ts";
import { textOfString } from "./text.ts";

/** What the signatures up to one revision forbid, ISO 32000-2 §12.8.2.2 (DocMDP), §12.8.2.4 (FieldMDP), §12.7.5.5 (Lock). */
export type Permissions = {
  /** 1 nothing but evidence, 2 also forms and signatures, 3 also annotations; null where nobody certified. */
  readonly docMdp: 1 | 2 | 3 | null;
  readonly isLocked: (fieldName: string) => boolean;
};

/** @param signatures those whose revision is not later than the one that is asked about */
export function permissionsOf(file: PdfFile, signatures: readonly FoundSignature[]): Permissions {
  const levels: number[] = [];
  const locks: Lock[] = [];
  for (const signature of signatures) {
    const resolve = (object: PdfObject) => file.resolve(object, signature.revision ?? file.revisions.length - 1);
    for (const reference of itemsOf(resolve(entryOf(signature.dictionary, "Reference")))) {
      const method = nameOf(resolve(entryOf(resolve(reference), "TransformMethod")));
      const parameters = resolve(entryOf(resolve(reference), "TransformParams"));
      if (method === "DocMDP") levels.push(integerOf(resolve(entryOf(parameters, "P"))) ?? 2);
      if (method === "FieldMDP") locks.push(readLock(parameters, resolve));
    }
    const lock = resolve(entryOf(signature.field, "Lock"));
    if (dictionaryOf(lock) === null) continue;
    locks.push(readLock(lock, resolve));
    const level = integerOf(resolve(entryOf(lock, "P")));
    if (level !== null) levels.push(level);
  }
  return { docMdp: strictest(levels), isLocked: (name) => locks.some((lock) => covers(lock, name)) };
}

type Lock = { readonly action: string | null; readonly names: readonly string[] };

function readLock(object: PdfObject, resolve: (o: PdfObject) => PdfObject): Lock {
  const names = itemsOf(resolve(entryOf(object, "Fields"))).map((item) => textOfString(resolve(item)) ?? "");
  return { action: nameOf(resolve(entryOf(object, "Action"))), names };
}

/** An unknown action locks everything: what is not understood must not permit. */
function covers({ action, names }: Lock, field: string): boolean {
  const isNamed = names.some((name) => field === name || field.startsWith(`${name}.`));
  if (action === "Include") return isNamed;
  return action === "Exclude" ? !isNamed : true;
}

function strictest(levels: readonly number[]): 1 | 2 | 3 | null {
  if (levels.length === 0) return null;
  const least = Math.min(...levels);
  if (least === 2 || least === 3) return least;
  return 1;
}
