import type { PdfFile } from "../format/pdf/file.ts";
import { spend } from "../format/pdf/limits.ts";
import { entryOf, itemsOf, nameOf, type PdfDictionary, type PdfObject } from "../format/pdf/object.ts";
import { textOfString } from "./text.ts";

/** A terminal or widget-bearing node of the form tree, ISO 32000-2 §12.7.4, with what it inherits. */
export type FormField = {
  /** Fully qualified: partial names joined by periods. */
  readonly name: string;
  readonly type: string | null;
  readonly dictionary: PdfDictionary;
  /** Object number; null for a field written inside another object. */
  readonly number: number | null;
  /** /V as it stands, its own or inherited. */
  readonly value: PdfObject | null;
};

const mostFields = 20_000;
const deepestField = 32;
const stepsOfField = 8;

type Inherited = { readonly name: string; readonly type: string | null; readonly value: PdfObject | null };

/** Every node of /AcroForm /Fields as of `revision`, parents before kids; each object once, however often it is listed. */
export function fieldsOf(file: PdfFile, revision: number): readonly FormField[] {
  const found: FormField[] = [];
  const visited = new Set<number>();
  const resolve = (object: PdfObject) => file.resolve(object, revision);
  const form = resolve(entryOf(rootOf(file, revision), "AcroForm"));

  function visit(node: PdfObject, inherited: Inherited, depth: number): void {
    const number = node.kind === "reference" ? node.number : null;
    const dictionary = resolve(node);
    const isBeyond = depth > deepestField || found.length >= mostFields || visited.has(number ?? -1);
    if (dictionary.kind !== "dictionary" || isBeyond || file.budget.exhausted) return;
    if (number !== null) visited.add(number);
    const own = inherit(dictionary, inherited, resolve);
    spend(file.budget, "steps", stepsOfField + own.name.length); // names grow with every level
    found.push({ ...own, dictionary, number });
    for (const kid of itemsOf(resolve(entryOf(dictionary, "Kids")))) visit(kid, own, depth + 1);
  }

  for (const node of itemsOf(resolve(entryOf(form, "Fields")))) visit(node, { name: "", type: null, value: null }, 0);
  return found;
}

function inherit(dictionary: PdfDictionary, parent: Inherited, resolve: (o: PdfObject) => PdfObject): Inherited {
  const partial = textOfString(resolve(entryOf(dictionary, "T")));
  const name = [parent.name, partial].filter((part) => part !== null && part !== "").join(".");
  const type = nameOf(resolve(entryOf(dictionary, "FT"))) ?? parent.type;
  return { name, type, value: dictionary.entries.get("V") ?? parent.value };
}

/** The catalog as of `revision`; the null object where there is none. */
export function rootOf(file: PdfFile, revision: number): PdfObject {
  const trailer = file.revisions[revision]?.trailer;
  return trailer === undefined ? { kind: "null" } : file.resolve(entryOf(trailer, "Root"), revision);
}
