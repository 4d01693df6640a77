import { createHash } from "node:crypto";
import { PDFDict, PDFDocument, PDFName } from "pdf-lib";
import type { Bytes } from "../../src/core/kernel.ts";
import { addPage } from "./assemble.ts";
import { drawableWith } from "./drawable.ts";
import { embedFaces, type Faces, fontResources, openFaces } from "./faces.ts";
import { a4 } from "./measure-sheet.ts";
import { textProperty, writeFileMetadata } from "./metadata.ts";
import { drawReport } from "./report-pages.ts";
import { type ReportToCompose, reportField } from "./report-to-compose.ts";
import { writeForm } from "./signature-fields.ts";
import { writeStructure } from "./structure.ts";
import type { Fonts } from "./typeface.ts";
import { writeDocument } from "./write-file.ts";

/**
 * Composes the unsigned report of an examination with its one signature field empty. Made as the copy is: PDF/A-2a,
 * tagged, PDF 1.7. It never fails: names come from strangers' certificates, so a sign that the faces cannot draw, or
 * that would turn the direction of what follows, becomes a question mark.
 */
export async function composeReport(
  input: ReportToCompose,
  fonts: Fonts,
): Promise<{ readonly pdf: Bytes; readonly pages: number }> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = document;
  const faces = openFaces(context, fonts);
  const report = withDrawableTexts(input, faces);
  const field = context.nextRef();
  const { canvases, place } = drawReport(faces, report, field);
  embedFaces(faces);
  const resources = context.obj({ Font: context.register(context.obj(fontResources(faces))) });
  const pages = canvases.map((canvas) => addPage(document, canvas, a4.widthMm, resources));
  const last = pages.at(-1);
  if (last === undefined) throw new Error("a report has a page");
  const { root, structParentOf } = writeStructure(context, pages);
  catalog.set(PDFName.of("StructTreeRoot"), root);
  const widget = { ref: field, name: reportField, tooltip: report.signedBy, box: place };
  writeForm(document, last.page, [widget], structParentOf);
  context.lookup(last.page, PDFDict).set(PDFName.of("Annots"), context.obj([field]));
  writeFileMetadata(document, factsOf(report), createHash("sha256").update(JSON.stringify(report)).digest());
  return { pdf: writeDocument(document), pages: pages.length };
}

const factsOf = ({ title, titleBeside, author, composedAt, language, development }: ReportToCompose) => ({
  title,
  author,
  subject: titleBeside,
  composedAt,
  language,
  own: development ? [textProperty("Development", "The report has no legal value", "true")] : [],
});

function withDrawableTexts(report: ReportToCompose, faces: Faces): ReportToCompose {
  const drawable = drawableWith(faces);
  return {
    ...report,
    title: drawable(report.title),
    titleBeside: drawable(report.titleBeside),
    signedBy: drawable(report.signedBy),
    author: drawable(report.author),
    sections: report.sections.map(({ heading, rows }) => ({
      heading: drawable(heading),
      rows: rows.map(({ label, value }) => ({
        label: label === null ? null : drawable(label),
        value: drawable(value),
      })),
    })),
  };
}
