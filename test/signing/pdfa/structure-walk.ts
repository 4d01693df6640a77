import type { PdfObject } from "../../../signing/format/pdf/object.ts";
import type { OpenPdf } from "./open-pdf.ts";

/** One structure element with what it holds, in reading order. */
export type Element = {
  readonly kind: string;
  readonly object: PdfObject;
  readonly parent: Element | null;
  readonly children: Element[];
  /** Marked content that it holds itself: page (from 0) and number. */
  readonly marked: { readonly page: number; readonly id: number }[];
  /** Annotations that it holds itself. */
  readonly annotations: PdfObject[];
};

/** The structure tree, ISO 32000-1 §14.7.2. */
export function structureOf(pdf: OpenPdf): Element[] {
  const root = pdf.get(pdf.catalog, "StructTreeRoot");
  const kids = pdf.get(root, "K");
  return (kids.kind === "array" ? kids.items : [kids]).map((kid) => elementOf(pdf, pdf.resolve(kid), null));
}

function elementOf(pdf: OpenPdf, object: PdfObject, parent: Element | null): Element {
  const kind = pdf.name(object, "S") ?? "";
  const element: Element = { kind, object, parent, children: [], marked: [], annotations: [] };
  const kids = pdf.get(object, "K");
  for (const kid of kids.kind === "array" ? kids.items.map(pdf.resolve) : [kids]) addKid(pdf, element, kid);
  return element;
}

function addKid(pdf: OpenPdf, element: Element, kid: PdfObject): void {
  const type = pdf.name(kid, "Type");
  const pageOf = (holder: PdfObject) => pdf.pages.indexOf(pdf.get(holder, "Pg"));
  if (kid.kind === "number") element.marked.push({ page: pageOf(element.object), id: kid.value });
  else if (type === "OBJR") element.annotations.push(pdf.get(kid, "Obj"));
  else if (type === "MCR") element.marked.push({ page: pageOf(kid), id: pdf.number(kid, "MCID") ?? -1 });
  else if (kid.kind === "dictionary") element.children.push(elementOf(pdf, kid, element));
}

export const elementsOf = (pdf: OpenPdf): Element[] => {
  const all = (element: Element): Element[] => [element, ...element.children.flatMap(all)];
  return structureOf(pdf).flatMap(all);
};

/** The parent tree's entries, ISO 32000-1 §7.9.7, §14.7.4.4. */
export function parentTreeOf(pdf: OpenPdf): ReadonlyMap<number, PdfObject> {
  const numbers = pdf.list(pdf.catalog, "StructTreeRoot", "ParentTree", "Nums");
  return new Map(
    Array.from({ length: numbers.length / 2 }, (_, i) => [
      pdf.number(numbers[2 * i] ?? pdf.catalog) ?? -1,
      numbers[2 * i + 1] ?? pdf.catalog,
    ]),
  );
}
