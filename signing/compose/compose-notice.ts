import { createHash } from "node:crypto";
import { PDFDict, PDFDocument, PDFName } from "pdf-lib";
import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import { addPage } from "./assemble.ts";
import { embedFaces, fontResources, openFaces } from "./faces.ts";
import { a4 } from "./measure-sheet.ts";
import { textProperty, writeFileMetadata } from "./metadata.ts";
import { drawNotice, type NoticePages } from "./notice-pages.ts";
import { type NoticeFailure, type NoticeToCompose, noticeField } from "./notice-to-compose.ts";
import { noticeText, noticeTitle } from "./notice-wording.ts";
import { writeForm } from "./signature-fields.ts";
import { writeStructure } from "./structure.ts";
import type { Fonts } from "./typeface.ts";
import { writeDocument } from "./write-file.ts";

/**
 * Composes the unsigned notice of a refusal (NĐ 23/2015 Art. 9: explained in writing) with its one signature field
 * empty. Made as the copy is: PDF/A-2a, tagged, PDF 1.7. The same input and fonts give the same bytes.
 */
export async function composeNotice(
  input: NoticeToCompose,
  fonts: Fonts,
): Promise<Result<{ readonly pdf: Bytes; readonly pages: number }, NoticeFailure>> {
  const notice = withCleanTexts(input);
  const document = await PDFDocument.create({ updateMetadata: false });
  const faces = openFaces(document.context, fonts);
  const strange = undrawable(notice, (text) => faces.regular.missing(text));
  if (strange !== null) return fail({ code: "character_not_in_font", character: strange });
  const field = document.context.nextRef();
  const drawn = drawNotice(faces, notice, field);
  embedFaces(faces);
  assemble(document, drawn, fontResources(faces), field);
  writeFileMetadata(document, factsOf(notice), createHash("sha256").update(JSON.stringify(notice)).digest());
  return ok({ pdf: writeDocument(document), pages: drawn.canvases.length });
}

function assemble(
  document: PDFDocument,
  { canvases, place }: NoticePages,
  fonts: ReturnType<typeof fontResources>,
  field: ReturnType<PDFDocument["context"]["nextRef"]>,
): void {
  const { context, catalog } = document;
  const resources = context.obj({ Font: context.register(context.obj(fonts)) });
  const pages = canvases.map((canvas) => addPage(document, canvas, a4.widthMm, resources));
  const last = pages.at(-1);
  if (last === undefined) throw new Error("a notice has a page");
  const { root, structParentOf } = writeStructure(context, pages);
  catalog.set(PDFName.of("StructTreeRoot"), root);
  const widget = { ref: field, name: noticeField, tooltip: noticeText.field, box: place };
  writeForm(document, last.page, [widget], structParentOf);
  context.lookup(last.page, PDFDict).set(PDFName.of("Annots"), context.obj([field]));
}

const factsOf = (notice: NoticeToCompose) => ({
  title: `Thông báo từ chối chứng thực, mã hồ sơ ${notice.dossierId}`,
  author: notice.agency,
  subject: noticeTitle.second,
  composedAt: notice.composedAt,
  own: [
    textProperty("Dossier", "Code of the request that was refused", notice.dossierId),
    ...(notice.development ? [textProperty("Development", "The notice has no legal value", "true")] : []),
  ],
});

/** NFC and single spaces, as in the copy; the reason keeps its lines. */
const clean = (text: string): string => text.normalize("NFC").replace(/\s+/gu, " ").trim();

function withCleanTexts(notice: NoticeToCompose): NoticeToCompose {
  const { signer, ground, examined } = notice;
  return {
    ...notice,
    agency: clean(notice.agency),
    place: clean(notice.place),
    applicant: clean(notice.applicant),
    paper: clean(notice.paper),
    ground: { ...ground, words: clean(ground.words) },
    reason: notice.reason
      .split(/\r\n?|\n/u)
      .map(clean)
      .join("\n")
      .trim(),
    examined: { ...examined, by: clean(examined.by) },
    signer: { name: clean(signer.name), titleLines: signer.titleLines.map(clean) },
  };
}

/** First sign that the faces cannot draw; a missing one would print as an empty box. */
function undrawable(notice: NoticeToCompose, missing: (text: string) => string | null): string | null {
  const { agency, place, dossierId, applicant, paper, ground, reason, examined, signer, checkAt } = notice;
  const shown = [agency, agency.toUpperCase(), place, dossierId, applicant, paper, ground.words, examined.by, checkAt];
  const text = [...shown, ...reason.split("\n"), signer.name, ...signer.titleLines].join(" ");
  return /\p{C}/u.exec(text)?.[0] ?? missing(text);
}
