import { entryOf, nameOf, type PdfDictionary, type PdfObject, pdfNull } from "../format/pdf/object.ts";

/** A leaf of the page tree with what it inherits, ISO 32000-2 §7.7.3.4. */
export type Page = { readonly number: number | null; readonly entries: ReadonlyMap<string, PdfObject> };

/** `inner`: the nodes above the leaves, by number. `isWhole` is false where the tree is too deep or large to be seen. */
export type PageTree = {
  readonly pages: readonly Page[];
  readonly inner: ReadonlyMap<number, PdfDictionary>;
  readonly isWhole: boolean;
};

const inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];
const mostNodes = 50_000;
const deepestNode = 64;

type Resolve = (object: PdfObject) => PdfObject;

export function readPageTree(root: PdfObject, resolve: Resolve): PageTree {
  const pages: Page[] = [];
  const inner = new Map<number, PdfDictionary>();
  const visited = new Set<number>();
  let isWhole = true;

  function visit(node: PdfObject, inherited: ReadonlyMap<string, PdfObject>, depth: number): void {
    const number = node.kind === "reference" ? node.number : null;
    const dictionary = resolve(node);
    const isKnown = number !== null && visited.has(number);
    if (dictionary.kind !== "dictionary" || isKnown) return;
    if (depth > deepestNode || pages.length + inner.size > mostNodes) isWhole = false;
    else take(dictionary, number, inherit(dictionary, inherited), depth);
  }

  function take(node: PdfDictionary, number: number | null, own: Page["entries"], depth: number): void {
    if (number !== null) visited.add(number);
    const kids = kidsOf(node, resolve);
    if (kids === null) pages.push({ number, entries: new Map([...own, ...node.entries]) });
    else if (number !== null) inner.set(number, node);
    for (const kid of kids ?? []) visit(kid, own, depth + 1);
  }

  visit(entryOf(root, "Pages"), new Map(), 0);
  return { pages, inner, isWhole };
}

/** Null for a leaf. */
function kidsOf(node: PdfDictionary, resolve: Resolve): readonly PdfObject[] | null {
  const kids = resolve(entryOf(node, "Kids"));
  return kids.kind !== "array" || nameOf(resolve(entryOf(node, "Type"))) === "Page" ? null : kids.items;
}

function inherit(dictionary: PdfDictionary, inherited: ReadonlyMap<string, PdfObject>): ReadonlyMap<string, PdfObject> {
  const own = inheritable.filter((key) => dictionary.entries.has(key));
  if (own.length === 0) return inherited;
  return new Map([...inherited, ...own.map((key) => [key, dictionary.entries.get(key) ?? pdfNull] as const)]);
}
