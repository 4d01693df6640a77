import type { PDFRef } from "pdf-lib";
import { warningBlock } from "./attestation-blocks.ts";
import { type Canvas, openCanvas, type Style } from "./canvas.ts";
import { usualAppearances } from "./copy-to-compose.ts";
import type { Faces } from "./faces.ts";
import { headingBlock } from "./letterhead.ts";
import type { Box } from "./measure-sheet.ts";
import { brokenTo, openTable, type SetRow, type Table } from "./register-table.ts";
import { type RegisterToCompose, registerSheet as sheet, tableWidthMm } from "./register-to-compose.ts";
import { drawCentred, drawRuns, wrap, wrapEvenly } from "./typesetting.ts";

const centreMm = sheet.leftMm + tableWidthMm / 2;
const bottomMm = sheet.heightMm - sheet.bottomMm;
const lineMm = 5.6;
const signerWidthMm = 88;
const signerCentreMm = sheet.widthMm - sheet.rightMm - signerWidthMm / 2;
const warningRoomMm = 12; // above the table where the paper says DEVELOPMENT
const pictureRoomMm = usualAppearances.signatureHeightMm + 4;

/** The drawn pages, and where the signature belongs: always on the last, below lines of the table or the total. */
export type RegisterPages = { readonly canvases: readonly Canvas[]; readonly place: Box };

type Pages = { readonly canvases: Canvas[]; readonly canvas: () => Canvas; readonly next: () => void; topMm: number };

export function drawRegister(faces: Faces, print: RegisterToCompose, field: PDFRef): RegisterPages {
  const table = openTable(faces, print.columns);
  const pages = openPages(faces, print);
  drawCover(pages, faces, print);
  drawRows(pages, table, print, closingHeightMm(faces, print));
  for (const text of closingLines(faces, print)) drawLine(pages, faces, text);
  return { canvases: pages.canvases, place: drawSigner(pages, faces, print, field) };
}

function openPages(faces: Faces, print: RegisterToCompose): Pages {
  const small: Style = { face: faces.italic, sizePt: 10 };
  const warning = print.development ? warningBlock(faces, { leftMm: sheet.leftMm, widthMm: tableWidthMm }) : null;
  const running = [print.agency, ...print.about.slice(0, 2)].join(" · ");
  const pages: Pages = {
    canvases: [],
    topMm: 0,
    canvas: () => {
      const last = pages.canvases.at(-1);
      if (last === undefined) throw new Error("a page is opened first");
      return last;
    },
    next: () => {
      const canvas = openCanvas(sheet.heightMm);
      pages.canvases.push(canvas);
      pages.topMm = sheet.topMm;
      const text = `${running} · ${pages.canvases.length}`;
      canvas.artifact(() => drawCentred(canvas, [{ style: small, text }], centreMm, sheet.heightMm - 12));
      if (warning === null) return;
      warning.draw(canvas, pages.topMm);
      pages.topMm += warning.heightMm + 3;
    },
  };
  pages.next();
  return pages;
}

function drawCover(pages: Pages, faces: Faces, print: RegisterToCompose): void {
  const heading = headingBlock(faces, print, sheet);
  heading.draw(pages.canvas(), pages.topMm);
  pages.topMm += heading.heightMm + 6;
  const title: Style = { face: faces.bold, sizePt: 15 };
  pages.canvas().tag({ kind: "H1" }, () => {
    for (const text of wrapEvenly(title, print.title, tableWidthMm)) {
      drawCentred(pages.canvas(), [{ style: title, text }], centreMm, pages.topMm + 5);
      pages.topMm += 7;
    }
  });
  for (const text of print.about) {
    const style: Style = { face: faces.regular, sizePt: 12 };
    pages
      .canvas()
      .tag({ kind: "P" }, () => drawCentred(pages.canvas(), [{ style, text }], centreMm, pages.topMm + 4.4));
    pages.topMm += lineMm;
  }
  pages.topMm += 3;
}

