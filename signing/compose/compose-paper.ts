import { createHash } from "node:crypto";
import { PDFDocument, PDFName } from "pdf-lib";
import type { Bytes } from "../../src/core/kernel.ts";
import { addPage } from "./assemble.ts";
import { drawableWith } from "./drawable.ts";
import { embedFaces, fontResources, openFaces } from "./faces.ts";
import { a4 } from "./measure-sheet.ts";
import { textProperty, writeFileMetadata } from "./metadata.ts";
import { drawPaper } from "./paper-pages.ts";
import type { PaperPart, PaperRun, PaperSigner, PaperToCompose } from "./paper-to-compose.ts";
import { writeStructure } from "./structure.ts";
import type { Fonts } from "./typeface.ts";
import { writeDocument } from "./write-file.ts";

/**
 * Composes an administrative paper: PDF/A-2a, tagged, A4. It never fails, since a paper is handed out whatever was typed
 * at the counter: what cannot be drawn becomes a question mark (`drawable.ts`); a code that is too long is left out.
 */
export async function composePaper(
  input: PaperToCompose,
  fonts: Fonts,
): Promise<{ readonly pdf: Bytes; readonly pages: number }> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = document;
  const faces = openFaces(context, fonts);
  const paper = withDrawableTexts(input, drawableWith(faces));
  const canvases = drawPaper(faces, paper);
  embedFaces(faces);
  const resources = context.obj({ Font: context.register(context.obj(fontResources(faces))) });
  const pages = canvases.map((canvas) => addPage(document, canvas, a4.widthMm, resources));
  catalog.set(PDFName.of("StructTreeRoot"), writeStructure(context, pages).root);
  writeFileMetadata(document, factsOf(paper), createHash("sha256").update(JSON.stringify(paper)).digest());
  return { pdf: writeDocument(document), pages: pages.length };
}

const factsOf = ({ title, about, agency, composedAt, development }: PaperToCompose) => ({
  title,
  author: agency,
  subject: about === "" ? title : about,
  composedAt,
  own: development ? [textProperty("Development", "The paper has no legal value", "true")] : [],
});

type Drawable = (text: string) => string;

const withDrawableTexts = (paper: PaperToCompose, drawable: Drawable): PaperToCompose => ({
  ...paper,
  agency: drawable(paper.agency),
  unit: paper.unit === null ? null : drawable(paper.unit),
  number: paper.number === null ? null : drawable(paper.number),
  place: drawable(paper.place),
  title: drawable(paper.title),
  about: drawable(paper.about),
  parts: paper.parts.map((part) => drawablePart(part, drawable)),
  signers: drawableSigners(paper.signers, drawable),
  recipients: paper.recipients.map(drawable),
});

function drawableSigners([first, second]: PaperToCompose["signers"], drawable: Drawable): PaperToCompose["signers"] {
  const clean = ({ titleLines, how, name }: PaperSigner): PaperSigner => ({
    titleLines: titleLines.map(drawable),
    how: drawable(how),
    name: drawable(name),
  });
  return second === undefined ? [clean(first)] : [clean(first), clean(second)];
}

function drawablePart(part: PaperPart, drawable: Drawable): PaperPart {
  switch (part.kind) {
    case "paragraph":
      return { ...part, runs: drawableRuns(part.runs, drawable) };
    case "fact":
      return { ...part, label: drawable(part.label), value: drawable(part.value) };
    case "heading":
      return { ...part, text: drawable(part.text) };
    case "table":
      return { ...part, rows: part.rows.map((row) => row.map(drawable)), totals: part.totals?.map(drawable) ?? null };
    case "code":
      return { ...part, beside: part.beside.map((runs) => drawableRuns(runs, drawable)) };
  }
}

/** Each run keeps the space at its ends: it parts it from its neighbour. */
const drawableRuns = (runs: readonly PaperRun[], drawable: Drawable): PaperRun[] =>
  runs.map((run) => ({
    ...run,
    text: `${/^\s/u.test(run.text) ? " " : ""}${drawable(run.text)}${/\s$/u.test(run.text) ? " " : ""}`,
  }));
