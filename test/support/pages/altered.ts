import type { Chance } from "../seeded.ts";
import { between, type Flatbed, grainy, type Sent, scanOf } from "./degrade.ts";
import type { Sheet } from "./markup.ts";
import { eachPixel, jpegOf, pictureOfFile, resized, softened } from "./raster.ts";
import type { Box, Picture, Printed, Typesetter } from "./typeset.ts";

/** A scan of a paper on which one figure of a number was changed, and where it lies in the picture; null where the paper has no number. */
export type Altered = { readonly sent: Sent; readonly at: Box } | null;

export type Alter = (setter: Typesetter, sheet: Sheet, chance: Chance) => Promise<Altered>;

const number = /(<b data-field="[^"]+"[^>]*>)([^<]*\d{4}[^<]*)(<\/b>)/gu;
const mark = "altered";

/**
 * The sheet with one figure of one of its numbers another, and set apart so that its place is known. The first and the last of a number are
 * not taken: beside them anything may stand.
 */
function withFigure(
  sheet: Sheet,
  chance: Chance,
  { style = "", over = () => "", figure }: { style?: string; over?: () => string; figure?: string } = {},
): Sheet | null {
  const found = [...sheet.html.matchAll(number)];
  if (found.length === 0) return null;
  const one = chance.pick(found);
  const [, open = "", text = "", close = ""] = one;
  const places = [...text].flatMap((sign, i) => (/\d/u.test(sign) && /\d/u.test(text[i - 1] ?? "") ? [i] : []));
  if (places.length === 0) return null;
  const at = chance.pick(places);
  const next = figure ?? String((Number(text[at]) + 1 + chance.below(8)) % 10);
  const set = `<i data-field="${mark}" style="font-style:normal;position:relative;${style}">${next}${over()}</i>`;
  const changed = `${open}${text.slice(0, at)}${set}${text.slice(at + 1)}${close}`;
  return { ...sheet, html: sheet.html.slice(0, one.index) + changed + sheet.html.slice(one.index + one[0].length) };
}

const sent = async (page: Printed, chance: Chance, how: Flatbed = {}): Promise<Altered> => {
  const at = page.boxes[mark];
  const skew = between(chance, -0.8, 0.8);
  return at === undefined
    ? null
    : { sent: await scanOf(page, chance, { skew, ...how }), at: turnedBox(at, page, skew) };
};

/** Where the box comes to lie when the sheet is turned about its middle. */
function turnedBox({ x, y, width, height }: Box, { picture }: Pick<Printed, "picture">, degrees: number): Box {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const [dx, dy] = [x + width / 2 - picture.width / 2, y + height / 2 - picture.height / 2];
  const [cx, cy] = [picture.width / 2 + cos * dx - sin * dy, picture.height / 2 + sin * dx + cos * dy];
  return { x: Math.round(cx - width / 2), y: Math.round(cy - height / 2), width, height };
}

const dpiOf = (chance: Chance) => chance.pick([200, 200, 300]);

const typed =
  (style: (chance: Chance) => string): Alter =>
  async (setter, sheet, chance) => {
    const made = withFigure(sheet, chance, { style: style(chance) });
    return made === null ? null : sent(await setter.print(made, dpiOf(chance)), chance);
  };

const families = ["Source Serif 4", "Lora", "EB Garamond", "Be Vietnam Pro", "Roboto"];

function otherFace(chance: Chance): string {
  return `font-family:'${chance.pick(families)}'`;
}

const either = (chance: Chance, a: number, b: number) => (chance.below(2) === 0 ? a : b);

/** Figures as a hand writes them over others, in a box of 10 by 16. */
const strokes = [
  "M2 3q6-4 6 2t-5 3q6 0 6 4t-8 3",
  "M8 2q-7-1-6 4t6 2q1-5-1-6q1 8-2 12",
  "M5 8q-5-3 0-6t0 6q-6 3 0 7t0-7",
  "M8 3q-6 2-6 9t5 1t-4-4",
  "M3 2l-1 7l7 0m-2-6l0 12",
];

