import { type Grey, smaller } from "./look.ts";
import { type Corners, convexArea, crossing, type Line } from "./plane.ts";

const longest = 300;
const steepestDegrees = 20;
const peaksASide = 6;
const leastRise = 7;
const leastSupport = 0.55;
const leastShare = 0.2;
const leastDarker = 14;

/** Which way the light rises from the desk to the paper. */
const sides = [
  { along: "x", sign: 1 }, // top
  { along: "y", sign: -1 }, // right
  { along: "x", sign: -1 }, // bottom
  { along: "y", sign: 1 }, // left
] as const;

type Side = (typeof sides)[number];

/**
 * The four corners of a sheet that was photographed on something darker, in shares of the picture, clockwise from its top
 * left; a corner may lie outside the picture. Null where no such sheet is seen: scans have none. Lines are found by votes
 * (Hough) of edges that rise towards the middle, then the four are taken whose whole length lies on such edges.
 */
export function findPaperCorners(grey: Grey): Corners | null {
  const small = smaller(grey, Math.max(1, Math.ceil(Math.max(grey.width, grey.height) / longest)));
  const [tops, rights, bottoms, lefts] = sides.map((side) => linesOf(small, side));
  const fours = pairs(tops, bottoms).flatMap(([top, bottom]) =>
    pairs(lefts, rights).map(([left, right]) => judge(small, [top, right, bottom, left])),
  );
  const best = fours.reduce((a, b) => ((b?.score ?? 0) > (a?.score ?? 0) ? b : a), null);
  if (best === null || !liesOnDarker(small, best.corners)) return null;
  const share = ({ x, y }: { x: number; y: number }) => ({ x: x / small.width, y: y / small.height });
  const [a, b, c, d] = best.corners;
  return [share(a), share(b), share(c), share(d)];
}

const pairs = <T>(ones: readonly T[] = [], others: readonly T[] = []): readonly (readonly [T, T])[] =>
  ones.flatMap((one) => others.map((other) => [one, other] as const));

/** How much lighter it is a little further towards the middle; 0 where it is not. */
function riseAt({ width, height, pixels }: Grey, { along, sign }: Side, x: number, y: number): number {
  if (x < 2 || y < 2 || x >= width - 2 || y >= height - 2) return 0;
  const step = (along === "x" ? width : 1) * sign;
  const at = y * width + x;
  return (
    (pixels[at + step] ?? 0) + (pixels[at + 2 * step] ?? 0) - (pixels[at - step] ?? 0) - (pixels[at - 2 * step] ?? 0)
  );
}

type Voted = Line & { readonly votes: number };

function linesOf(grey: Grey, side: Side): readonly Line[] {
  const [length, breadth] = side.along === "x" ? [grey.width, grey.height] : [grey.height, grey.width];
  const votes = new Float64Array((2 * steepestDegrees + 1) * breadth);
  const slopes = Array.from({ length: 2 * steepestDegrees + 1 }, (_, i) =>
    Math.tan(((i - steepestDegrees) * Math.PI) / 180),
  );
  for (let over = 2; over < breadth - 2; over += 1) {
    for (let at = 2; at < length - 2; at += 1) {
      const rise = side.along === "x" ? riseAt(grey, side, at, over) : riseAt(grey, side, over, at);
      if (rise < 2 * leastRise) continue;
      vote(votes, { slopes, breadth, weight: Math.min(rise, 60) }, over, at - length / 2);
    }
  }
  return peaksOf(votes, slopes, { along: side.along, breadth, length });
}

type Ballot = { readonly slopes: readonly number[]; readonly breadth: number; readonly weight: number };

function vote(votes: Float64Array, { slopes, breadth, weight }: Ballot, over: number, from: number): void {
  for (let i = 0; i < slopes.length; i += 1) {
    const middle = Math.round(over - (slopes[i] ?? 0) * from);
    if (middle < 0 || middle >= breadth) continue;
    votes[i * breadth + middle] = (votes[i * breadth + middle] ?? 0) + weight;
  }
}

type Shape = { readonly along: "x" | "y"; readonly breadth: number; readonly length: number };

function peaksOf(votes: Float64Array, slopes: readonly number[], { along, breadth, length }: Shape): readonly Line[] {
  const all: Voted[] = [];
  for (const [i, slope] of slopes.entries()) {
    for (let middle = 0; middle < breadth; middle += 1) {
      const count = votes[i * breadth + middle] ?? 0;
      if (count > 4 * length) all.push({ along, slope, middle, from: length / 2, votes: count });
    }
  }
  const kept: Voted[] = [];
  for (const one of all.toSorted((a, b) => b.votes - a.votes)) {
    if (kept.length === peaksASide) break;
    if (kept.every((other) => Math.abs(other.middle - one.middle) > 5)) kept.push(one);
  }
  return kept;
}

function judge(grey: Grey, [top, right, bottom, left]: readonly [Line, Line, Line, Line]) {
  const corners: Corners = [crossing(top, left), crossing(top, right), crossing(bottom, right), crossing(bottom, left)];
  const area = convexArea(corners) / (grey.width * grey.height);
  if (!(area >= leastShare && area <= 1.3)) return null;
  const supports = sides.map((side, i) => supportOf(grey, side, corners, i));
  const least = Math.min(...supports);
  if (least < leastSupport) return null;
  return { corners, score: supports.reduce((sum, one) => sum + one, 0) * Math.sqrt(area) };
}

/** Share of the side's length, as far as the picture shows it, that lies on an edge of the right kind. */
function supportOf(grey: Grey, side: Side, corners: Corners, i: number): number {
  const [a, b] = [corners[i], corners[(i + 1) % 4]];
  if (a === undefined || b === undefined) return 0;
  let [seen, on] = [0, 0];
  for (let step = 1; step < 48; step += 1) {
    const [x, y] = [a.x + ((b.x - a.x) * step) / 48, a.y + ((b.y - a.y) * step) / 48];
    if (x < 2 || y < 2 || x >= grey.width - 2 || y >= grey.height - 2) continue;
    seen += 1;
    if (hasRiseNear(grey, side, Math.round(x), Math.round(y))) on += 1;
  }
  return seen < 16 ? 0 : on / seen;
}

function hasRiseNear(grey: Grey, side: Side, x: number, y: number): boolean {
  return [-1, 0, 1].some((off) => {
    const rise = side.along === "x" ? riseAt(grey, side, x, y + off) : riseAt(grey, side, x + off, y);
    return rise >= 2 * leastRise;
  });
}

/** A frame printed on a scan has paper outside it too: there, no sheet ends. */
function liesOnDarker(grey: Grey, [a, b, c, d]: Corners): boolean {
  const [left, right] = [Math.min(a.x, d.x), Math.max(b.x, c.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(c.y, d.y)];
  let [inside, insides, outside, outsides] = [0, 0, 0, 0];
  for (let y = 0; y < grey.height; y += 2) {
    for (let x = 0; x < grey.width; x += 2) {
      const level = grey.pixels[y * grey.width + x] ?? 0;
      const isOut = x < left - 2 || x > right + 2 || y < top - 2 || y > bottom + 2;
      if (isOut) [outside, outsides] = [outside + level, outsides + 1];
      else [inside, insides] = [inside + level, insides + 1];
    }
  }
  if (outsides < 40 || insides === 0) return false;
  return inside / insides - outside / outsides >= leastDarker;
}
