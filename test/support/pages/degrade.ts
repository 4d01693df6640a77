import type { Chance } from "../seeded.ts";
import {
  blankPicture,
  type Corners,
  cropped,
  eachPixel,
  faded,
  jpegOf,
  laidInto,
  mirrored,
  type Rgb,
  resized,
  smeared,
  softened,
} from "./raster.ts";
import type { Box, Picture, Printed } from "./typeset.ts";

/** What a scanner or phone sends. */
export type Sent = { readonly image: Uint8Array<ArrayBuffer>; readonly corners: Corners | null };

/** A number between the two, evenly. */
export const between = (chance: Chance, least: number, most: number): number =>
  least + ((most - least) * chance.below(10_001)) / 10_000;

// Two uniform numbers added: near enough to the noise of a sensor, and cheap.
function grainOf(chance: Chance): () => number {
  let state = chance.below(2 ** 31) | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return () => (next() + next() - 1) * 2.45;
}

export function grainy(picture: Picture, strength: number, chance: Chance): Picture {
  const grain = grainOf(chance);
  return eachPixel(picture, (value) => value + strength * grain());
}

/** Paper is never as white as the printer's file. */
const onPaper = (picture: Picture, [r, g, b]: Rgb): Picture =>
  eachPixel(picture, (value, _x, _y, channel) => (value * (channel === 0 ? r : channel === 1 ? g : b)) / 255);

const aPaper = (chance: Chance): Rgb => {
  const white = between(chance, 240, 254);
  return chance.below(5) === 0
    ? [white, white - 6, white - between(chance, 14, 34)]
    : [white, white, white - chance.below(6)];
};

function skewed(picture: Picture, degrees: number, around: Rgb): Picture {
  const { width, height } = picture;
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const spot = (x: number, y: number) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    return { x: width / 2 + cos * dx - sin * dy, y: height / 2 + sin * dx + cos * dy };
  };
  const corners: Corners = [spot(0, 0), spot(width, 0), spot(width, height), spot(0, height)];
  return laidInto(blankPicture(width, height, around), picture, corners);
}

/** The other side of a thin sheet, mirrored, at a small part of its contrast. */
export async function shownThrough(front: Picture, other: Picture, share: number): Promise<Picture> {
  const { pixels } = await softened(await mirrored(other), 1.6);
  return eachPixel(front, (value, x, y, channel) => {
    const behind =
      pixels[3 * (Math.min(y, other.height - 1) * other.width + Math.min(x, other.width - 1)) + channel] ?? 255;
    return value - (255 - behind) * share;
  });
}

export type Flatbed = {
  readonly skew?: number;
  readonly blurMm?: number;
  readonly motionMm?: number;
  readonly grey?: boolean;
  readonly saturation?: number;
  readonly behind?: { readonly other: Picture; readonly share: number };
  readonly glareMm?: number;
  readonly crop?: { left: number; top: number; width: number; height: number };
  /** The picture is made at that resolution, then grown back: the file says what it does not have. */
  readonly madeAt?: number;
  readonly fold?: boolean;
  readonly saysDpi?: number | null;
};

/** A flat-bed scan; nothing given, a good one. */
export async function scanOf(
  { picture, dpi, boxes }: Pick<Printed, "picture" | "dpi" | "boxes">,
  chance: Chance,
  how: Flatbed = {},
): Promise<Sent> {
  const paper = aPaper(chance);
  let made = onPaper(picture, paper);
  if (how.behind !== undefined) made = await shownThrough(made, how.behind.other, how.behind.share);
  made = skewed(made, how.skew ?? between(chance, -0.8, 0.8), paper);
  if (how.fold === true) made = folded(made, dpi, chance);
  made = await softened(made, how.blurMm === undefined ? between(chance, 0.35, 0.7) : (how.blurMm * dpi) / 25.4);
  if (how.motionMm !== undefined) made = smeared(made, (how.motionMm * dpi) / 25.4, between(chance, 0, 180));
  if (how.glareMm !== undefined) made = glaring(made, { dpi, boxes }, how.glareMm, chance);
  if (how.madeAt !== undefined) {
    const { width, height } = made;
    const grown = await resized(await resized(made, how.madeAt / dpi), dpi / how.madeAt);
    made = await cropped(grown, {
      left: 0,
      top: 0,
      width: Math.min(width, grown.width),
      height: Math.min(height, grown.height),
    });
  }
  if (how.saturation !== undefined) made = await faded(made, how.saturation);
  made = grainy(made, between(chance, 1, 5), chance);
  if (how.crop !== undefined) made = await cropped(made, how.crop);
  const saysDpi = how.saysDpi === undefined ? dpi : how.saysDpi;
  const image = await jpegOf(made, { quality: 74 + chance.below(20), dpi: saysDpi, grey: how.grey ?? false });
  return { image, corners: null };
}

