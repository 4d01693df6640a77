import type { Faces } from "./faces.ts";
import type { Sheet } from "./flow-sheet.ts";
import type { PaperPart } from "./paper-to-compose.ts";
import { openTable } from "./register-table.ts";

type TablePart = Extract<PaperPart, { kind: "table" }>;

/** The head again on each page; a line is never broken over two, and the last one goes with who signs. */
export function drawTable(sheet: Sheet, faces: Faces, { columns, rows, totals }: TablePart, closingMm: number): void {
  const table = openTable(faces, columns, false);
  const body = rows.map((texts) => table.set({ texts, struck: false }));
  const lines = totals === null ? body : [...body, table.set({ texts: totals, struck: false }, true)];
  const put = (line: (typeof lines)[number]) => {
    table.draw(sheet.canvas(), line, sheet.topMm);
    sheet.topMm += line.heightMm;
  };
  let at = 0;
  const closingOf = (line: number): number => (line === lines.length - 1 ? closingMm : 0);
  const fillPage = () => {
    put(table.head);
    const from = at;
    for (const line of lines.slice(from)) {
      if (at > from && !sheet.fits(line.heightMm + closingOf(at))) return;
      put(line);
      at += 1;
    }
  };
  while (at < lines.length) {
    sheet.room(table.head.heightMm + (lines[at]?.heightMm ?? 0) + closingOf(at));
    sheet.canvas().group("Table", fillPage);
  }
  sheet.topMm += 3;
}
