import type { Block } from "./attestation-blocks.ts";
import { black, type Canvas, type Style } from "./canvas.ts";
import type { Certificate } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import { a4 } from "./measure-sheet.ts";
import { pageMargins } from "./page-margins.ts";
import { drawCentred, shrinkToFit, widthOf, wrapEvenly } from "./typesetting.ts";
import { dayInWords, nation } from "./wording.ts";

const agencyWidthMm = 64;
const nationWidthMm = 92;
const agencyCentreMm = pageMargins.leftMm + agencyWidthMm / 2;
const lineMm = 5.4;
const ruleMm = 0.25;

const upright = { widthMm: a4.widthMm, rightMm: pageMargins.rightMm };

/**
 * Name of the agency left, name and motto of the nation right, place and date below: NĐ 30/2020 Appendix I.
 *
 * @param sheet its left margin is that of every sheet of ours
 */
export function headingBlock(
  faces: Faces,
  head: Head,
  sheet: { readonly widthMm: number; readonly rightMm: number } = upright,
): Block {
  const nationCentreMm = sheet.widthMm - sheet.rightMm - nationWidthMm / 2;
  const dated: Style = { face: faces.italic, sizePt: 13 };
  const issuer = issuerOf(faces, head);
  const placeLines = placeAndDate(dated, `${head.place}, `, dayInWords(head.date));
  const placeTopMm = 2 * lineMm + 4;
  return {
    heightMm: Math.max(issuer.heightMm, placeTopMm + placeLines.length * lineMm),
    draw: (canvas, topMm) => {
      drawNation(canvas, faces, nationCentreMm, topMm);
      issuer.draw(canvas, topMm);
      canvas.tag({ kind: "P" }, () => drawLines(canvas, dated, placeLines, nationCentreMm, topMm + placeTopMm));
    },
  };
}

type Head = Pick<Certificate, "agency" | "place" | "date"> & {
  /** Of the agency, in bold below it, the agency then in plain letters. */
  readonly unit?: string | null;
  /** Number and sign of the paper. */
  readonly number?: string | null;
};

/** Who issues the paper, underlined, with the paper's number below. */
function issuerOf(faces: Faces, { agency, unit = null, number = null }: Head): Block {
  const over = unit === null ? null : setAgency(faces.regular, agency.toUpperCase());
  const last = setAgency(faces.bold, (unit ?? agency).toUpperCase());
  const overMm = (over?.lines.length ?? 0) * lineMm;
  const underMm = overMm + last.lines.length * lineMm;
  const numberTopMm = Math.max(underMm + 3, 2 * lineMm + 4);
  const numbered: Style = { face: faces.regular, sizePt: 13 };
  return {
    heightMm: number === null ? underMm + 2 : numberTopMm + lineMm,
    draw: (canvas, topMm) => {
      if (over !== null) {
        canvas.tag({ kind: "P" }, () => drawLines(canvas, over.style, over.lines, agencyCentreMm, topMm));
      }
      canvas.tag({ kind: "P" }, () => drawLines(canvas, last.style, last.lines, agencyCentreMm, topMm + overMm));
      const lastMm = widthOf(last.style, (last.lines.at(-1) ?? "").trimEnd());
      underline(canvas, agencyCentreMm, topMm + underMm + 1, Math.max(20, lastMm / 2.5));
      if (number === null) return;
      const says = `Số: ${number}`;
      canvas.tag({ kind: "P" }, () => drawLines(canvas, numbered, [says], agencyCentreMm, topMm + numberTopMm));
    },
  };
}

/** A little smaller where that saves a line. */
function setAgency(face: Style["face"], agency: string): { style: Style; lines: string[] } {
  const usual: Style = { face, sizePt: 12 };
  const linesIn = (style: Style) => agencyParts(agency).flatMap((part) => wrapEvenly(style, part, agencyWidthMm));
  const style = shrinkToFit(usual, 11, (smaller) => linesIn(smaller).length <= agencyParts(agency).length) ?? usual;
  return { style, lines: linesIn(style) };
}

/** A people's committee stands in two parts, as on its papers: what it is, then where. */
function agencyParts(agency: string): string[] {
  const parts = /^(ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN) (.+)$/u.exec(agency);
  return parts ? [`${parts[1]} `, parts[2] ?? ""] : [agency];
}

function placeAndDate(style: Style, place: string, date: string): string[] {
  if (widthOf(style, place + date) <= nationWidthMm) return [place + date];
  return [...wrapEvenly(style, place, nationWidthMm), date];
}

function drawNation(canvas: Canvas, faces: Faces, nationCentreMm: number, topMm: number): void {
  const motto: Style = { face: faces.bold, sizePt: 13 };
  canvas.tag({ kind: "P" }, () => {
    drawLines(canvas, { face: faces.bold, sizePt: 12 }, [`${nation.name} `], nationCentreMm, topMm);
    drawLines(canvas, motto, [nation.motto], nationCentreMm, topMm + lineMm);
  });
  underline(canvas, nationCentreMm, topMm + 2 * lineMm + 1, widthOf(motto, nation.motto));
}

function drawLines(canvas: Canvas, style: Style, lines: readonly string[], centreMm: number, topMm: number): void {
  lines.forEach((text, i) => {
    drawCentred(canvas, [{ style, text }], centreMm, topMm + 4.3 + i * lineMm);
  });
}

function underline(canvas: Canvas, centreMm: number, topMm: number, widthMm: number): void {
  canvas.artifact(() => canvas.rule({ leftMm: centreMm - widthMm / 2, topMm, widthMm, heightMm: ruleMm }, black));
}
