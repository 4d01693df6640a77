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
  const rules = signatures.flatMap((signature) => {
    const revision = signature.revision ?? file.revisions.length - 1;
    return rulesOf(signature, (object) => file.resolve(object, revision));
  });
  const levels = rules.flatMap(({ level }) => (level === null ? [] : [level]));
  const locks = rules.flatMap(({ lock }) => (lock === null ? [] : [lock]));
  return { docMdp: strictest(levels), isLocked: (name) => locks.some((lock) => covers(lock, name)) };
}

type Rule = { readonly level: number | null; readonly lock: Lock | null };

function rulesOf(signature: FoundSignature, resolve: (object: PdfObject) => PdfObject): Rule[] {
  const listed = itemsOf(resolve(entryOf(signature.dictionary, "Reference")));
  if (listed.length > mostRules) return [{ level: 1, lock: everything }];
  const references = listed.map(resolve);
  const rules = references.map((reference): Rule => {
    const method = nameOf(resolve(entryOf(reference, "TransformMethod")));
    const parameters = resolve(entryOf(reference, "TransformParams"));
    const level = integerOf(resolve(entryOf(parameters, "P"))) ?? 2;
    return {
      level: method === "DocMDP" ? level : null,
      lock: method === "FieldMDP" ? readLock(parameters, resolve) : null,
    };
  });
  const lock = resolve(entryOf(signature.field, "Lock"));
  if (dictionaryOf(lock) === null) return rules;
  return [...rules, { level: integerOf(resolve(entryOf(lock, "P"))), lock: readLock(lock, resolve) }];
}

type Lock = { readonly action: string | null; readonly names: ReadonlySet<string> };

const mostRules = 16;
const mostNames = 5000;
const everything: Lock = { action: null, names: new Set() };

function readLock(object: PdfObject, resolve: (o: PdfObject) => PdfObject): Lock {
  const listed = itemsOf(resolve(entryOf(object, "Fields")));
  if (listed.length > mostNames) return everything;
  const names = new Set(listed.map((item) => textOfString(resolve(item)) ?? ""));
  return { action: nameOf(resolve(entryOf(object, "Action"))), names };
}

/** An unknown action locks everything: what is not understood must not permit. */
function covers({ action, names }: Lock, field: string): boolean {
  const isNamed = withParents(field).some((name) => names.has(name));
  if (action === "Include") return isNamed;
  return action === "Exclude" ? !isNamed : true;
}

/** `a.b.c`, `a.b`, `a`. */
function withParents(field: string): string[] {
  const parts = field.split(".", 64);
  return [field, ...parts.map((_, i) => parts.slice(0, i + 1).join("."))];
}

function strictest(levels: readonly number[]): 1 | 2 | 3 | null {
  if (levels.length === 0) return null;
  const least = Math.min(...levels);
  if (least === 2 || least === 3) return least;
  return 1;
}
