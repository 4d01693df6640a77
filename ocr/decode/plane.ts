/** Coordinates in a picture, or shares of it. */
export type Spot = { readonly x: number; readonly y: number };

/** Of a sheet, clockwise from its top left. */
export type Corners = readonly [Spot, Spot, Spot, Spot];

/** Along x: y = middle + slope (x - from); along y the other way round. */
export type Line = {
  readonly along: "x" | "y";
  readonly slope: number;
  readonly middle: number;
  readonly from: number;
};

/** Where a line along x and one along y meet. */
export function crossing(across: Line, down: Line): Spot {
  const base = across.middle + across.slope * (down.middle - down.slope * down.from - across.from);
  const y = base / (1 - across.slope * down.slope);
  return { x: down.middle + down.slope * (y - down.from), y };
}

/** Area of the four corners; NaN where they are not convex and clockwise. */
export function convexArea(corners: Corners): number {
  const turns = corners.map((one, i) => {
    const [next, then] = [corners[(i + 1) % 4] ?? one, corners[(i + 2) % 4] ?? one];
    return (next.x - one.x) * (then.y - next.y) - (next.y - one.y) * (then.x - next.x);
  });
  if (turns.some((turn) => turn <= 0)) return Number.NaN;
  const [a, b, c, d] = corners;
  return ((c.x - a.x) * (d.y - b.y) - (d.x - b.x) * (c.y - a.y)) / 2;
}

/** Nine numbers, row by row: a point (x, y, 1) to (X, Y, W). */
export type PlaneMap = readonly number[];

/** The map that takes the corners of the unit square to these. Heckbert, Fundamentals of Texture Mapping, 1989, §2.2.3. */
export function mapToCorners([a, b, c, d]: Corners): PlaneMap {
  const [right, left, across] = [
    { x: b.x - c.x, y: b.y - c.y },
    { x: d.x - c.x, y: d.y - c.y },
    { x: a.x - b.x + c.x - d.x, y: a.y - b.y + c.y - d.y },
  ];
  const whole = right.x * left.y - left.x * right.y;
  const g = (across.x * left.y - left.x * across.y) / whole;
  const h = (right.x * across.y - across.x * right.y) / whole;
  return [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y, g, h, 1];
}

export function mapped(map: PlaneMap, { x, y }: Spot): Spot {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1] = map;
  const w = g * x + h * y + i;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

/** The map back; its scale is left as it comes, since places are quotients. */
export function inverse([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1]: PlaneMap): PlaneMap {
  return [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ];
}

const distance = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Width and height of the sheet as it would look from above, in the unit of the corners: the longer of each two sides. */
export function sheetSize([a, b, c, d]: Corners): { readonly width: number; readonly height: number } {
  return { width: Math.max(distance(a, b), distance(d, c)), height: Math.max(distance(a, d), distance(b, c)) };
}
