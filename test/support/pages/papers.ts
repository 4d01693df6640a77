import { type Chance, chanceOf } from "../seeded.ts";
import type { Look, Paper } from "./markup.ts";
import { canCuoc, cccd, insurance, licence, oldIdentity, passport } from "./papers/cards.ts";
import { birth, death, marriage, single } from "./papers/civil-status.ts";
import { contract, decision, letter, notice, residence } from "./papers/official.ts";
import { company, household, land } from "./papers/property.ts";
import { school, transcript, university } from "./papers/schooling.ts";

/** Every kind of LAW 9 that we print; the new and the former identity card are two papers of one kind. */
export const papers: Readonly<Record<string, (look: Look) => Paper>> = {
  birth,
  marriage,
  single,
  death,
  cccd,
  canCuoc,
  oldIdentity,
  licence,
  insurance,
  passport,
  land,
  company,
  household,
  school,
  university,
  transcript,
  decision,
  letter,
  notice,
  contract,
  residence,
};

export const letterOf = letter;
export const contractOf = contract;

/** Face, size and manner of one paper; the same seed gives the same paper. */
export function lookOf(seed: number, families: readonly string[]): Look {
  const chance: Chance = chanceOf(seed);
  return {
    chance,
    family: chance.pick(families),
    size: chance.pick([11.5, 12, 12.5, 13]),
    colon: chance.pick([":", ":", " :"]),
  };
}
