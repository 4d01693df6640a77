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

const leans = 2 * steepestDegrees + 1;
const slopes: readonly number[] = Array.from({ length: leans }, (_, i) =>
  Math.tan(((i - steepestDegrees) * Math.PI) / 180),
);

function linesOf(grey: Grey, side: Side): readonly Line[] {
  const [length, breadth] = side.along === "x" ? [grey.width, grey.height] : [grey.height, grey.width];
  const votes = new Float64Array(leans * breadth);
  const shifts = shiftsOf(length);
  for (let over = 2; over < breadth - 2; over += 1) {
    for (let at = 2; at < length - 2; at += 1) {
      const rise = side.along === "x" ? riseAt(grey, side, at, over) : riseAt(grey, side, over, at);
      if (rise >= 2 * leastRise) vote(votes, { shifts, from: at * leans, over, weight: Math.min(rise, 60) });
    }
  }
  return peaksOf(votes, { along: side.along, breadth, length });
}

/** By how much a line of each lean has moved over from its middle, place by place along it. */
function shiftsOf(length: number): Int32Array {
  const shifts = new Int32Array(length * leans);
  for (let at = 0; at < length; at += 1)
    for (let i = 0; i < leans; i += 1) shifts[at * leans + i] = Math.round(-(slopes[i] ?? 0) * (at - length / 2));
  return shifts;
}

type Ballot = {
  readonly shifts: Int32Array;
  /** Where the shifts of this place stand. */
  readonly from: number;
  readonly over: number;
  readonly weight: number;
};

function vote(votes: Float64Array, { shifts, from, over, weight }: Ballot): void {
  const breadth = votes.length / leans;
  for (let i = 0; i < leans; i += 1) {
    const middle = over + (shifts[from + i] ?? 0);
    if (middle >= 0 && middle < breadth) votes[i * breadth + middle] = (votes[i * breadth + middle] ?? 0) + weight;
  }
}

type Shape = { readonly along: "x" | "y"; readonly breadth: number; readonly length: number };

/** The lines with most votes, none within five dots of a better one. */
function peaksOf(votes: Float64Array, { along, breadth, length }: Shape): readonly Line[] {
  const kept: Line[] = [];
  const isTaken = new Uint8Array(breadth);
  while (kept.length < peaksASide) {
    let best = -1;
    let most = 4 * length;
    for (let at = 0; at < votes.length; at += 1) {
      if ((votes[at] ?? 0) > most && isTaken[at % breadth] === 0) [best, most] = [at, votes[at] ?? 0];
    }
    if (best < 0) break;
    const middle = best % breadth;
    isTaken.fill(1, Math.max(0, middle - 5), middle + 6);
    kept.push({ along, slope: slopes[Math.floor(best / breadth)] ?? 0, middle, from: length / 2 });
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
