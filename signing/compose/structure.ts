import { type PDFArray, type PDFContext, PDFHexString, type PDFRef, PDFString } from "pdf-lib";
import { rectangleOf, type TaggedContent } from "./canvas.ts";

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
    const leaves = page.tagged.map((content) => ({ content, ref: writeLeaf(context, content, page, section) }));
    context.assign(
      section,
      context.obj({ Type: "StructElem", S: "Sect", P: document, K: leaves.map((leaf) => leaf.ref) }),
    );
    parents.push(context.obj(i));
    parents.push(
      context.obj(leaves.filter(({ content }) => content.markedContentId !== undefined).map((leaf) => leaf.ref)),
    );
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
      A: content.box && { O: "Layout", Placement: "Block", BBox: corners(rectangleOf(content.box, heightMm)) },
    }),
  );
}

/** Lower left and upper right corner, ISO 32000-1 §7.9.5. */
export function corners([x, y, width, height]: readonly [number, number, number, number]): number[] {
  return [x, y, x + width, y + height].map((value) => Number(value.toFixed(3)));
}