const penned =
  (colours: readonly string[]): Alter =>
  async (setter, sheet, chance) => {
    const wide = between(chance, 1.1, 1.9);
    const over = () =>
      `<svg viewBox="0 0 10 16" preserveAspectRatio="none" style="position:absolute;left:0;top:12%;width:100%;height:74%;overflow:visible;mix-blend-mode:multiply" fill="none" stroke="${chance.pick(colours)}" stroke-width="${wide}" stroke-linecap="round"><path d="${chance.pick(strokes)}"/></svg>`;
    const made = withFigure(sheet, chance, { over });
    return made === null ? null : sent(await setter.print(made, dpiOf(chance)), chance);
  };

/** Values above 255 are whiter than the paper: the paper's own tone is taken off everywhere else. */
function covered(
  picture: Picture,
  at: Box,
  chance: Chance,
  { lift, rough, ghost }: { lift: number; rough: number; ghost: Picture | null },
): Picture {
  const [cx, cy] = [at.x + at.width / 2, at.y + at.height / 2];
  const [rx, ry] = [at.width * between(chance, 0.6, 1.4) + 4, at.height * between(chance, 0.42, 0.6)];
  const waves = Array.from({ length: 3 }, (_, i) => ({
    depth: between(chance, 0.02, 0.1),
    turn: between(chance, 0, 6.3),
    count: 2 + i,
  }));
  const grain = grainy(
    { width: picture.width, height: 1, pixels: new Uint8Array(3 * picture.width).fill(128) },
    rough,
    chance,
  ).pixels;
  const paper = 255 - lift;
  return eachPixel(picture, (value, x, y, channel) => {
    const [u, v] = [(x - cx) / rx, (y - cy) / ry];
    if (u * u + v * v > 2) return (value * paper) / 255;
    const angle = Math.atan2(v, u);
    const edge = waves.reduce((all, { depth, turn, count }) => all + depth * Math.sin(count * angle + turn), 1);
    const inside = (edge - Math.hypot(u, v)) / 0.08;
    if (inside <= 0) return (value * paper) / 255;
    const noise = rough === 0 ? 0 : (grain[(3 * (x * 31 + y * 17) + channel) % grain.length] ?? 128) - 128;
    const left =
      ghost === null ? 255 : 255 - 0.1 * (255 - (ghost.pixels[3 * (y * picture.width + x) + channel] ?? 255));
    const light = inside >= 1 ? 255 : paper + (255 - paper) * inside;
    return (value * left * light) / (255 * 255) + noise;
  });
}

const onPatch =
  (how: (chance: Chance) => { lift: number; rough: number; ghost: boolean }): Alter =>
  async (setter, sheet, chance) => {
    const dpi = dpiOf(chance);
    const made = withFigure(sheet, chance);
    if (made === null) return null;
    const page = await setter.print(made, dpi);
    const at = page.boxes[mark];
    if (at === undefined) return null;
    const { lift, rough, ghost } = how(chance);
    const before = ghost ? (await setter.print(sheet, dpi)).picture : null;
    return sent({ ...page, picture: covered(page.picture, at, chance, { lift, rough, ghost: before }) }, chance);
  };

/** The scan's own file opened in a program for pictures, one figure laid over it, and saved again. */
const inTheFile =
  (
    lay: (scan: Picture, at: Box, chance: Chance, setter: Typesetter, page: Printed, sheet: Sheet) => Promise<Picture>,
  ): Alter =>
  async (setter, sheet, chance) => {
    const made = withFigure(sheet, chance);
    if (made === null) return null;
    const page = await setter.print(made, dpiOf(chance));
    const first = await sent(page, chance);
    if (first === null) return null;
    const edited = await lay(await pictureOfFile(first.sent.image), first.at, chance, setter, page, sheet);
    const image = await jpegOf(edited, { quality: 75 + chance.below(21), dpi: page.dpi });
    return { sent: { image, corners: null }, at: first.at };
  };

