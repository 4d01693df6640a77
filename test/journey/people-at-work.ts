import type { Work } from "../support/keyboard.ts";

/** What the model takes for one deed, one key, and one page held against the paper. See `humanSeconds`. */
const seconds = { deed: 10, key: 0.5, comparedPage: 60 } as const;

/**
 * Seconds of a person, by a model and not by a clock: half a second for each key and each character written; ten seconds
 * before each deed, and ten at the end, to read what stands there and to make up one's mind; a minute for each page
 * compared. Waiting is not in it. The keystroke-level model (Card, Moran and Newell, 1980) takes 0.28 s a key of an
 * average typist and 1.35 s to make up one's mind, so this is on the slow side.
 */
const humanSeconds = ({ keys, characters, deeds }: Work, comparedPages = 0): number =>
  seconds.key * (keys + characters) + seconds.deed * (deeds + 1) + seconds.comparedPage * comparedPages;

/** With a mouse, each field is clicked into and each deed is a click. */
const clicksOf = ({ fields, deeds }: Work): number => fields + deeds;

export type Stage = {
  readonly name: "receive" | "compare" | "attest" | "sign" | "seal" | "release";
  readonly keys: number;
  readonly characters: number;
  /** What somebody with a mouse clicks instead of pressing keys. */
  readonly clicks: number;
  readonly pins: number;
  readonly humanSeconds: number;
  /** By the clock: the keys of the walk themselves take next to nothing, all else is the machine. */
  readonly machineSeconds: number;
};

export type StageClock = ReturnType<typeof stageClock>;

/** Adds to the stages what was done since the last one of this person ended. */
export function stageClock(stages: Stage[]) {
  let [began, before] = [performance.now(), nothing];
  return {
    end: (name: Stage["name"], work: Work | null, { comparedPages = 0, pins = 0 } = {}): void => {
      const done = work === null ? nothing : difference(work, before);
      const machineSeconds = (performance.now() - began) / 1000;
      const { keys, characters } = done;
      const human = work === null ? 0 : humanSeconds(done, comparedPages);
      stages.push({ name, keys, characters, clicks: clicksOf(done), pins, humanSeconds: human, machineSeconds });
      [began, before] = [performance.now(), work ?? nothing];
    },
  };
}

const nothing: Work = { keys: 0, characters: 0, fields: 0, deeds: 0 };

const difference = (now: Work, before: Work): Work => ({
  keys: now.keys - before.keys,
  characters: now.characters - before.characters,
  fields: now.fields - before.fields,
  deeds: now.deeds - before.deeds,
});

/** Stages added up under another name, for those that belong together. */
export const sumOf = (stages: readonly Stage[], names: readonly Stage["name"][]): Omit<Stage, "name"> =>
  stages
    .filter(({ name }) => names.includes(name))
    .reduce(
      (sum, stage) => ({
        keys: sum.keys + stage.keys,
        characters: sum.characters + stage.characters,
        clicks: sum.clicks + stage.clicks,
        pins: sum.pins + stage.pins,
        humanSeconds: sum.humanSeconds + stage.humanSeconds,
        machineSeconds: sum.machineSeconds + stage.machineSeconds,
      }),
      { keys: 0, characters: 0, clicks: 0, pins: 0, humanSeconds: 0, machineSeconds: 0 },
    );
