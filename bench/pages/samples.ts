import type { Sent } from "../../test/support/pages/degrade.ts";
import { lookOf, papers } from "../../test/support/pages/papers.ts";
import { families, type Printed, type Typesetter } from "../../test/support/pages/typeset.ts";
import { type Chance, chanceOf } from "../../test/support/seeded.ts";

/** One upload of pages, and the finding that must be told of the page at `of`, from 1; none of a good one. */
export type Sample = {
  readonly pages: readonly Sent[];
  readonly wanted: string | null;
  readonly of: number;
  /** The number that the pages' own numbering leaves out; words are read for that. */
  readonly missing?: number;
};

export type Maker = (setter: Typesetter, chance: Chance, seed: number) => Promise<Sample>;

export const paperNames = Object.keys(papers);
export const sealed = [
  "birth",
  "marriage",
  "single",
  "death",
  "land",
  "company",
  "household",
  "school",
  "decision",
  "letter",
];
/** Of the size of ISO/IEC 7810 ID-1, on plastic. */
export const cards = ["cccd", "canCuoc", "oldIdentity", "licence", "insurance"];

/** One side of a paper of those kinds, as a printer made it. */
export async function printed(
  setter: Typesetter,
  chance: Chance,
  seed: number,
  from: readonly string[] = paperNames,
): Promise<Printed> {
  const name = chance.pick(from);
  const paper = papers[name]?.(lookOf(seed, families()));
  const sheet = paper === undefined ? undefined : chance.pick(paper.sheets);
  if (sheet === undefined) throw new Error(`no paper ${name}`);
  return setter.print(sheet, chance.pick([200, 200, 300]));
}

export const one = (page: Sent, wanted: string | null): Sample => ({ pages: [page], wanted, of: 1 });

export const sampleOf = (make: Maker, setter: Typesetter, seed: number): Promise<Sample> =>
  make(setter, chanceOf(seed), seed);
