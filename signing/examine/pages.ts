import { type PdfBudget, spend } from "../format/pdf/limits.ts";
import { entryOf, integerOf, nameOf, type PdfDictionary, type PdfObject, pdfNull } from "../format/pdf/object.ts";

/** A leaf of the page tree with what it inherits, ISO 32000-2 §7.7.3.4. */
export type Page = { readonly number: number | null; readonly entries: ReadonlyMap<string, PdfObject> };

/**
 * `inner`: the nodes above the leaves, by number. `isWhole` is false where the tree is too deep or large to be seen, or
 * runs in a circle. `oddities`: what some readers go by and we do not, where it says something else than the tree: a
 * /Count that is not the number of leaves, a /Parent that is not the node above.
 */
export type PageTree = {
  readonly pages: readonly Page[];
  readonly inner: ReadonlyMap<number, PdfDictionary>;
  readonly isWhole: boolean;
  readonly oddities: readonly string[];
};

const inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];
const mostNodes = 50_000;
const deepestNode = 64;
const stepsOfNode = 16; // each leaf is a copy of what it inherits

type Resolve = (object: PdfObject) => PdfObject;
type Above = { readonly number: number | null; readonly inherited: Page["entries"]; readonly depth: number };

export function readPageTree(root: PdfObject, resolve: Resolve, budget: PdfBudget): PageTree {
  const pages: Page[] = [];
  const inner = new Map<number, PdfDictionary>();
  const oddities: string[] = [];
  let isWhole = true;

  function visit(node: PdfObject, above: Above): void {
    const isBeyond = above.depth > deepestNode || pages.length + inner.size > mostNodes;
    if (isBeyond || !spend(budget, "steps", stepsOfNode)) {
      isWhole = false;
      return;
    }
    const number = node.kind === "reference" ? node.number : null;
    const dictionary = resolve(node);
    // Readers that count kids count this one too.
    if (dictionary.kind !== "dictionary") pages.push({ number, entries: new Map() });
    else take(dictionary, number, above);
  }

  function take(node: PdfDictionary, number: number | null, above: Above): void {
    const own = inherit(node, above.inherited);
    const parent = entryOf(node, "Parent");
    const isBelow = parent.kind === "reference" && parent.number === above.number;
    if (above.depth > 0 && !isBelow) oddities.push(`parent of ${number}: ${nameOfParent(parent)}`);
    const kids = kidsOf(node, resolve);
    if (kids === null) pages.push({ number, entries: new Map([...own, ...node.entries]) });
    else takeKids(node, number, kids, { number, inherited: own, depth: above.depth + 1 });
  }

  function takeKids(node: PdfDictionary, number: number | null, kids: readonly PdfObject[], above: Above): void {
    if (number !== null && inner.has(number)) {
      isWhole = false;
      return;
    }
    if (number !== null) inner.set(number, node);
    const before = pages.length;
    for (const kid of kids) visit(kid, above);
    const said = integerOf(resolve(entryOf(node, "Count")));
    if (said !== pages.length - before) oddities.push(`count of ${number}: ${said}, not ${pages.length - before}`);
  }

  visit(entryOf(root, "Pages"), { number: null, inherited: new Map(), depth: 0 });
  return { pages, inner, isWhole, oddities };
}

const nameOfParent = (parent: PdfObject): string => (parent.kind === "reference" ? String(parent.number) : parent.kind);

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
