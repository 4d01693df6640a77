import {
  type PDFContext,
  type PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFRef,
  PDFString,
} from "pdf-lib";
import { hexOf, utf8 } from "../../src/core/kernel.ts";
import { rectangleOf } from "./canvas.ts";
import { fieldNames } from "./copy-to-compose.ts";
import { a4, type Box } from "./measure-sheet.ts";
import type { SignaturePlaces, WidgetRefs } from "./signer.ts";
import { corners } from "./structure.ts";
import { forScreenReaders } from "./wording.ts";

const printFlag = 4; // ISO 32000-1 table 165; ISO 19005-2 §6.3.2 asks for it
const signaturesExistAppendOnly = 3; // ISO 32000-1 table 219

export type Widget = { readonly ref: PDFRef; readonly name: string; readonly tooltip: string; readonly box: Box };

/**
 * Places both signature fields empty: field and widget in one dictionary of its own, so that each signature revision replaces /V,
 * /AP and /M there and nothing else (DESIGN decision 1). The officer's comes first: the seal is drawn over the signature.
 */
export function writeSignatureFields(
  document: PDFDocument,
  page: PDFRef,
  places: SignaturePlaces,
  refs: WidgetRefs,
  structParentOf: ReadonlyMap<PDFRef, number>,
): void {
  const widgets: Widget[] = [
    { ref: refs.officer, name: fieldNames.officer, tooltip: forScreenReaders.officerField, box: places.officer },
    { ref: refs.agency, name: fieldNames.agency, tooltip: forScreenReaders.agencyField, box: places.agency },
  ];
  writeForm(document, page, widgets, structParentOf);
}

/** The form with these empty fields and no others. ISO 32000-1 §12.7.2. */
export function writeForm(
  document: PDFDocument,
  page: PDFRef,
  widgets: readonly Widget[],
  structParentOf: ReadonlyMap<PDFRef, number>,
  pageHeightMm: number = a4.heightMm,
): void {
  for (const widget of widgets) {
    const rectangle = rectangleOf(widget.box, pageHeightMm);
    writeWidget(document, page, { ...widget, rectangle }, structParentOf.get(widget.ref));
  }
  const { context, catalog } = document;
  const form = context.obj({ Fields: widgets.map((widget) => widget.ref), SigFlags: signaturesExistAppendOnly });
  catalog.set(PDFName.of("AcroForm"), context.register(form));
}

type PlacedWidget = Widget & { readonly rectangle: ReturnType<typeof rectangleOf> };

function writeWidget(
  { context }: PDFDocument,
  page: PDFRef,
  widget: PlacedWidget,
  structParent: number | undefined,
): void {
  const { rectangle } = widget;
  const [, , width, height] = rectangle;
  // A widget with room must have an appearance (ISO 19005-2 §6.3.3), an empty one until it is signed.
  const empty = context.stream("", {
    Type: "XObject",
    Subtype: "Form",
    BBox: corners([0, 0, width, height]),
    Resources: {},
  });
  context.assign(
    widget.ref,
    context.obj({
      Type: "Annot",
      Subtype: "Widget",
      FT: "Sig",
      T: PDFString.of(widget.name),
      TU: PDFHexString.fromText(widget.tooltip),
      Rect: corners(rectangle),
      F: printFlag,
      P: page,
      StructParent: structParent,
      AP: { N: context.register(empty) },
    }),
  );
}

/** A link to a page in the web, tagged and printed as everything else. ISO 32000-1 §12.5.6.5. */
export const linkAnnotation = (
  context: PDFContext,
  page: PDFRef,
  link: { readonly url: string; readonly says: string; readonly rectangle: readonly [number, number, number, number] },
  structParent: number | undefined,
): PDFDict =>
  context.obj({
    Type: "Annot",
    Subtype: "Link",
    Rect: corners(link.rectangle),
    Border: [0, 0, 0],
    F: printFlag,
    P: page,
    Contents: PDFHexString.fromText(link.says),
    A: { S: "URI", URI: PDFHexString.of(hexOf(utf8(link.url))) }, // hexadecimal: a parenthesis in a link ends nothing
    StructParent: structParent,
  });
