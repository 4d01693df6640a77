import {
  type PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFPage,
  type PDFRef,
} from "pdf-lib";
import { type Canvas, pointsPerMm, type TaggedContent } from "./canvas.ts";
import { type Faces, fontResources } from "./faces.ts";
import { a4 } from "./measure-sheet.ts";
import type { OwnPart } from "./own-part.ts";
import { packedStream } from "./packed-stream.ts";
import type { PageImage } from "./page-image.ts";
import { imageResource } from "./page-sheet.ts";
import type { EmbeddedImage } from "./page-streams.ts";
import type { ParsedCopy } from "./parse-copy.ts";
import { qrResource } from "./qr.ts";
import { writeSignatureFields } from "./signature-fields.ts";
import { type PageStructure, writeStructure } from "./structure.ts";

/** Places for what each copy of one number writes anew. */
export type OwnRefs = {
  /** The content of each page of the original: the same beginning, then the copy's own strip. */
  readonly pages: readonly PDFRef[];
  readonly linkCode: PDFRef;
  readonly sheet: PDFRef;
  readonly signedCode: PDFRef;
  readonly link: PDFRef;
  readonly metadata: PDFRef;
};

export function openOwnRefs(context: PDFContext, pageCount: number): OwnRefs {
  const next = () => context.nextRef();
  const pages = Array.from({ length: pageCount }, next);
  return { pages, linkCode: next(), sheet: next(), signedCode: next(), link: next(), metadata: next() };
}

/** What of the pages is known once they stand in the document. */
export type Assembled = {
  /** In order of the pages. */
  readonly images: readonly EmbeddedImage[];
  readonly sheet: PDFRef;
  /** Number of the link in the parent tree. */
  readonly linkParent: number | undefined;
};

/** Puts pages, fonts, images, tags and fields into the document; the places of `refs` stay empty. */
export function assemble(
  document: PDFDocument,
  faces: Faces,
  parsed: ParsedCopy,
  refs: OwnRefs,
  pages: readonly Canvas[],
  own: OwnPart,
): Assembled {
  const { context, catalog } = document;
  const fonts = context.register(context.obj(fontResources(faces)));
  const images = parsed.images.map((image) => embedImage(document, image));
  const structures = pages.map((canvas, i) => {
    const XObject = { [imageResource]: images[i]?.ref, [qrResource]: refs.linkCode };
    const tagged = [...canvas.finish().tagged, ...taggedOn(own.strips[i])];
    const drawn = { contents: refs.pages[i] ?? missing(), heightMm: canvas.heightMm, tagged };
    return addDrawnPage(
      document,
      drawn,
      parsed.sheets[i]?.widthMm ?? a4.widthMm,
      context.obj({ Font: fonts, XObject }),
    );
  });
  const resources = context.obj({ Font: fonts, XObject: { [qrResource]: refs.signedCode } });
  const { sheet } = own;
  const drawn = { contents: refs.sheet, heightMm: a4.heightMm, tagged: taggedOn(sheet.canvas) };
  const added = addDrawnPage(document, drawn, a4.widthMm, resources);
  const { root, structParentOf } = writeStructure(context, [...structures, added]);
  catalog.set(PDFName.of("StructTreeRoot"), root);
  writeSignatureFields(document, added.page, sheet.places, sheet.refs, structParentOf);
  const annotations = context.obj([sheet.refs.officer, sheet.refs.agency, sheet.refs.link]);
  context.lookup(added.page, PDFDict).set(PDFName.of("Annots"), annotations);
  return { images, sheet: added.page, linkParent: structParentOf.get(sheet.refs.link) };
}

const taggedOn = (canvas: Canvas | undefined): readonly TaggedContent[] => (canvas ?? missing()).finish().tagged;

const missing = (): never => {
  throw new Error("every page has its part");
};

function embedImage({ context }: PDFDocument, { stream, entries, space }: PageImage): EmbeddedImage {
  const image = context.stream(stream, { Type: "XObject", Subtype: "Image", ...entries });
  image.dict.set(PDFName.of("ColorSpace"), colourSpace(context, space));
  return { ref: context.register(image), bytes: stream };
}

function colourSpace(context: PDFContext, space: PageImage["space"]): PDFName | PDFArray {
  if (typeof space === "string") return PDFName.of(space);
  const colours = PDFHexString.of(Buffer.from(space.palette).toString("hex"));
  return context.obj(["Indexed", "DeviceRGB", space.palette.length / 3 - 1, colours]); // ISO 32000-1 §8.6.6.3
}

/** A drawn page with its content, in order. */
export function addPage(document: PDFDocument, canvas: Canvas, widthMm: number, resources: PDFDict): PageStructure {
  const { content, tagged } = canvas.finish();
  const contents = packedStream(document.context, content);
  return addDrawnPage(document, { contents, heightMm: canvas.heightMm, tagged }, widthMm, resources);
}

type DrawnPage = {
  readonly contents: PDFRef;
  readonly heightMm: number;
  readonly tagged: readonly TaggedContent[];
};

function addDrawnPage(document: PDFDocument, drawn: DrawnPage, widthMm: number, resources: PDFDict): PageStructure {
  const { context } = document;
  const structParents = document.getPageCount();
  const page: PDFPage = document.addPage([points(widthMm), points(drawn.heightMm)]);
  page.node.set(PDFName.of("Contents"), drawn.contents);
  page.node.set(PDFName.of("Resources"), resources);
  page.node.set(PDFName.of("StructParents"), context.obj(structParents));
  page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
  return { page: page.ref, heightMm: drawn.heightMm, tagged: drawn.tagged };
}

const points = (mm: number): number => Number((mm * pointsPerMm).toFixed(4));
