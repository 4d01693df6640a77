import { type BenchScan, benchScan } from "../../development/bench-scan.ts";

/** How much is measured: `tiny` only proves that a bench works. */
export type Extent = { readonly pairs: number; readonly tiny: boolean };

/** A tiny input proves that a bench works; its figure counts for nothing. */
export const tinyInput = "measured on a tiny input";

/** A tiny scan is coarse and has three lines: each is read a dozen times, which costs a second a full page. */
export const scanFor = ({ tiny }: Extent, page: number, dpi: number): Promise<BenchScan> =>
  tiny ? benchScan(page, 100, 3) : benchScan(page, dpi);

/** PERFORMANCE.md: a ratio of fewer pairs is told, and meets no goal. */
export const fewestPairs = 5;

/** @returns why a ratio measured so may not count, or null */
export const tooLittle = ({ pairs, tiny }: Extent): string | null =>
  tiny ? tinyInput : pairs < fewestPairs ? `${pairs} of ${fewestPairs} pairs were measured` : null;
