import { between, photoOf, scanOf } from "../../test/support/pages/degrade.ts";
import { dotsOf, inFourInks, onSecurityPaper, withSheen, yellowed } from "../../test/support/pages/grounds.ts";
import { contractOf, letterOf, lookOf, papers } from "../../test/support/pages/papers.ts";
import { families } from "../../test/support/pages/typeset.ts";
import { cards, type Maker, one, paperNames, printed, sealed } from "./samples.ts";

const plain = paperNames.filter((name) => !cards.includes(name) && name !== "passport");

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
  "fax: black and white dots": async (setter, chance, seed) => {
    const page = await printed(setter, chance, seed, plain);
    return one({ image: await dotsOf(page.picture, between(chance, 120, 170)), corners: null }, null);
  },
  "scan in four inks (CMYK)": async (setter, chance, seed) => {
    const { image, corners } = await scanOf(await printed(setter, chance, seed, sealed), chance);
    return one({ image: await inFourInks(image), corners }, null);
  },
  "coloured security paper": async (setter, chance, seed) => {
    const page = await printed(setter, chance, seed, plain);
    return one(await scanOf({ ...page, picture: onSecurityPaper(page.picture, page.dpi, chance) }, chance), null);
  },
  "old yellow paper": async (setter, chance, seed) => {
    const page = await printed(setter, chance, seed, sealed);
    return one(await scanOf({ ...page, picture: yellowed(page.picture, page.dpi, chance) }, chance), null);
  },
  "identity and other cards": async (setter, chance, seed) => {
    const page = await printed(setter, chance, seed, cards);
    const isPhoto = chance.below(2) === 0;
    return one(await (isPhoto ? photoOf(page, chance, { paperDpi: 420 }) : scanOf(page, chance)), null);
  },
  "plastic card with a sheen": async (setter, chance, seed) => {
    const page = await printed(setter, chance, seed, cards);
    const shiny = { ...page, picture: withSheen(page.picture, page.dpi, chance) };
    const isPhoto = chance.below(2) === 0;
    return one(await (isPhoto ? photoOf(shiny, chance, { paperDpi: 420 }) : scanOf(shiny, chance)), null);
  },
};