/** A corner that lay folded over: a lighter or darker triangle over what was there. */
function folded(picture: Picture, dpi: number, chance: Chance): Picture {
  const reach = (between(chance, 35, 60) * dpi) / 25.4;
  const [right, bottom] = [chance.below(2) === 1, chance.below(2) === 1];
  const shade = between(chance, 40, 120);
  return eachPixel(picture, (value, x, y) => {
    const [across, down] = [right ? picture.width - x : x, bottom ? picture.height - y : y];
    const inside = reach - across - down;
    return inside > 0 ? shade : inside > -3 ? value * 0.7 : value;
  });
}

/** A lamp mirrored in the sheet, over print where there is any. */
export function glaring(
  picture: Picture,
  { dpi, boxes }: Pick<Printed, "dpi" | "boxes">,
  radiusMm: number,
  chance: Chance,
): Picture {
  const spots: readonly Box[] = Object.values(boxes);
  const over =
    spots.length > 0 ? chance.pick(spots) : { x: picture.width / 2, y: picture.height / 3, width: 0, height: 0 };
  const [cx, cy] = [over.x + over.width / 2, over.y + over.height / 2];
  const radius = (radiusMm * dpi) / 25.4;
  const flat = between(chance, 0.5, 1);
  const dim = between(chance, 0.8, 0.9);
  return eachPixel(picture, (value, x, y) => {
    const far = Math.hypot(x - cx, (y - cy) / flat) / radius;
    const light = far < 0.75 ? 1 : far > 1.6 ? 0 : (1.6 - far) / 0.85;
    return value * dim + 330 * light ** 1.5;
  });
}

const desks: readonly (readonly [Rgb, Rgb])[] = [
  [
    [112, 78, 52],
    [132, 96, 64],
  ],
  [
    [58, 60, 66],
    [70, 72, 78],
  ],
  [
    [150, 140, 124],
    [132, 124, 110],
  ],
  [
    [36, 62, 88],
    [44, 74, 102],
  ],
  [
    [86, 110, 84],
    [98, 124, 94],
  ],
];

function desk(width: number, height: number, chance: Chance): Picture {
  const [one, other] = chance.pick(desks);
  const [period, lean, wave] = [between(chance, 14, 60), between(chance, -0.3, 0.3), between(chance, 40, 160)];
  return eachPixel(blankPicture(width, height, one), (value, x, y, channel) => {
    const grain = Math.sin((y + lean * x + 9 * Math.sin(x / wave)) / period) * 0.5 + 0.5;
    return value + ((other[channel] ?? 0) - value) * grain;
  });
}

export type Photo = {
  /** 0 straight above the sheet, 1 as slanted as people still hold a phone. */
  readonly slant?: number;
  readonly shadow?: number;
  readonly blurMm?: number;
  readonly motionMm?: number;
  readonly glareMm?: number;
  /** Millimetres by which one corner lies outside the picture. */
  readonly cornerOutMm?: number;
  readonly paperDpi?: number;
};

