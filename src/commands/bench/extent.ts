/** How much is measured: `tiny` only proves that a bench works. */
export type Extent = { readonly pairs: number; readonly tiny: boolean };

/** A tiny input proves that a bench works; its figure counts for nothing. */
export const tinyInput = "measured on a tiny input";

/** PERFORMANCE.md: a ratio of fewer pairs is told, and meets no goal. */
export const fewestPairs = 5;

/** @returns why a ratio measured so may not count, or null */
export const tooLittle = ({ pairs, tiny }: Extent): string | null =>
  tiny ? tinyInput : pairs < fewestPairs ? `${pairs} of ${fewestPairs} pairs were measured` : null;
