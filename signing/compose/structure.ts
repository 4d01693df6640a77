import { type PDFArray, type PDFContext, PDFHexString, type PDFRef, PDFString } from "pdf-lib";
import { type Group, rectangleOf, type TaggedContent } from "./canvas.ts";

/** One page's part of the structure, in reading order. */
export type PageStructure = {
  readonly page: PDFRef;
  readonly heightMm: number;
  readonly tagged: readonly TaggedContent[];
};

/** Where the tags of page i are found: /StructParents i of the page, and /StructParent of the annotations after all pages. */
export type StructureTree = {
  readonly root: PDFRef;
  /** Number that each annotation carries as /StructParent. */
  readonly structParentOf: ReadonlyMap<PDFRef, number>;
};

/** Document > Sect (one a page) > tags. ISO 32000-1 §14.7; parent tree §14.7.4.4. */
export function writeStructure(context: PDFContext, pages: readonly PageStructure[]): StructureTree {
  const root = context.nextRef();
  const document = context.nextRef();
  const structParentOf = new Map<PDFRef, number>();
  const parents = context.obj([]);
  const annotationParents = context.obj([]);
  const sections = pages.map((page, i) => {
    const section = context.nextRef();
    const leaves: Leaf[] = [];
    const kids = writeKids(context, inReadingOrder(page.tagged), { page, parent: section, depth: 0, leaves });
    context.assign(section, context.obj({ Type: "StructElem", S: "Sect", P: document, K: kids }));
    parents.push(context.obj(i));
    parents.push(context.obj(refsByMark(leaves)));
    for (const { content, ref } of leaves) {
      if (content.annotation === undefined) continue;
      const key = pages.length + structParentOf.size;
      structParentOf.set(content.annotation, key);
      annotationParents.push(context.obj(key));
      annotationParents.push(ref);
    }
    return section;
  });
  context.assign(document, context.obj({ Type: "StructElem", S: "Document", P: root, K: sections }));
  context.assign(root, rootOf(context, document, parents, annotationParents, pages.length + structParentOf.size));
  return { root, structParentOf };
}

type Leaf = { readonly content: TaggedContent; readonly ref: PDFRef };

const inReadingOrder = (tagged: readonly TaggedContent[]): TaggedContent[] => [
  ...tagged.filter(({ leads }) => leads === true),
  ...tagged.filter(({ leads }) => leads !== true),
];

/** The parent tree wants them by the number of their marked content. */
const refsByMark = (leaves: readonly Leaf[]): PDFRef[] =>
  leaves
    .filter(({ content }) => content.markedContentId !== undefined)
    .sort((a, b) => (a.content.markedContentId ?? 0) - (b.content.markedContentId ?? 0))
    .map(({ ref }) => ref);

type Holder = {
  readonly page: PageStructure;
  readonly parent: PDFRef;
  /** How many groups are around. */
  readonly depth: number;
  readonly leaves: Leaf[];
};

function writeKids(context: PDFContext, contents: readonly TaggedContent[], holder: Holder): PDFRef[] {
  const { page, parent, depth, leaves } = holder;
  const kids: PDFRef[] = [];
  for (let at = 0; at < contents.length; ) {
    const [content, ...others] = contents.slice(at);
    if (content === undefined) break;
    const group = content.groups[depth];
    const after = others.findIndex((other) => other.groups[depth] !== group);
    const count = group === undefined ? 1 : (after < 0 ? others.length : after) + 1;
    kids.push(group === undefined ? leafRef(content) : groupRef(group, contents.slice(at, at + count)));
    at += count;
  }
  return kids;

  function leafRef(content: TaggedContent): PDFRef {
    const ref = writeLeaf(context, content, page, parent);
    leaves.push({ content, ref });
    return ref;
  }

  function groupRef(group: Group, inside: readonly TaggedContent[]): PDFRef {
    const ref = context.nextRef();
    const K = writeKids(context, inside, { page, parent: ref, depth: depth + 1, leaves });
    context.assign(ref, context.obj({ Type: "StructElem", S: group.kind, P: parent, K }));
    return ref;
  }
}

function rootOf(context: PDFContext, document: PDFRef, pages: PDFArray, annotations: PDFArray, nextKey: number) {
  const numbers = context.obj([...pages.asArray(), ...annotations.asArray()]);
  return context.obj({
    Type: "StructTreeRoot",
    K: document,
    ParentTree: context.register(context.obj({ Nums: numbers })),
    ParentTreeNextKey: nextKey,
  });
}

function writeLeaf(
  context: PDFContext,
  content: TaggedContent,
  { page, heightMm }: PageStructure,
  parent: PDFRef,
): PDFRef {
  const kids = [
    ...(content.markedContentId === undefined ? [] : [context.obj(content.markedContentId)]),
    ...(content.annotation ? [context.obj({ Type: "OBJR", Pg: page, Obj: content.annotation })] : []),
  ];
  return context.register(
    context.obj({
      Type: "StructElem",
      S: content.kind,
      P: parent,
      Pg: page,
      K: kids,
      Alt: content.alt === undefined ? undefined : PDFHexString.fromText(content.alt),
      Lang: content.lang === undefined ? undefined : PDFString.of(content.lang),
      A: attributesOf(content, heightMm),
    }),
  );
}

/** Where a figure stands; that a head of a column heads its column. ISO 32000-1 §14.8.5. */
function attributesOf({ kind, box }: TaggedContent, heightMm: number) {
  if (kind === "TH") return { O: "Table", Scope: "Column" };
  return box && { O: "Layout", Placement: "Block", BBox: corners(rectangleOf(box, heightMm)) };
}

/** Lower left and upper right corner, ISO 32000-1 §7.9.5. */
export function corners([x, y, width, height]: readonly [number, number, number, number]): number[] {
  return [x, y, x + width, y + height].map((value) => Number(value.toFixed(3)));
}