/** A phone's photograph of the sheet on a desk; nothing given, a good one. */
export async function photoOf(
  { picture, dpi, boxes }: Pick<Printed, "picture" | "dpi" | "boxes">,
  chance: Chance,
  how: Photo = {},
): Promise<Sent> {
  const paperDpi = how.paperDpi ?? between(chance, 205, 235);
  const scale = paperDpi / dpi;
  const sheet = onPaper(await resized(picture, scale), aPaper(chance));
  const margin = Math.round(between(chance, 0.05, 0.11) * Math.min(sheet.width, sheet.height));
  const [width, height] = [sheet.width + 2 * margin, sheet.height + 2 * margin];
  const corners = cornersOf(sheet, margin, { ...how, paperDpi }, chance);
  let made = laidInto(desk(width, height, chance), sheet, corners);
  made = await softened(made, how.blurMm === undefined ? between(chance, 0.5, 0.9) : (how.blurMm * paperDpi) / 25.4);
  if (how.motionMm !== undefined) made = smeared(made, (how.motionMm * paperDpi) / 25.4, between(chance, 0, 180));
  made = lit(made, how.shadow ?? between(chance, 0.05, 0.25), chance);
  if (how.glareMm !== undefined) {
    const places = Object.entries(boxes).map(([name, box]) => {
      const { x, y, ...size } = scaledBox(box, scale);
      return [name, { x: x + margin, y: y + margin, ...size }] as const;
    });
    made = glaring(made, { dpi: paperDpi, boxes: Object.fromEntries(places) }, how.glareMm, chance);
  }
  made = grainy(made, between(chance, 2, 6), chance);
  return { image: await jpegOf(made, { quality: 78 + chance.below(16), dpi: null }), corners };
}

const scaledBox = ({ x, y, width, height }: Box, s: number): Box => ({
  x: x * s,
  y: y * s,
  width: width * s,
  height: height * s,
});

function cornersOf(
  { width, height }: Picture,
  margin: number,
  { slant = 0.6, cornerOutMm, paperDpi }: Photo & { paperDpi: number },
  chance: Chance,
): Corners {
  const inward = () => slant * between(chance, 0, margin * 0.9);
  const [turn, lean] = [between(chance, -1.5, 1.5) * slant, chance.below(2)];
  const far = [inward(), inward()];
  const [left, top, right, bottom] = [margin, margin, margin + width, margin + height];
  const plain = [
    { x: left + (lean === 0 ? (far[0] ?? 0) : 0), y: top + inward() / 2 },
    { x: right - (lean === 0 ? (far[1] ?? 0) : 0), y: top + inward() / 2 },
    { x: right - (lean === 1 ? (far[1] ?? 0) : 0), y: bottom - inward() / 2 },
    { x: left + (lean === 1 ? (far[0] ?? 0) : 0), y: bottom - inward() / 2 },
  ];
  const out = cornerOutMm === undefined ? null : { which: chance.below(4), px: (cornerOutMm * paperDpi) / 25.4 };
  const [sin, cos] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)];
  const [cx, cy] = [margin + width / 2, margin + height / 2];
  const moved = plain.map(({ x, y }, i) => {
    const spot = { x: cx + cos * (x - cx) - sin * (y - cy), y: cy + sin * (x - cx) + cos * (y - cy) };
    if (out === null || out.which !== i) return spot;
    return { x: i === 0 || i === 3 ? -out.px : 2 * margin + width + out.px, y: spot.y };
  });
  return moved as unknown as Corners;
}

/** Light from one side, and a hand's soft shadow. */
function lit(picture: Picture, shadow: number, chance: Chance): Picture {
  const { width, height } = picture;
  const [towards, fall] = [between(chance, 0, 6.28), between(chance, 0.05, 0.2)];
  const [edge, soft, lean] = [between(chance, 0.2, 0.8), between(chance, 0.08, 0.25), between(chance, -0.6, 0.6)];
  return eachPixel(picture, (value, x, y) => {
    const [u, v] = [x / width, y / height];
    const side = 1 - fall * (0.5 + (u - 0.5) * Math.cos(towards) + (v - 0.5) * Math.sin(towards));
    const depth = Math.min(1, Math.max(0, (u + lean * v - edge) / soft));
    return value * side * (1 - shadow * depth);
  });
}
