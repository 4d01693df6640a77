import type { PDFRef } from "pdf-lib";
import type { Box } from "./measure-sheet.ts";
import type { Typeface } from "./typeface.ts";

/** Standard structure types that a copy uses, ISO 32000-1 §14.8.4. */
export type StructureKind = "H1" | "H2" | "P" | "TH" | "TD" | "Figure" | "Form" | "Link";

/** What holds other tags and draws nothing itself; one object an element, however many tags name it. */
export type Group = { readonly kind: "Table" | "TR" };

export type Tag = {
  readonly kind: StructureKind;
  /** What a figure shows, for those who cannot see it. */
  readonly alt?: string;
  /** BCP 47, where it is not Vietnamese. */
  readonly lang?: string;
  /** Place of a figure, ISO 32000-1 table 344. */
  readonly box?: Box;
  /** Read before everything else on its page, wherever it is drawn: the heading of a page stands in its strip, at the foot. */
  readonly leads?: boolean;
};

/** A tag with what it holds on its page: a piece of the content stream, an annotation, or both. */
export type TaggedContent = Tag & {
  readonly markedContentId?: number;
  readonly annotation?: PDFRef;
  /** From the outermost. */
  readonly groups: readonly Group[];
};

export type Colour = readonly [red: number, green: number, blue: number];
export const black: Colour = [0, 0, 0];
export const grey: Colour = [0.35, 0.35, 0.35];
export const lightGrey: Colour = [0.62, 0.62, 0.62];
export const warningRed: Colour = [0.75, 0.05, 0.05];

export type Style = { readonly face: Typeface; readonly sizePt: number; readonly colour?: Colour };

/** One page being drawn. Lengths in millimetres from the upper left corner; font sizes in points. */
export type Canvas = {
  readonly heightMm: number;
  /** Everything that tells something is drawn inside a tag; decoration inside `artifact`. ISO 32000-1 §14.8.2.2. */
  readonly tag: (tag: Tag, draw: () => void, annotation?: PDFRef) => void;
  /** Tags that are drawn inside belong together. */
  readonly group: (kind: Group["kind"], draw: () => void) => void;
  /** A field or link that draws nothing into the page itself. */
  readonly annotate: (tag: Tag, annotation: PDFRef) => void;
  readonly artifact: (draw: () => void) => void;
  readonly text: (style: Style, leftMm: number, baselineMm: number, text: string) => void;
  readonly rule: (box: Box, colour: Colour) => void;
  readonly frame: (box: Box, widthMm: number, colour: Colour) => void;
  readonly image: (resource: string, box: Box) => void;
  /** Operators of one's own making, ISO 32000-1 Annex A. */
  readonly operators: (text: string) => void;
  readonly finish: () => { readonly content: string; readonly tagged: readonly TaggedContent[] };
};

export const pointsPerMm = 72 / 25.4;

/** At most four decimals (0.00004 mm), never an exponent: ISO 32000-1 §7.3.3 knows none. */
export const num = (value: number, decimals = 4): string => String(Number(value.toFixed(decimals)) + 0);

/** Several, as operands of an operator. */
export const nums = (values: readonly number[]): string => values.map((value) => num(value)).join(" ");

/** Lower left corner, width and height in points, as PDF counts. */
export function rectangleOf(box: Box, sheetHeightMm: number): [x: number, y: number, width: number, height: number] {
  const bottomMm = sheetHeightMm - box.topMm - box.heightMm;
  return [box.leftMm * pointsPerMm, bottomMm * pointsPerMm, box.widthMm * pointsPerMm, box.heightMm * pointsPerMm];
}

/** @param firstMark where the content goes on behind what another canvas drew of the same page: how many marks that made */
export function openCanvas(heightMm: number, firstMark = 0): Canvas {
  const lines: string[] = [];
  const tagged: TaggedContent[] = [];
  const groups: Group[] = [];
  let marked = firstMark;
  const rectangle = (box: Box) => nums(rectangleOf(box, heightMm));
  return {
    heightMm,
    tag: (tag, draw, annotation) => {
      const markedContentId = marked++;
      tagged.push({ ...tag, groups: [...groups], markedContentId, ...(annotation && { annotation }) });
      lines.push(`/${tag.kind} <</MCID ${markedContentId}>> BDC`);
      draw();
      lines.push("EMC");
    },
    group: (kind, draw) => {
      groups.push({ kind });
      draw();
      groups.pop();
    },
    annotate: (tag, annotation) => tagged.push({ ...tag, groups: [...groups], annotation }),
    artifact: (draw) => {
      lines.push("/Artifact BMC");
      draw();
      lines.push("EMC");
    },
    text: ({ face, sizePt, colour = black }, leftMm, baselineMm, text) => {
      const x = num(leftMm * pointsPerMm);
      const y = num((heightMm - baselineMm) * pointsPerMm);
      const ink = nums(colour);
      lines.push(`BT ${ink} rg /${face.resource} ${num(sizePt)} Tf ${x} ${y} Td <${face.encode(text)}> Tj ET`);
    },
    rule: (box, colour) => lines.push(`${nums(colour)} rg ${rectangle(box)} re f`),
    frame: (box, widthMm, colour) =>
      lines.push(`${nums(colour)} RG ${num(widthMm * pointsPerMm)} w ${rectangle(box)} re S`),
    image: (resource, box) => {
      const [x, y, width, height] = rectangleOf(box, heightMm).map((value) => num(value));
      lines.push(`q ${width} 0 0 ${height} ${x} ${y} cm /${resource} Do Q`);
    },
    operators: (text) => lines.push(text),
    finish: () => ({ content: lines.join("\n"), tagged }),
  };
}
