import { cpuUsage } from "node:process";
import type { Measured } from "./figure.ts";

/** What both sides do for one document, and how often it is done in one turn, so that a turn outlasts the clock's grain. */
export type Sides = {
  readonly ours: () => Promise<unknown>;
  readonly peer: () => Promise<unknown>;
  readonly documents: number;
  readonly pairs: number;
  /** Documents of each side that do not count, before the first that do. */
  readonly warmUp: { readonly ours: number; readonly peer: number };
};

/**
 * Until nothing is compiled any more, since a service works for months and the compiler's threads count as ours: V8 takes
 * up a function that runs twice a document after some thousand documents, and costs twice as much until then.
 */
export const untilCompiled = { ours: 2000, peer: 100 };

/** In turn, A B A B: what the machine does meanwhile falls on both. Figures are documents per CPU second. */
export async function sideBySide({ ours, peer, documents, pairs, warmUp }: Sides): Promise<Measured> {
  await perCpuSecond(ours, warmUp.ours);
  await perCpuSecond(peer, warmUp.peer);
  const turns: { ours: number; peer: number }[] = [];
  while (turns.length < pairs) {
    turns.push({ ours: await perCpuSecond(ours, documents), peer: await perCpuSecond(peer, documents) });
  }
  return {
    ours: median(turns.map((turn) => turn.ours)),
    peer: median(turns.map((turn) => turn.peer)),
    ratio: median(turns.map((turn) => turn.ours / turn.peer)),
    pairs,
  };
}

async function perCpuSecond(act: () => Promise<unknown>, documents: number): Promise<number> {
  const before = cpuUsage();
  for (let i = 0; i < documents; i++) await act();
  const { user, system } = cpuUsage(before);
  return documents / (Math.max(1, user + system) / 1e6);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
