import type { PDFContext } from "pdf-lib";
import { type HiddenFace, openHiddenFace } from "./hidden-words.ts";
import { type Fonts, looks, openTypeface, type Typeface } from "./typeface.ts";

/** The faces of one document. */
export type Faces = {
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly italic: Typeface;
  readonly hidden: HiddenFace;
};

export const openFaces = (context: PDFContext, fonts: Fonts): Faces => ({
  regular: openTypeface(context, fonts.regular, "R", looks.regular),
  bold: openTypeface(context, fonts.bold, "B", looks.bold),
  italic: openTypeface(context, fonts.italic, "I", looks.italic),
  hidden: openHiddenFace(context, "H"),
});

/** Writes the subsets. Nothing new may be encoded afterwards. */
export function embedFaces(faces: Faces): void {
  const lender = faces.regular.embed();
  faces.bold.embed();
  faces.italic.embed();
  faces.hidden.embed(lender);
}

/** `/Font` of every page's resources. */
export const fontResources = ({ regular, bold, italic, hidden }: Faces) =>
  Object.fromEntries([regular, bold, italic, hidden].map((face) => [face.resource, face.ref]));
