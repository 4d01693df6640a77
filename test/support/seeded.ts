/** Chance that can be repeated: the same seed gives the same numbers (a 32-bit counter through a mixing of bits). */
export type Chance = {
  /** A whole number from 0 up to, not with, `bound`. */
  readonly below: (bound: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
};

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const below = (bound: number) => next() % Math.max(1, bound);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error("nothing to choose from");
    return one;
  };
  return { below, pick };
}
