import { createHash } from "node:crypto";
import { PDFDocument } from "pdf-lib";
import { type Bytes, ok, type Result, type Sha256 } from "../../src/core/kernel.ts";
import { assemble } from "./assemble.ts";
import { drawAttestationSheet } from "./attestation-sheet.ts";
import type { Canvas } from "./canvas.ts";
import { type ComposedCopy, type ComposeFailure, type CopyToCompose, fieldNames } from "./copy-to-compose.ts";
import { type Faces, openFaces } from "./faces.ts";
import { writeMetadata } from "./metadata.ts";
import { drawPageSheet } from "./page-sheet.ts";
import { locatePageStreams } from "./page-streams.ts";
import { type ParsedCopy, parseCopy } from "./parse-copy.ts";
import type { Fonts } from "./typeface.ts";

/**
 * Composes the unsigned copy: one sheet a page of the original, the confirmed image streams byte for byte, then the attestation
 * sheet with both signature fields empty. Made as PDF/A-2a (ISO 19005-2), tagged, PDF 1.7 with a classic cross-reference table.
 *
 * The same input and fonts give the same bytes: there is no clock and no chance in it.
 *
 * @returns every reason not to compose as a value; throws only when the file does not hold what was put in
 */
export async function composeCopy(input: CopyToCompose, fonts: Fonts): Promise<Result<ComposedCopy, ComposeFailure>> {
  const parsed = parseCopy(input, fonts);
  if (!parsed.ok) return parsed;
  const { copy } = parsed.value;
  const document = await PDFDocument.create({ updateMetadata: false });
  const faces = openFaces(document.context, fonts);

  const pages = drawPages(faces, parsed.value);
  if (!pages.ok) return pages;
  const attestation = drawAttestationSheet(faces, parsed.value, {
    officer: document.context.nextRef(),
    agency: document.context.nextRef(),
    link: document.context.nextRef(),
  });
  if (!attestation.ok) return attestation;

  const images = assemble(document, faces, parsed.value, pages.value, attestation.value);
  const digests = images.map(({ bytes }) => sha256Of(bytes));
  writeMetadata(document, copy, digests, identityOf(copy, digests));
  const saved = await document.save({
    useObjectStreams: false,
    updateFieldAppearances: false,
    objectsPerTick: Infinity,
  });
  const pdf = new Uint8Array(saved);
  return ok({ pdf, fields: fieldNames, pageStreams: locatePageStreams(pdf, images, digests) });
}

function drawPages(faces: Faces, parsed: ParsedCopy): Result<Canvas[], ComposeFailure> {
  const { copy, sheets, linkCode, host } = parsed;
  const drawn: Canvas[] = [];
  for (const [i, page] of copy.original.pages.entries()) {
    const sheet = sheets[i];
    if (!sheet) throw new Error("every page was measured");
    const canvas = drawPageSheet(faces, sheet, page, {
      certificate: copy.certificate,
      page: i + 1,
      pageCount: sheets.length,
      host,
      code: linkCode,
      development: copy.development,
    });
    if (!canvas.ok) return canvas;
    drawn.push(canvas.value);
  }
  return ok(drawn);
}

const sha256Of = (bytes: Bytes): Sha256 => createHash("sha256").update(bytes).digest("hex") as Sha256;

/** Drawn from all that the copy says and shows; the streams stand for themselves by their digests. */
function identityOf(copy: CopyToCompose, digests: readonly Sha256[]): Uint8Array {
  const pages = copy.original.pages.map(({ image: _, ...rest }, i) => ({ ...rest, sha256: digests[i] }));
  const content = JSON.stringify({ ...copy, original: { ...copy.original, pages } });
  return createHash("sha256").update(content).digest();
}
