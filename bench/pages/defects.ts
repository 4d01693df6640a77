import { between, photoOf, scanOf } from "../../test/support/pages/degrade.ts";
import { letterOf, lookOf, papers } from "../../test/support/pages/papers.ts";
import { blankPicture } from "../../test/support/pages/raster.ts";
import { families, type Typesetter } from "../../test/support/pages/typeset.ts";
import type { Chance } from "../../test/support/seeded.ts";
import { cards, type Maker, one, paperNames, printed, type Sample, sealed } from "./samples.ts";

/** How a side looks from behind: nothing, or the front shining through. */
async function blankBack(setter: Typesetter, chance: Chance, seed: number): Promise<Sample> {
  const front = await printed(setter, chance, seed);
  const { width, height } = front.picture;
  const empty = { ...front, picture: blankPicture(width, height, [255, 255, 255]), boxes: {} };
  const share = chance.pick([0, 0.03, between(chance, 0.03, 0.09)]);
  return one(await scanOf(empty, chance, { behind: { other: front.picture, share } }), "BLANK_PAGE");
}

/** Text up to the edge and over it: a sheet that lay beside the glass. */
async function cutOff(setter: Typesetter, chance: Chance, seed: number): Promise<Sample> {
  const page = await printed(
    setter,
    chance,
    seed,
    paperNames.filter((name) => !cards.includes(name)),
  );
  const { width, height } = page.picture;
  const boxes = Object.values(page.boxes).filter((box) => box.width > 0.2 * width);
  const across = boxes.length === 0 || chance.below(2) === 0;
  const reach = across ? Math.round(width * between(chance, 0.16, 0.3)) : 0;
  const crop =
    chance.below(2) === 0
      ? { left: reach, top: 0, width: width - reach, height }
      : { left: 0, top: 0, width: width - reach - Math.round(width * 0.12), height };
  const box = chance.pick(boxes.length === 0 ? [{ x: 0, y: 0, width, height }] : boxes);
  const middle = Math.round(box.y + box.height * 0.5);
  const upright =
    middle > height / 2
      ? { left: 0, top: 0, width, height: middle }
      : { left: 0, top: middle, width, height: height - middle };
  return one(
    await scanOf(page, chance, { crop: across ? crop : upright, skew: between(chance, -0.3, 0.3) }),
    "CUT_OFF",
  );
}

/** By defect, each as people at counters bring it about. */
export const defects: Readonly<Record<string, Maker>> = {
  "dpi: scanned at 75 to 150": async (setter, chance, seed) => {
    const page = await printed(setter, chance, seed);
    const dpi = Math.round(between(chance, 75, 150));
    const coarse = await setter.print(await sheetAgain(chance, seed), dpi);
    return one(await scanOf({ ...coarse, boxes: page.boxes }, chance), "RESOLUTION_TOO_LOW");
  },
  "dpi: 60 to 95, saved as 200 or 300": async (setter, chance, seed) =>
    one(
      await scanOf(await printed(setter, chance, seed), chance, { madeAt: between(chance, 60, 95) }),
      "BLURRED|RESOLUTION_TOO_LOW",
    ),
  "dpi: photograph from too far": async (setter, chance, seed) =>
    one(
      await photoOf(await printed(setter, chance, seed), chance, { paperDpi: between(chance, 90, 165) }),
      "RESOLUTION_TOO_LOW",
    ),
  "blur: out of focus": async (setter, chance, seed) =>
    one(
      await (chance.below(2) === 0 ? scanOf : photoOf)(await printed(setter, chance, seed), chance, {
        blurMm: between(chance, 0.27, 0.6),
      }),
      "BLURRED",
    ),
  "blur: moved": async (setter, chance, seed) =>
    one(
      await (chance.below(2) === 0 ? scanOf : photoOf)(await printed(setter, chance, seed), chance, {
        motionMm: between(chance, 1, 2),
      }),
      "BLURRED",
    ),
  glare: async (setter, chance, seed) =>
    one(
      await (chance.below(3) === 0 ? scanOf : photoOf)(await printed(setter, chance, seed), chance, {
        glareMm: between(chance, 8, 22),
      }),
      "GLARE",
    ),
  "glare: on a card": async (setter, chance, seed) => {
    const page = await printed(setter, chance, seed, cards);
    const how = { glareMm: between(chance, 5, 11) };
    return one(
      await (chance.below(2) === 0 ? scanOf(page, chance, how) : photoOf(page, chance, { ...how, paperDpi: 420 })),
      "GLARE",
    );
  },
  "edge: text cut off": cutOff,
  "corner: outside the photograph": async (setter, chance, seed) =>
    one(
      await photoOf(await printed(setter, chance, seed, sealed), chance, { cornerOutMm: between(chance, 8, 25) }),
      "CORNER_MISSING|CUT_OFF",
    ),
  "corner: folded over": async (setter, chance, seed) =>
    one(await scanOf(await printed(setter, chance, seed, sealed), chance, { fold: true }), "CORNER_MISSING"),
  "back: blank": blankBack,
  "colour: scanned in grey": async (setter, chance, seed) =>
    one(await scanOf(await printed(setter, chance, seed, sealed), chance, { grey: true }), "COLOUR_LOST"),
  "colour: faded": async (setter, chance, seed) =>
    one(
      await scanOf(await printed(setter, chance, seed, sealed), chance, { saturation: between(chance, 0.03, 0.15) }),
      "COLOUR_LOST",
    ),
  "duplicate: the same sheet twice": async (setter, chance, seed) => {
    const page = await printed(setter, chance, seed, sealed);
    const other = await printed(setter, chance, seed + 1);
    const again = chance.below(3) === 0 ? photoOf : scanOf;
    return {
      pages: [await scanOf(page, chance), await scanOf(other, chance), await again(page, chance)],
      wanted: "DUPLICATE_PAGE",
      of: 3,
    };
  },
  "missing: one of four numbered pages": async (setter, chance, seed) => {
    const { sheets } = letterOf(lookOf(seed, families()), 4);
    const left = 1 + chance.below(2);
    const pages = [];
    for (const [i, sheet] of sheets.entries()) {
      if (i !== left) pages.push(await scanOf(await setter.print(sheet, 200), chance));
    }
    return { pages, wanted: null, of: 1, missing: left + 1 };
  },
};

const sheetAgain = async (chance: Chance, seed: number) => {
  const made = papers[chance.pick(sealed)]?.(lookOf(seed, families()));
  if (made?.sheets[0] === undefined) throw new Error("no paper");
  return made.sheets[0];
};