/** Pixels of the patch over the picture, its middle at the middle of the box. */
function laidOver(picture: Picture, patch: Picture, at: Box): Picture {
  const pixels = picture.pixels.slice();
  const [left, top] = [
    Math.round(at.x + at.width / 2 - patch.width / 2),
    Math.round(at.y + at.height / 2 - patch.height / 2),
  ];
  for (let y = 0; y < patch.height; y += 1) {
    const [from, to] = [3 * y * patch.width, 3 * ((top + y) * picture.width + left)];
    pixels.set(patch.pixels.subarray(from, from + 3 * patch.width), Math.max(0, to));
  }
  return { ...picture, pixels };
}

function cutOut({ width, height, pixels }: Picture, box: Box): Picture {
  const [w, h] = [Math.round(box.width), Math.round(box.height)];
  const out = new Uint8Array(3 * w * h).fill(255);
  for (let y = 0; y < h; y += 1) {
    const row = Math.min(height - 1, Math.max(0, Math.round(box.y) + y));
    const from = 3 * (row * width + Math.max(0, Math.round(box.x)));
    out.set(pixels.subarray(from, from + 3 * w), 3 * y * w);
  }
  return { width: w, height: h, pixels: out };
}

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by / 2,
  width: width + 2 * by,
  height: height + by,
});

/** The lightest fifth of the paper around, channel by channel. */
function paperAround(picture: Picture, at: Box): readonly number[] {
  const around = cutOut(picture, grown(at, at.height));
  return [0, 1, 2].map((channel) => {
    const levels = around.pixels.filter((_, i) => i % 3 === channel).sort();
    return levels[Math.floor(levels.length * 0.7)] ?? 255;
  });
}

const typedOver = inTheFile(async (scan, at, chance, _setter, page) => {
  const box = page.boxes[mark] ?? at;
  const paper = paperAround(scan, at);
  const figure = await softened(cutOut(page.picture, grown(box, 1)), between(chance, 0.3, 0.7));
  return laidOver(
    scan,
    eachPixel(figure, (value, _x, _y, channel) => (value * (paper[channel] ?? 255)) / 255),
    at,
  );
});

const copied = inTheFile(async (scan, at, chance, _setter, page) => {
  const others = Object.entries(page.boxes).filter(([name, box]) => name !== mark && box.width > 4 * at.width);
  const [, box] = chance.pick(others);
  const from = { ...at, x: box.x + between(chance, 0, box.width - at.width), y: box.y + (box.height - at.height) / 2 };
  return laidOver(scan, cutOut(scan, from), at);
});

const fromAnother = inTheFile(async (scan, at, chance, setter, page, sheet) => {
  const dpi = chance.pick([150, 200, 300]);
  const other = await setter.print(withFigure(sheet, chance) ?? sheet, dpi);
  const scanned = await pictureOfFile((await scanOf(other, chance, { skew: 0 })).image);
  const box = other.boxes[mark] ?? at;
  const scale = page.dpi / dpi;
  const patch = await resized(cutOut(scanned, box), scale);
  const [wanted, has] = [paperAround(scan, at), paperAround(scanned, box)];
  return laidOver(
    scan,
    eachPixel(patch, (value, _x, _y, channel) => (value * (wanted[channel] ?? 255)) / (has[channel] ?? 255)),
    at,
  );
});

/** One figure of a number changed, in the ways that clerks meet. */
export const alterations: Readonly<Record<string, Alter>> = {
  "type: another face": typed(otherFace),
  "type: another size": typed(
    (chance) => `font-size:${either(chance, between(chance, 0.78, 0.9), between(chance, 1.1, 1.25))}em`,
  ),
  "type: above or below the line": typed((chance) => `top:${either(chance, 1, -1) * between(chance, 0.05, 0.14)}em`),
  "file: typed over a clean patch": typedOver,
  "file: copied within the scan": copied,
  "file: taken from another scan": fromAnother,
  "paper: correction fluid": onPatch((chance) => ({ lift: between(chance, 4, 18), rough: 0, ghost: false })),
  "paper: rubbed out": onPatch((chance) => ({
    lift: between(chance, 1, 6),
    rough: between(chance, 3, 8),
    ghost: true,
  })),
  "pen: blue over black print": penned(["#1b2f8a", "#2438a8", "#1c2a66", "#3348b4"]),
  "pen: black": penned(["#141414", "#26262c", "#1a1a22"]),
};
