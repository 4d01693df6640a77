import { type PDFContext, PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFPage, type PDFRef } from "pdf-lib";
import type { AttestationSheet } from "./attestation-sheet.ts";
import { type Canvas, pointsPerMm, rectangleOf } from "./canvas.ts";
import { embedFaces, type Faces, fontResources } from "./faces.ts";
import { a4 } from "./measure-sheet.ts";
import { packedStream } from "./packed-stream.ts";
import type { PageImage } from "./page-image.ts";
import { imageResource } from "./page-sheet.ts";
import type { EmbeddedImage } from "./page-streams.ts";
import type { ParsedCopy } from "./parse-copy.ts";
import { type QrCode, qrPath, qrResource } from "./qr.ts";
import { writeLink, writeSignatureFields } from "./signature-fields.ts";
import { type PageStructure, writeStructure } from "./structure.ts";
import { forScreenReaders } from "./wording.ts";

/**
 * Puts the drawn pages, fonts, images, tags and fields into the document.
 *
 * @returns the embedded images, in order of the pages
 */
export function assemble(
  document: PDFDocument,
  faces: Faces,
  parsed: ParsedCopy,
  pages: readonly Canvas[],
  attestation: AttestationSheet,
): EmbeddedImage[] {
  embedFaces(faces);
  const fonts = document.context.register(document.context.obj(fontResources(faces)));
  const images = parsed.images.map((image) => embedImage(document, image));
  const linkCode = writeCode(document.context, parsed.linkCode);
  const structures = pages.map((canvas, i) => {
    const resources = { Font: fonts, XObject: { [imageResource]: images[i]?.ref, [qrResource]: linkCode } };
    return addPage(document, canvas, parsed.sheets[i]?.widthMm ?? a4.widthMm, document.context.obj(resources));
  });
  const addedResources = { Font: fonts, XObject: { [qrResource]: writeCode(document.context, parsed.signedCode) } };
  const added = addPage(document, attestation.canvas, a4.widthMm, document.context.obj(addedResources));
  const { root, structParentOf } = writeStructure(document.context, [...structures, added]);
  document.catalog.set(PDFName.of("StructTreeRoot"), root);
  addAnnotations(document, added.page, parsed, attestation, structParentOf);
  return images;
}

function embedImage({ context }: PDFDocument, { stream, entries, space }: PageImage): EmbeddedImage {
  const image = context.stream(stream, { Type: "XObject", Subtype: "Image", ...entries });
  image.dict.set(PDFName.of("ColorSpace"), colourSpace(context, space));
  return { ref: context.register(image), bytes: stream };
}

function colourSpace(context: PDFContext, space: PageImage["space"]) {
  if (typeof space === "string") return PDFName.of(space);
  const colours = PDFHexString.of(Buffer.from(space.palette).toString("hex"));
  return context.obj(["Indexed", "DeviceRGB", space.palette.length / 3 - 1, colours]); // ISO 32000-1 §8.6.6.3
}

function writeCode(context: PDFContext, code: QrCode): PDFRef {
  const dictionary = { Type: "XObject", Subtype: "Form", BBox: [0, 0, code.size, code.size], Resources: {} };
  return packedStream(context, qrPath(code), dictionary);
}

/** A drawn page with its content, in order. */
export function addPage(document: PDFDocument, canvas: Canvas, widthMm: number, resources: PDFDict): PageStructure {
  const { context } = document;
  const structParents = document.getPageCount();
  const page: PDFPage = document.addPage([points(widthMm), points(canvas.heightMm)]);
  const { content, tagged } = canvas.finish();
  page.node.set(PDFName.of("Contents"), packedStream(context, content));
  page.node.set(PDFName.of("Resources"), resources);
  page.node.set(PDFName.of("StructParents"), context.obj(structParents));
  page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
  return { page: page.ref, heightMm: canvas.heightMm, tagged };
}

const points = (mm: number): number => Number((mm * pointsPerMm).toFixed(4));

function addAnnotations(
  document: PDFDocument,
  page: PDFRef,
  { copy, host }: ParsedCopy,
  { refs, places, link }: AttestationSheet,
  structParentOf: ReadonlyMap<PDFRef, number>,
): void {
  writeSignatureFields(document, page, places, refs, structParentOf);
  const rectangle = rectangleOf(link, a4.heightMm);
  const says = forScreenReaders.link(host);
  writeLink(document, refs.link, page, { url: copy.linkUrl, says, rectangle }, structParentOf.get(refs.link));
  const annotations = document.context.obj([refs.officer, refs.agency, refs.link]);
  document.context.lookup(page, PDFDict).set(PDFName.of("Annots"), annotations);
}
