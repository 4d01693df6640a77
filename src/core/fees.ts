import type { PaperOfSubmission } from "./submission.ts";

/**
 * FEE-1: fee for copies of one original, in đồng, by pages of the original. TT 226/2016/TT-BTC: 2,000 a page, from the third page 1,000,
 * never above 200,000 a copy.
 *
 * @param pagesInOriginal whole number, at least 1
 * @param copies each is charged by itself, and the cap is each one's
 */
export function feeDong(pagesInOriginal: number, copies = 1): number {
  const firstTwo = 2000 * Math.min(pagesInOriginal, 2);
  return copies * Math.min(200_000, firstTwo + 1000 * Math.max(pagesInOriginal - 2, 0));
}

type Wanted = Pick<PaperOfSubmission, "declaredPages" | "electronicCopies" | "paperCopies" | "onPaperOnly">;

/** FEE-1 over papers that were presented together: what was asked for is charged, on paper, electronic or both. */
export function feesOf(papers: readonly Wanted[]): {
  readonly electronic: number;
  readonly paper: number;
  readonly total: number;
} {
  const sum = (feeOf: (paper: Wanted) => number) => papers.reduce((total, paper) => total + feeOf(paper), 0);
  const electronic = sum((paper) => (paper.onPaperOnly ? 0 : feeDong(paper.declaredPages, paper.electronicCopies)));
  const paper = sum(({ declaredPages, paperCopies }) => (paperCopies === 0 ? 0 : feeDong(declaredPages, paperCopies)));
  return { electronic, paper, total: electronic + paper };
}
