import { fail, type Instant, ok, type Result } from "./kernel.ts";

/** NĐ 30/2020 Appendix I asks for 200; a sheet whose edges are found a little too wide measures up to two in a hundred less. */
export const leastDpi = 196;

/** SCAN-1: which pages of a scan measured less, and why no better scan is to be had. */
export type CoarseScan = { readonly pages: readonly number[]; readonly reason: string };

/** Also who wrote it down, with the attestation. */
export type KeptCoarseScan = CoarseScan & { readonly by: string; readonly at: Instant };

type MeasuredPage = { readonly number: number; readonly dpi: number };

/** By what the file or the sheet says, never by how wide the edges of print are: that is told, and a guess. */
export const coarsePages = (pages: readonly MeasuredPage[]): readonly number[] =>
  pages.filter(({ dpi }) => dpi < leastDpi).map(({ number }) => number);

export const coarseReasonLength = { least: 10, most: 500 } as const;

/**
 * SCAN-1, NĐ 30/2020 Appendix I: pages below 200 dpi are attested with a reason, naming them. Where there are none no reason is kept.
 *
 * @returns null where each page is fine enough
 */
export function coarseScanOf(
  pages: readonly MeasuredPage[],
  reason: string | null,
): Result<CoarseScan | null, { code: "pages_coarse"; pages: readonly number[] }> {
  const coarse = coarsePages(pages);
  if (coarse.length === 0) return ok(null);
  const told = (reason ?? "").normalize("NFC").trim();
  const { length } = [...told]; // as the database counts
  const isTold = length >= coarseReasonLength.least && length <= coarseReasonLength.most;
  return isTold ? ok({ pages: coarse, reason: told }) : fail({ code: "pages_coarse", pages: coarse });
}
