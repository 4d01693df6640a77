import { type BenchScan, benchScan } from "../../development/bench-scan.ts";

/** How much is measured: `tiny` only proves that a bench works. */
export type Extent = {
  readonly pairs: number;
  readonly tiny: boolean;
  /** In the larger store of `growth`. */
  readonly certificates: number;
};

/** PERFORMANCE.md, `growth`: fewer are told, and meet no goal. */
export const manyCertificates = 10_000_000;

/** A tiny input proves that a bench works; its figure counts for nothing. */
export const tinyInput = "measured on a tiny input";

/** A tiny scan is coarse and has three lines: each is read a dozen times, which costs a second a full page. */
export const scanFor = ({ tiny }: Pick<Extent, "tiny">, page: number, dpi: number): Promise<BenchScan> =>
  tiny ? benchScan(page, 100, 3) : benchScan(page, dpi);

/** PERFORMANCE.md: a ratio of fewer pairs is told, and meets no goal. */
export const fewestPairs = 5;

/** @returns why a ratio measured so may not count, or null */
export const tooLittle = ({ pairs, tiny }: Pick<Extent, "pairs" | "tiny">): string | null =>
  tiny ? tinyInput : pairs < fewestPairs ? `${pairs} of ${fewestPairs} pairs were measured` : null;
