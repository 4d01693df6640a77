import {
  dictionaryOf,
  entryOf,
  itemsOf,
  nameOf,
  type PdfDictionary,
  type PdfObject,
  pdfNull,
} from "../format/pdf/object.ts";

/** A leaf of the page tree with what it inherits, ISO 32000-2 §7.7.3.4. */
export type Page = { readonly number: number | null; readonly entries: ReadonlyMap<string, PdfObject> };

/** `nodes`: numbers of every node, inner ones too. `isWhole` is false where the tree is cut, looped or too large. */
export type PageTree = {
  readonly pages: readonly Page[];
  readonly nodes: readonly number[];
  readonly isWhole: boolean;
};

const inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];
const mostNodes = 50_000;
const deepestNode = 64;

type Resolve = (object: PdfObject) => PdfObject;

export function readPageTree(root: PdfObject, resolve: Resolve): PageTree {
  const pages: Page[] = [];
  const nodes = new Set<number>();
  let isWhole = true;

  function visit(node: PdfObject, inherited: ReadonlyMap<string, PdfObject>, depth: number): void {
    const number = node.kind === "reference" ? node.number : null;
    const dictionary = dictionaryOf(resolve(node));
    const isRepeated = number !== null && nodes.has(number);
    if (dictionary === null || isRepeated || depth > deepestNode || nodes.size + pages.length > mostNodes) {
      isWhole = false;
      return;
    }
    if (number !== null) nodes.add(number);
    const own = inherit(dictionary, inherited);
    const kids = resolve(entryOf(dictionary, "Kids"));
    const isLeaf = kids.kind !== "array" || nameOf(resolve(entryOf(dictionary, "Type"))) === "Page";
    if (isLeaf) pages.push({ number, entries: new Map([...own, ...dictionary.entries]) });
    else for (const kid of itemsOf(kids)) visit(kid, own, depth + 1);
  }

  visit(entryOf(root, "Pages"), new Map(), 0);
  return { pages, nodes: [...nodes], isWhole };
}

function inherit(dictionary: PdfDictionary, inherited: ReadonlyMap<string, PdfObject>): ReadonlyMap<string, PdfObject> {
  const own = inheritable.filter((key) => dictionary.entries.has(key));
  if (own.length === 0) return inherited;
  return new Map([...inherited, ...own.map((key) => [key, dictionary.entries.get(key) ?? pdfNull] as const)]);
}
