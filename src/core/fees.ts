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

/** FEE-1 over all papers that were presented together: one total for the slip. */
export const feeOfPapers = (papers: readonly Pick<PaperOfSubmission, "declaredPages" | "electronicCopies">[]): number =>
  papers.reduce((sum, { declaredPages, electronicCopies }) => sum + feeDong(declaredPages, electronicCopies), 0);
