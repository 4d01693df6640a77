import { performance } from "node:perf_hooks";
import { tell } from "../output.ts";
import type { Measured } from "./figure.ts";
import { treeCpuSeconds } from "./tree-cpu.ts";

/** Both sides of a figure whose ratio is ours / peer of what it costs. */
export type CostSides = {
  readonly ours: () => Promise<unknown>;
  readonly peer: () => Promise<unknown>;
  readonly pairs: number;
  readonly unit: "cpu" | "wall";
  /** What is told of each pair as it ends, on standard error: minutes of silence look like a bench that hangs. */
  readonly name: string;
};

/** In turn, A B A B, children's processor time included. `NaN` where the machine does not tell it. */
export async function costSideBySide({ ours, peer, pairs, unit, name }: CostSides): Promise<Measured> {
  const turns: { ours: number; peer: number }[] = [];
  while (turns.length < pairs) {
    const turn = { ours: await costOf(ours, unit), peer: await costOf(peer, unit) };
    turns.push(turn);
    tell(
      `${name}: pair ${turns.length} of ${pairs}: ${turn.ours.toFixed(2)} s and ${turn.peer.toFixed(2)} s (${unit})`,
    );
  }
  return {
    ours: median(turns.map((turn) => turn.ours)),
    peer: median(turns.map((turn) => turn.peer)),
    ratio: median(turns.map((turn) => turn.ours / turn.peer)),
    pairs,
  };
}

export async function costOf(act: () => Promise<unknown>, unit: CostSides["unit"]): Promise<number> {
  const before = now(unit);
  await act();
  return now(unit) - before;
}

const now = (unit: CostSides["unit"]): number =>
  unit === "wall" ? performance.now() / 1000 : (treeCpuSeconds() ?? Number.NaN);

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
