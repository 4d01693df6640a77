import { a4 } from "./measure-sheet.ts";

/** NĐ 30/2020 Appendix I: top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm. */
export const pageMargins = { topMm: 20, bottomMm: 20, leftMm: 30, rightMm: 20 } as const;

export const columnMm = a4.widthMm - pageMargins.leftMm - pageMargins.rightMm;
export const columnCentreMm = pageMargins.leftMm + columnMm / 2;
