import { createHash } from "node:crypto";
import { type PDFContext, PDFDocument, type PDFObject } from "pdf-lib";
import { type Bytes, ok, type Result, type Sha256 } from "../../src/core/kernel.ts";
import { assemble, openOwnRefs } from "./assemble.ts";
import type { ComposeFailure, CopyToCompose } from "./copy-to-compose.ts";
import { embedFaces, type Faces, openFaces } from "./faces.ts";
import { copyFacts, writeFacts } from "./metadata.ts";
import { drawOwnPart, type Frame, type OwnPart, type Places, shapeOf } from "./own-part.ts";
import { packBeginning } from "./packed-stream.ts";
import { drawPageSheet } from "./page-sheet.ts";
import type { EmbeddedImage } from "./page-streams.ts";
import type { ParsedCopy, ParsedPages } from "./parse-copy.ts";
import type { Fonts } from "./typeface.ts";
import { type WrittenObjects, writeObjects } from "./write-file.ts";

/**
 * The part of a file that all copies of one number have in common: pictures, words, fonts, tags and fields, written once.
 * What is left out are the places of `Places.refs`.
 */
export type SharedPart = {
  /** The copy it was made for. */
  readonly input: CopyToCompose;
  readonly pages: ParsedPages;
  readonly frame: Frame;
  readonly places: Places;
  /** Of an own part that goes into it. */
  readonly shape: string;
  readonly written: WrittenObjects;
  readonly images: readonly EmbeddedImage[];
  readonly digests: readonly Sha256[];
  /** Over pictures and words of all pages. */
  readonly pagesDigest: string;
  readonly trailer: { readonly root: PDFObject; readonly info: PDFObject };
};

type Made = { readonly shared: SharedPart; readonly own: OwnPart };

/** Draws the copy whole; what is its own comes back beside what is not. */
export async function makeSharedPart(
  input: CopyToCompose,
  parsed: ParsedCopy,
  fonts: Fonts,
): Promise<Result<Made, ComposeFailure>> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context } = document;
  const { copy, sheets, images: pictures } = parsed;
  const faces = openFaces(context, fonts);
  if (copy.certificate.copy !== undefined) foreseeOtherCopies(faces);
  const pages = copy.original.pages.map((page, i) => {
    const sheet = sheets[i];
    if (!sheet) throw new Error("every page was measured");
    return drawPageSheet(faces, sheet, page, { page: i + 1, pageCount: sheets.length });
  });
  const refs = openOwnRefs(context, pages.length);
  const marks = pages.map((canvas) => canvas.finish().tagged.length);
  const frame = {
    faces,
    marks,
    sheetRefs: { officer: context.nextRef(), agency: context.nextRef(), link: refs.link },
  };
  const own = drawOwnPart(frame, parsed);
  if (!own.ok) return own;

  embedFaces(faces);
  const assembled = assemble(document, faces, parsed, refs, pages, own.value);
  const digests = assembled.images.map(({ bytes }) => sha256Of(bytes));
  writeFacts(document, copyFacts(copy, digests), refs.metadata);
  const shared = {
    input,
    pages: { sheets, images: pictures },
    frame,
    places: {
      context,
      refs,
      beginnings: pages.map((canvas) => packBeginning(`${canvas.finish().content}\n`)),
      ...assembled,
    },
    shape: shapeOf(own.value),
    written: writeObjects(context.enumerateIndirectObjects()),
    images: assembled.images,
    digests,
    pagesDigest: digestOfPages(copy, digests),
    trailer: trailerOf(context),
  };
  return ok({ shared, own: own.value });
}

/** Of a verification code, as it stands in a link; and the digits that say which of how many. */
export const ownSigns = "0123456789abcdefghijklmnopqrstuvwxyz";

/** In the subset before anything is drawn, so that the fonts of all copies are the same whatever their codes are. */
function foreseeOtherCopies({ regular, bold }: Faces): void {
  regular.foresee(ownSigns);
  bold.foresee(ownSigns.slice(0, 10));
}

const sha256Of = (bytes: Bytes): Sha256 => createHash("sha256").update(bytes).digest("hex") as Sha256;

function digestOfPages({ original }: CopyToCompose, digests: readonly Sha256[]): string {
  const pages = original.pages.map(({ image: _, ...rest }, i) => ({ ...rest, sha256: digests[i] }));
  return createHash("sha256").update(JSON.stringify(pages)).digest("hex");
}

function trailerOf({ trailerInfo: { Root: root, Info: info } }: PDFContext): SharedPart["trailer"] {
  if (root === undefined || info === undefined) throw new Error("a document has its root and what it says of itself");
  return { root, info };
}
