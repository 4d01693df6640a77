import type { Grey } from "./look.ts";
import type { Box } from "./round-shapes.ts";

/** How far ink runs into paper. */
export type EdgeWidths = {
  /** Standard deviation of the blur in millimetres, over the whole page; null where there is too little print to tell. */
  readonly blurMm: number | null;
  /** The tile of the page where it is worst, and how bad. */
  readonly worst: { readonly blurMm: number; readonly box: Box } | null;
};

const tileMm = 35;
const fewestEdges = 80;
const window = 5; // pixels to each side: the whole rise of an edge up to a blur that nobody would certify
const leastContrast = 40;
const steps = 128;

/**
 * Width of the edges of print: where the level crosses the middle between the darkest and the lightest pixel around, the
 * steepest step against that contrast. Across and down apart, the worse counts: a hand that moved blurs one of them only.
 *
 * @param grey some 200 dpi, as it was scanned
 */
export function edgeWidths(grey: Grey, dpi: number): EdgeWidths {
  const tile = Math.max(16, Math.round((tileMm / 25.4) * dpi));
  const columns = Math.max(1, Math.floor(grey.width / tile));
  const rows = Math.max(1, Math.floor(grey.height / tile));
  const along = [1, grey.width].map((step) => stepsByTile(grey, step, { tile, columns, rows }));
  const toMm = (share: number) => ((gaussian / share) * 25.4) / dpi;
  const tiles = Array.from({ length: columns * rows }, (_, i) => {
    const shares = along.map((histograms) => medianStep([histograms[i] ?? new Uint32Array(steps)]));
    const [across, down] = shares;
    if (across == null || down == null) return null;
    const box = { x: (i % columns) * tile, y: Math.floor(i / columns) * tile, width: tile, height: tile };
    return { blurMm: toMm(Math.min(across, down)), box };
  }).filter((one) => one !== null);
  const whole = along.map((histograms) => medianStep(histograms)).filter((share) => share !== null);
  const worst = tiles.reduce<EdgeWidths["worst"]>((a, b) => (a === null || b.blurMm > a.blurMm ? b : a), null);
  return { blurMm: whole.length < 2 ? null : toMm(Math.min(...whole)), worst };
}

const gaussian = 1 / Math.sqrt(2 * Math.PI); // the steepest step of an edge blurred by one pixel

type Tiles = { readonly tile: number; readonly columns: number; readonly rows: number };

function stepsByTile(grey: Grey, step: number, { tile, columns, rows }: Tiles) {
  const histograms = Array.from({ length: columns * rows }, () => new Uint32Array(steps));
  for (let y = window; y < grey.height - window; y += 2) {
    const row = Math.min(rows - 1, Math.floor(y / tile)) * columns;
    for (let x = window; x < grey.width - window; x += 1) {
      const bin = steepness(grey.pixels, y * grey.width + x, step);
      if (bin === null) continue;
      const histogram = histograms[row + Math.min(columns - 1, Math.floor(x / tile))];
      if (histogram !== undefined) histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
  }
  return histograms;
}

/** The step against the rise of the whole edge, in 128ths, where it is the steepest of its edge; else null. */
function steepness(pixels: Uint8Array, at: number, step: number): number | null {
  const rise = (pixels[at + step] ?? 0) - (pixels[at] ?? 0);
  if (Math.abs(rise) < 8) return null;
  const sign = Math.sign(rise);
  const from = endOfRise(pixels, at, -step, { sign, most: sign * rise });
  const to = endOfRise(pixels, at + step, step, { sign, most: sign * rise });
  if (from === null || to === null) return null;
  const contrast = sign * ((pixels[to] ?? 0) - (pixels[from] ?? 0));
  return contrast < leastContrast ? null : Math.min(steps - 1, Math.floor((steps * sign * rise) / contrast));
}

type Rise = { readonly sign: number; readonly most: number };

/** Where the edge ends that way; null where a steeper step is met. */
function endOfRise(pixels: Uint8Array, start: number, step: number, { sign, most }: Rise): number | null {
  const onward = step > 0 ? sign : -sign;
  let at = start;
  for (let i = 0; i < window; i += 1) {
    const rise = onward * ((pixels[at + step] ?? 0) - (pixels[at] ?? 0));
    if (rise > most) return null;
    if (rise <= 0) break;
    at += step;
  }
  return at;
}

function medianStep(histograms: readonly Uint32Array[]): number | null {
  const sums = new Uint32Array(steps);
  for (const histogram of histograms) for (let i = 0; i < steps; i += 1) sums[i] = (sums[i] ?? 0) + (histogram[i] ?? 0);
  const edges = sums.reduce((a, b) => a + b, 0);
  if (edges < fewestEdges) return null;
  let seen = 0;
  const middle = sums.findIndex((count) => {
    seen += count;
    return seen >= edges / 2;
  });
  return (middle + 0.5) / steps;
}
