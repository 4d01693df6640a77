import type { PDFContext, PDFRef } from "pdf-lib";
import { ok, type Result, type Sha256 } from "../../src/core/kernel.ts";
import type { OwnRefs } from "./assemble.ts";
import { type AttestationRefs, type AttestationSheet, drawAttestationSheet } from "./attestation-sheet.ts";
import { type Canvas, openCanvas, rectangleOf } from "./canvas.ts";
import type { ComposeFailure } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import { a4 } from "./measure-sheet.ts";
import { copyFacts, metadataStream } from "./metadata.ts";
import { type PackedBeginning, packedAfter, packedOwn } from "./packed-stream.ts";
import type { ParsedCopy } from "./parse-copy.ts";
import { type QrCode, qrPath } from "./qr.ts";
import { linkAnnotation } from "./signature-fields.ts";
import { drawStrip } from "./strip.ts";
import { forScreenReaders } from "./wording.ts";
import { type PlacedObject, type WrittenObjects, writeObjects } from "./write-file.ts";

/** What a copy shows that no other copy of its number shows: a strip below each page, and the attestation sheet. */
export type OwnPart = { readonly strips: readonly Canvas[]; readonly sheet: AttestationSheet };

/** Where it is drawn. */
export type Frame = {
  readonly faces: Faces;
  /** How many marks of each page's content the original took. */
  readonly marks: readonly number[];
  readonly sheetRefs: AttestationRefs;
};

export function drawOwnPart(
  { faces, marks, sheetRefs }: Frame,
  parsed: ParsedCopy,
): Result<OwnPart, Extract<ComposeFailure, { code: "text_does_not_fit" }>> {
  const { copy, sheets, linkCode, host } = parsed;
  const strips: Canvas[] = [];
  for (const [i, { heightMm, strip }] of sheets.entries()) {
    const canvas = openCanvas(heightMm, marks[i]);
    const place = { page: i + 1, pageCount: sheets.length };
    const says = { certificate: copy.certificate, ...place, host, code: linkCode, development: copy.development };
    const drawn = drawStrip(canvas, faces, strip, says);
    if (!drawn.ok) return drawn;
    strips.push(canvas);
  }
  const sheet = drawAttestationSheet(faces, parsed, sheetRefs);
  return sheet.ok ? ok({ strips, sheet: sheet.value }) : sheet;
}

/** All that the rest of the file knows of it: tags, and where the fields stand. Equal shapes go into the same file. */
export function shapeOf({ strips, sheet }: OwnPart): string {
  const tags = [...strips, sheet.canvas].map((canvas) => canvas.finish().tagged);
  return JSON.stringify([tags, sheet.places]);
}

/** What the file knows of the places it is written to. */
export type Places = {
  readonly context: PDFContext;
  readonly refs: OwnRefs;
  readonly beginnings: readonly PackedBeginning[];
  readonly sheet: PDFRef;
  readonly linkParent: number | undefined;
};

export function writeOwnPart(
  { context, refs, beginnings, sheet, linkParent }: Places,
  { copy, linkCode, signedCode, host }: ParsedCopy,
  own: OwnPart,
  digests: readonly Sha256[],
  identity: Uint8Array,
): WrittenObjects {
  const pages = beginnings.map((beginning, i): PlacedObject => {
    const [ref, strip] = [refs.pages[i], own.strips[i]];
    if (ref === undefined || strip === undefined) throw new Error("every page has a strip");
    return [ref, packedAfter(context, beginning, strip.finish().content)];
  });
  const rectangle = rectangleOf(own.sheet.link, a4.heightMm);
  const link = { url: copy.linkUrl, says: forScreenReaders.link(host), rectangle };
  return writeObjects([
    ...pages,
    [refs.linkCode, codeForm(context, linkCode)],
    [refs.sheet, packedOwn(context, own.sheet.canvas.finish().content)],
    [refs.signedCode, codeForm(context, signedCode)],
    [refs.link, linkAnnotation(context, sheet, link, linkParent)],
    [refs.metadata, metadataStream(context, copyFacts(copy, digests), identity)],
  ]);
}

const codeForm = (context: PDFContext, code: QrCode) =>
  packedOwn(context, qrPath(code), {
    Type: "XObject",
    Subtype: "Form",
    BBox: [0, 0, code.size, code.size],
    Resources: {},
  });