/** The head again on each page; a line that a page has room for is never broken. The total goes with the signature. */
function drawRows(pages: Pages, table: Table, print: RegisterToCompose, closingMm: number): void {
  const rows = print.rows.flatMap((row) => brokenTo(table.set(row), pageRoomMm(table)));
  const totals = table.set(print.totals, true);
  const queue: SetRow[] = [...rows, totals];
  let at = 0;
  while (at < queue.length) {
    if (at > 0) pages.next();
    pages.canvas().group("Table", () => {
      at = fillPage(pages, table, queue, at, closingMm);
    });
  }
}

function fillPage(pages: Pages, table: Table, queue: readonly SetRow[], from: number, closingMm: number): number {
  const put = (row: SetRow) => {
    table.draw(pages.canvas(), row, pages.topMm);
    pages.topMm += row.heightMm;
  };
  put(table.head);
  let at = from;
  for (; at < queue.length; at += 1) {
    const row = queue[at];
    if (row === undefined) break;
    const isFirst = at === from;
    if (!isFirst && pages.topMm + neededMm(queue.slice(at), closingMm, pageRoomMm(table)) > bottomMm) break;
    put(row);
  }
  return at;
}

const pageRoomMm = (table: Table): number => bottomMm - sheet.topMm - table.head.heightMm - warningRoomMm;

/** With the total go two lines before it: a last page that is signed shows what was counted, not a sum alone. */
const keptWithEnd = 3;

/** How much room the first of these rows asks for: its own, or that of all that goes with it to the end. */
function neededMm(rest: readonly SetRow[], closingMm: number, roomMm: number): number {
  const wholeMm = rest.reduce((sum, { heightMm }) => sum + heightMm, closingMm);
  const goesWithEnd = rest.length === 1 || (rest.length <= keptWithEnd && wholeMm <= roomMm);
  return goesWithEnd ? wholeMm : (rest[0]?.heightMm ?? 0);
}

const closingStyle = (faces: Faces): Style => ({ face: faces.regular, sizePt: 12 });
const closingLines = (faces: Faces, { closing }: RegisterToCompose): string[] =>
  closing.flatMap((text) => wrap(closingStyle(faces), text, tableWidthMm));

function drawLine(pages: Pages, faces: Faces, text: string): void {
  pages
    .canvas()
    .tag({ kind: "P" }, () =>
      drawRuns(pages.canvas(), [{ style: closingStyle(faces), text }], sheet.leftMm, pages.topMm + 5.4),
    );
  pages.topMm += lineMm;
}

function signerLines(faces: Faces, { signer }: RegisterToCompose) {
  const style: Style = { face: faces.bold, sizePt: 13 };
  const titles = signer.titleLines.flatMap((text) => wrapEvenly(style, text, signerWidthMm));
  return { style, titles, names: wrapEvenly(style, signer.name, signerWidthMm) };
}

function closingHeightMm(faces: Faces, print: RegisterToCompose): number {
  const { titles, names } = signerLines(faces, print);
  return (closingLines(faces, print).length + titles.length + names.length) * lineMm + pictureRoomMm + 4;
}

function drawSigner(pages: Pages, faces: Faces, print: RegisterToCompose, field: PDFRef): Box {
  const { style, titles, names } = signerLines(faces, print);
  const canvas = pages.canvas();
  const drawLines = (lines: readonly string[]) => {
    for (const text of lines) {
      canvas.tag({ kind: "P" }, () => drawCentred(canvas, [{ style, text }], signerCentreMm, pages.topMm + 4.4));
      pages.topMm += lineMm;
    }
  };
  pages.topMm += 4;
  drawLines(titles);
  canvas.annotate({ kind: "Form", alt: "Chữ ký số của người ký sổ" }, field);
  const { signatureWidthMm: widthMm, signatureHeightMm: heightMm } = usualAppearances;
  const place = { leftMm: signerCentreMm - widthMm / 2, topMm: pages.topMm + 2, widthMm, heightMm };
  pages.topMm += pictureRoomMm;
  drawLines(names);
  return place;
}
