import type { PDFRef } from "pdf-lib";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import { attestationBlock, type Block, factsBlock, titleBlock, warningBlock } from "./attestation-blocks.ts";
import { type Canvas, openCanvas } from "./canvas.ts";
import { checkingPanelHeightMm, drawCheckingPanel } from "./checking-panel.ts";
import type { CopyToCompose } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import { headingBlock } from "./letterhead.ts";
import { a4, type Box } from "./measure-sheet.ts";
import { pageMargins } from "./page-margins.ts";
import type { ParsedCopy } from "./parse-copy.ts";
import { drawSigner, type SignaturePlaces, signerHeightMm, type WidgetRefs } from "./signer.ts";

/** The room between blocks: under the least the sheet is refused as overfull, over the most it would fall apart. */
const leastGapMm = 2.5;
const mostGapMm = 13;

export type AttestationRefs = WidgetRefs & { readonly link: PDFRef };

/** The drawn sheet, and where its annotations belong. */
export type AttestationSheet = {
  readonly canvas: Canvas;
  readonly refs: AttestationRefs;
  readonly places: SignaturePlaces;
  readonly link: Box;
};

/** Draws the added page: heading, the four lines of LAW 3.1, room for both signatures, and how to check. */
export function drawAttestationSheet(
  faces: Faces,
  parsed: ParsedCopy,
  refs: AttestationRefs,
): Result<AttestationSheet, { code: "text_does_not_fit"; place: "attestation_sheet" }> {
  const { copy, signedCode, host } = parsed;
  const panelTopMm = a4.heightMm - pageMargins.bottomMm - checkingPanelHeightMm;
  const roomMm = panelTopMm - pageMargins.topMm - signerHeightMm(faces, copy);
  const fits = (blocks: readonly Block[]) => gapBetween(blocks, roomMm) >= leastGapMm;
  const whole = blocksOf(faces, copy, true);
  const blocks = fits(whole) ? whole : blocksOf(faces, copy, false);
  const gapMm = gapBetween(blocks, roomMm);
  if (gapMm < leastGapMm) return fail({ code: "text_does_not_fit", place: "attestation_sheet" });

  const canvas = openCanvas(a4.heightMm);
  let topMm: number = pageMargins.topMm;
  for (const block of blocks) {
    block.draw(canvas, topMm);
    topMm += block.heightMm + gapMm;
  }
  const places = drawSigner(canvas, faces, copy, topMm, refs);
  const checking = { code: signedCode, link: copy.linkUrl, host, linkAnnotation: refs.link };
  const link = drawCheckingPanel(canvas, faces, panelTopMm, checking);
  return ok({ canvas, refs, places, link });
}

const blocksOf = (faces: Faces, copy: CopyToCompose, withFacts: boolean): Block[] => [
  ...(copy.development ? [warningBlock(faces)] : []),
  headingBlock(faces, copy.certificate),
  titleBlock(faces),
  factsBlock(faces, copy, withFacts),
  attestationBlock(faces, copy.certificate),
];

function gapBetween(blocks: readonly Block[], roomMm: number): number {
  const neededMm = blocks.reduce((sum, block) => sum + block.heightMm, 0);
  return Math.min((roomMm - neededMm) / (blocks.length + 1), mostGapMm);
}
