import { between, photoOf, type Sent, scanOf } from "../../test/support/pages/degrade.ts";
import { contractOf, letterOf, lookOf, papers } from "../../test/support/pages/papers.ts";
import { blankPicture } from "../../test/support/pages/raster.ts";
import { families, type Printed, type Typesetter } from "../../test/support/pages/typeset.ts";
import { type Chance, chanceOf } from "../../test/support/seeded.ts";

/** One upload of pages, and the finding that must be told of the page at `of`, from 1; none of a good one. */
export type Sample = { readonly pages: readonly Sent[]; readonly wanted: string | null; readonly of: number };

type Maker = (setter: Typesetter, chance: Chance, seed: number) => Promise<Sample>;

const names = Object.keys(papers);
const sealed = ["birth", "marriage", "single", "death", "land", "company", "household", "school", "decision", "letter"];

async function printed(
  setter: Typesetter,
  chance: Chance,
  seed: number,
  from: readonly string[] = names,
): Promise<Printed> {
  const name = chance.pick(from);
  const paper = papers[name]?.(lookOf(seed, families()));
  const sheet = paper === undefined ? undefined : chance.pick(paper.sheets);
  if (sheet === undefined) throw new Error(`no paper ${name}`);
  return setter.print(sheet, chance.pick([200, 200, 300]));
}

const one = (page: Sent, wanted: string | null): Sample => ({ pages: [page], wanted, of: 1 });

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
    names.filter((name) => !["cccd", "canCuoc", "oldIdentity"].includes(name)),
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
};

const sheetAgain = async (chance: Chance, seed: number) => {
  const made = papers[chance.pick(sealed)]?.(lookOf(seed, families()));
  if (made?.sheets[0] === undefined) throw new Error("no paper");
  return made.sheets[0];
};

/** Good pages, of every manner that must not be flagged: thin paper, yellowed paper, a phone held well, forms of one kind in one upload. */
export const good: Readonly<Record<string, Maker>> = {
  scan: async (setter, chance, seed) => one(await scanOf(await printed(setter, chance, seed), chance), null),
  "scan, thin paper": async (setter, chance, seed) => {
    const [front, back] = [await printed(setter, chance, seed), await printed(setter, chance, seed + 1)];
    return one(
      await scanOf(front, chance, { behind: { other: back.picture, share: between(chance, 0.02, 0.08) } }),
      null,
    );
  },
  "scan in grey of a paper without colour": async (setter, chance, seed) => {
    const sheets = contractOf(lookOf(seed, families()), 2).sheets;
    return one(await scanOf(await setter.print(chance.pick(sheets), 200), chance, { grey: true }), null);
  },
  photograph: async (setter, chance, seed) =>
    one(await photoOf(await printed(setter, chance, seed, sealed), chance), null),
  "two forms of one kind": async (setter, chance, seed) => {
    const name = chance.pick(sealed);
    const family = [chance.pick(families())];
    const sheets = [0, 1].map((i) => papers[name]?.({ ...lookOf(seed + i, family), size: 12, colon: ":" }).sheets[0]);
    const pages = [];
    for (const sheet of sheets)
      if (sheet !== undefined) pages.push(await scanOf(await setter.print(sheet, 200), chance));
    return { pages, wanted: null, of: 2 };
  },
  "pages of one letter": async (setter, chance, seed) => {
    const { sheets } = letterOf(lookOf(seed, families()), 3);
    const pages = [];
    for (const sheet of sheets) pages.push(await scanOf(await setter.print(sheet, 200), chance));
    return { pages, wanted: null, of: 3 };
  },
};

export const sampleOf = (make: Maker, setter: Typesetter, seed: number): Promise<Sample> =>
  make(setter, chanceOf(seed), seed);
