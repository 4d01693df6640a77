import { createHash } from "node:crypto";
import { PDFDict, PDFDocument, PDFName } from "pdf-lib";
import type { Bytes } from "../../src/core/kernel.ts";
import { addPage } from "./assemble.ts";
import { drawableWith } from "./drawable.ts";
import { embedFaces, type Faces, fontResources, openFaces } from "./faces.ts";
import { textProperty, writeFileMetadata } from "./metadata.ts";
import { drawRegister } from "./register-pages.ts";
import { type RegisterToCompose, registerField, registerSheet } from "./register-to-compose.ts";
import { writeForm } from "./signature-fields.ts";
import { writeStructure } from "./structure.ts";
import type { Fonts } from "./typeface.ts";
import { writeDocument } from "./write-file.ts";

/**
 * Composes the unsigned print of a month, or of a year's closing, with its one signature field empty. NĐ 23/2015
 * Art. 13(3): a computerised register is printed each month with every column. PDF/A-2a, tagged, A4 across.
 *
 * It never fails, since a month must be printed whatever was typed at the counter: a sign that the faces cannot draw, or
 * that would turn the direction of what follows, becomes a question mark. The line itself keeps it.
 */
export async function composeRegister(
  input: RegisterToCompose,
  fonts: Fonts,
): Promise<{ readonly pdf: Bytes; readonly pages: number }> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = document;
  const faces = openFaces(context, fonts);
  const print = withDrawableTexts(input, faces);
  const field = context.nextRef();
  const { canvases, place } = drawRegister(faces, print, field);
  embedFaces(faces);
  const resources = context.obj({ Font: context.register(context.obj(fontResources(faces))) });
  const pages = canvases.map((canvas) => addPage(document, canvas, registerSheet.widthMm, resources));
  const last = pages.at(-1);
  if (last === undefined) throw new Error("a register has a page");
  const { root, structParentOf } = writeStructure(context, pages);
  catalog.set(PDFName.of("StructTreeRoot"), root);
  const widget = { ref: field, name: registerField, tooltip: "Chữ ký số của người ký sổ", box: place };
  writeForm(document, last.page, [widget], structParentOf, registerSheet.heightMm);
  context.lookup(last.page, PDFDict).set(PDFName.of("Annots"), context.obj([field]));
  writeFileMetadata(document, factsOf(print), createHash("sha256").update(JSON.stringify(print)).digest());
  return { pdf: writeDocument(document), pages: pages.length };
}

const factsOf = ({ title, about, agency, composedAt, development }: RegisterToCompose) => ({
  title: [title, ...about.slice(0, 2)].join(", "),
  author: agency,
  subject: title,
  composedAt,
  own: development ? [textProperty("Development", "The register has no legal value", "true")] : [],
});

function withDrawableTexts(print: RegisterToCompose, faces: Faces): RegisterToCompose {
  const drawable = drawableWith(faces);
  return {
    ...print,
    agency: drawable(print.agency),
    place: drawable(print.place),
    about: print.about.map(drawable),
    rows: print.rows.map(({ texts, struck, was = [] }) => ({
      texts: texts.map(drawable),
      struck,
      was: was.map((before) => before.map(drawable)),
    })),
    closing: print.closing.map(drawable),
    signer: { name: drawable(print.signer.name), titleLines: print.signer.titleLines.map(drawable) },
  };
}
