/** How often each of 256 levels occurs among every so many dots. */
export function histogramOf(pixels: Uint8Array, every = 1): Uint32Array {
  const counts = new Uint32Array(256);
  for (let i = 0; i < pixels.length; i += every) {
    const level = pixels[i] ?? 0;
    counts[level] = (counts[level] ?? 0) + 1;
  }
  return counts;
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
