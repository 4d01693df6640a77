import { type Canvas, type Style, warningRed } from "./canvas.ts";
import type { Certificate, CopyToCompose } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import { columnCentreMm, columnMm, pageMargins } from "./page-margins.ts";
import { drawCentred, drawRuns, type Run, widthOf, wrap } from "./typesetting.ts";
import { attestation, attestedElsewhere, attestedOn, facts, sheetTitle, worthless } from "./wording.ts";

/** Part of the attestation sheet with a height known before it is drawn. */
export type Block = { readonly heightMm: number; readonly draw: (canvas: Canvas, topMm: number) => void };

/** Where text stands across a sheet. */
type Column = { readonly leftMm: number; readonly widthMm: number };

const portraitColumn: Column = { leftMm: pageMargins.leftMm, widthMm: columnMm };

const ruleMm = 0.2;

/** Framed in red above everything else, where the store is a development store (DESIGN decision 10). */
export function warningBlock(faces: Faces, column: Column = portraitColumn): Block {
  const style: Style = { face: faces.bold, sizePt: 10.5, colour: warningRed };
  const heightMm = 8;
  return {
    heightMm,
    draw: (canvas, topMm) => {
      const box = { ...column, topMm, heightMm };
      canvas.artifact(() => canvas.frame(box, 0.35, warningRed));
      canvas.tag({ kind: "P" }, () =>
        drawCentred(
          canvas,
          [{ style, text: `${worthless.vietnamese} · ${worthless.english}` }],
          column.leftMm + column.widthMm / 2,
          topMm + 5.4,
        ),
      );
    },
  };
}

export function titleBlock(faces: Faces): Block {
  const first: Run[] = [{ style: { face: faces.bold, sizePt: 16 }, text: sheetTitle.first }];
  const second: Run[] = [{ style: { face: faces.bold, sizePt: 14 }, text: sheetTitle.second }];
  return {
    heightMm: 16.5,
    draw: (canvas, topMm) => {
      canvas.tag({ kind: "H1" }, () => {
        drawCentred(canvas, first, columnCentreMm, topMm + 5.5);
        drawCentred(canvas, second, columnCentreMm, topMm + 12.5);
      });
      const widthMm = 50;
      canvas.artifact(() =>
        canvas.rule(
          { leftMm: columnCentreMm - widthMm / 2, topMm: topMm + 15.8, widthMm, heightMm: ruleMm },
          [0, 0, 0],
        ),
      );
    },
  };
}

const factsLineMm = 6.4;
const smallLineMm = 5.4;

/** What was copied and how many pages: label, then the value hanging beside it; below, what else was confirmed of it. */
export function factsBlock(faces: Faces, { original, certificate }: CopyToCompose, withFacts = true): Block {
  const label: Style = { face: faces.regular, sizePt: 13 };
  const value: Style = { face: faces.bold, sizePt: 13 };
  const small: Style = { face: faces.regular, sizePt: 11.5 };
  const indentMm = widthOf(label, facts.original);
  const { copy } = certificate;
  const copyLine = copy === undefined ? [] : [facts.copy(copy.ordinal, copy.of)];
  const titleLines = wrap(value, original.title, columnMm - indentMm);
  const said = withFacts ? original.facts.map((fact) => `${fact.label}: ${fact.value}`).join("; ") : "";
  const saidLines = said === "" ? [] : wrap(small, `${facts.confirmed}${said}.`, columnMm);
  return {
    heightMm: (titleLines.length + 1 + copyLine.length) * factsLineMm + saidLines.length * smallLineMm,
    draw: (canvas, topMm) => {
      const baseline = (line: number) => topMm + 4.8 + line * factsLineMm;
      canvas.tag({ kind: "P" }, () => {
        canvas.text(label, pageMargins.leftMm, baseline(0), facts.original);
        titleLines.forEach((line, i) => {
          canvas.text(value, pageMargins.leftMm + indentMm, baseline(i), line);
        });
      });
      const pages = [
        { style: label, text: facts.pages },
        { style: label, text: facts.pagesAfter(original.pages.length) },
      ];
      canvas.tag({ kind: "P" }, () => drawRuns(canvas, pages, pageMargins.leftMm, baseline(titleLines.length)));
      for (const line of copyLine) {
        canvas.tag({ kind: "P" }, () => canvas.text(value, pageMargins.leftMm, baseline(titleLines.length + 1), line));
      }
      if (saidLines.length === 0) return;
      const afterMm = baseline(titleLines.length + copyLine.length);
      canvas.tag({ kind: "P" }, () =>
        saidLines.forEach((line, i) => {
          canvas.text(small, pageMargins.leftMm, afterMm + (i + 1) * smallLineMm, line);
        }),
      );
    },
  };
}

const attestationLineMm = 7.6;

/** Below the day, where it was not at the office: place, hour and minute. NĐ 23/2015 Art. 10(2). */
function elsewhereLines(faces: Faces, { elsewhere }: Certificate): Run[][] {
  const style: Style = { face: faces.regular, sizePt: 13 };
  if (elsewhere === undefined) return [];
  return wrap(style, attestedElsewhere(elsewhere), columnMm).map((text) => [{ style, text }]);
}

/** The four lines of the attestation, letter for letter (LAW 3.1; NĐ 23/2015 Art. 12: mandatory content). */
export function attestationBlock(faces: Faces, certificate: Certificate): Block {
  const plain: Style = { face: faces.regular, sizePt: 14 };
  const strong: Style = { face: faces.bold, sizePt: 14 };
  const lines: Run[][] = [
    [{ style: { face: faces.bold, sizePt: 16 }, text: attestation.heading }],
    [
      { style: plain, text: attestation.numberLabel },
      { style: strong, text: certificate.number },
      { style: plain, text: attestation.bookLabel },
      { style: strong, text: certificate.book },
    ],
    [{ style: plain, text: attestedOn(certificate.date) }],
    ...elsewhereLines(faces, certificate),
    [{ style: { face: faces.italic, sizePt: 13 }, text: attestation.signer }],
  ];
  return {
    heightMm: lines.length * attestationLineMm,
    draw: (canvas, topMm) =>
      lines.forEach((line, i) => {
        const baselineMm = topMm + 5.6 + i * attestationLineMm;
        canvas.tag({ kind: i === 0 ? "H2" : "P" }, () => drawCentred(canvas, line, columnCentreMm, baselineMm));
      }),
  };
}
