/** How often each of 256 levels occurs among every so many dots. */
export function histogramOf(pixels: Uint8Array, every = 1): Uint32Array {
  const counts = new Uint32Array(2 * 256);
  const pairs = pixels.length - every;
  let i = 0;
  // Two tables in turn: paper is of one level, and each count in one table would wait for the one before it.
  for (; i < pairs; i += 2 * every) {
    const level = pixels[i] ?? 0;
    const next = 256 + (pixels[i + every] ?? 0);
    counts[level] = (counts[level] ?? 0) + 1;
    counts[next] = (counts[next] ?? 0) + 1;
  }
  if (i < pixels.length) counts[pixels[i] ?? 0] = (counts[pixels[i] ?? 0] ?? 0) + 1;
  return counts.subarray(0, 256).map((count, level) => count + (counts[256 + level] ?? 0));
}

/** The lowest level at or below which so many dots lie; the highest where there are fewer. */
export function percentile(counts: Uint32Array, wanted: number): number {
  let seen = 0;
  for (let level = 0; level < counts.length; level += 1) {
    seen += counts[level] ?? 0;
    if (seen >= wanted) return level;
  }
  return counts.length - 1;
}
