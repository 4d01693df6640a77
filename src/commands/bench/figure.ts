/** One line of `bench`, PERFORMANCE.md; the order of the keys is part of the format. */
export type Figure = {
  /** Name of the bench, then what tells its figures apart. */
  readonly bench: string;
  readonly ours: number | null;
  readonly peer: number | null;
  /** Median of the ratios ours / peer of each pair. */
  readonly ratio: number | null;
  /** What the ratio, or ours where there is no peer, must be. */
  readonly goal: string;
  readonly met: boolean;
  readonly unit: string;
  readonly pairs: number;
  /** SHA-256 of what both were given. */
  readonly inputs: readonly string[];
  /** Why a figure or its peer is not there, or why it may not count; absent where all is. */
  readonly missing?: string;
};

export type Goal = { readonly bench: string; readonly goal: string; readonly unit: string };

/** Nothing was measured: never met. */
export const missingFigure = ({ bench, goal, unit }: Goal, missing: string, ours: number | null = null): Figure => ({
  bench,
  ours,
  peer: null,
  ratio: null,
  goal,
  met: false,
  unit,
  pairs: 0,
  inputs: [],
  missing,
});

export type Measured = {
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly pairs: number;
};

/** @param missing a reason why the figure may not count, although it was measured; then it is not met */
export function measuredFigure(
  { bench, goal, unit }: Goal,
  { ours, peer, ratio, pairs }: Measured,
  inputs: readonly string[],
  missing: string | null,
): Figure {
  const met = missing === null && meets(ratio, goal);
  const told = { bench, ours: round(ours), peer: round(peer), ratio: round(ratio), goal, met, unit, pairs, inputs };
  return missing === null ? told : { ...told, missing };
}

/** A figure of ours alone against a limit; there is no peer and no pair. */
export function limitFigure(
  { bench, goal, unit }: Goal,
  ours: number,
  limit: number,
  inputs: readonly string[],
  missing: string | null,
): Figure {
  const met = missing === null && ours <= limit;
  const told = { bench, ours: round(ours), peer: null, ratio: null, goal, met, unit, pairs: 1, inputs };
  return missing === null ? told : { ...told, missing };
}

function meets(ratio: number, goal: string): boolean {
  const [, sign, limit] = /^(>=|<=) ([\d.]+)$/.exec(goal) ?? [];
  if (sign === undefined) throw new RangeError(`not a goal that a ratio can meet: ${goal}`);
  return sign === ">=" ? ratio >= Number(limit) : ratio <= Number(limit);
}

const round = (value: number): number => Number(value.toPrecision(4));
