import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Child, entryBeside, startChild } from "../../../ocr/child.ts";
import { hexOf, utf8 } from "../../core/kernel.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { tell } from "../output.ts";
import { median } from "./cost.ts";
import { type Extent, manyCertificates, tooLittle } from "./extent.ts";
import { type Figure, type Goal, measuredFigure } from "./figure.ts";
import type { Filling } from "./filling/facts.ts";
import type { GrowthAsked } from "./growth-child.ts";
import { quantile } from "./quantile.ts";

export const growthActs = ["verify", "search", "number", "append"] as const;
export type GrowthAct = (typeof growthActs)[number];

const shares = [
  ["p50", 0.5],
  ["p99", 0.99],
] as const;

type Share = (typeof shares)[number][0];

const goalOf = (act: GrowthAct, share: Share): Goal => ({
  bench: `growth ${act} ${share}`,
  goal: "<= 1.3",
  unit: "milliseconds in the larger store over those at 10,000 certificates",
});

export const growthGoals: readonly Goal[] = growthActs.flatMap((act) => shares.map(([share]) => goalOf(act, share)));

const fillSeconds = 12 * 3600;
const perAgency = 10_000; // a busy commune's years; a country has thousands of them

type Store = { readonly ask: (asked: GrowthAsked) => Promise<readonly number[]> };

/**
 * The same questions to two stores that differ in what they hold: certificates, leaves and agencies, 10,000 certificates
 * each. In turn, each in a process and with a database of its own; one question at a time, since what is asked is how long
 * one person waits.
 */
export async function growthFigures(wants: (goal: Goal) => boolean, extent: Extent): Promise<Figure[]> {
  const [few, many] = extent.tiny ? [40, 120] : [perAgency, extent.certificates];
  const each = extent.tiny ? { records: 20, perAgency: 20 } : { records: perAgency, perAgency };
  const inputs = [hexOf(nodeSha256(utf8(`${few} and ${many} certificates`)))];
  const missing = tooLittle(extent) ?? tooFew(many);
  const wanted = growthActs.filter((act) => shares.some(([share]) => wants(goalOf(act, share))));
  const compare = async (small: Store, large: Store) => {
    const figures: Figure[] = [];
    for (const act of wanted) {
      const turns = await inTurn(act, { small, large }, extent);
      for (const [share, part] of shares)
        figures.push(measuredFigure(goalOf(act, share), ratioOf(turns, part), inputs, missing));
    }
    return figures.filter(({ bench, goal, unit }) => wants({ bench, goal, unit }));
  };
  // a tiny input only proves that it works, and one store does
  if (extent.tiny) return withStore({ certificates: many, ...each }, (store) => compare(store, store));
  return withStore({ certificates: few, ...each }, (small) =>
    withStore({ certificates: many, ...each }, (large) => compare(small, large)),
  );
}

const tooFew = (many: number): string | null =>
  many < manyCertificates ? `${many} of ${manyCertificates} certificates` : null;

type Turn = { readonly small: readonly number[]; readonly large: readonly number[] };

const timesOf: Readonly<Record<GrowthAct, number>> = { verify: 400, search: 100, number: 200, append: 100 };

async function inTurn(
  act: GrowthAct,
  { small, large }: { readonly small: Store; readonly large: Store },
  { pairs, tiny }: Extent,
): Promise<readonly Turn[]> {
  const times = tiny ? 3 : timesOf[act];
  const turns: Turn[] = [];
  for (let turn = 0; turn <= pairs; turn++) {
    const asked = { act, from: turn * times, times };
    turns.push({ small: await small.ask(asked), large: await large.ask(asked) });
    if (turn > 0) tell(`growth ${act}: pair ${turn} of ${pairs}`);
  }
  return turns.slice(1); // the first is for what is compiled and planned once
}

function ratioOf(turns: readonly Turn[], share: number) {
  const told = turns.map(({ small, large }) => ({ peer: quantile(small, share), ours: quantile(large, share) }));
  return {
    ours: median(told.map(({ ours }) => ours)),
    peer: median(told.map(({ peer }) => peer)),
    ratio: median(told.map(({ ours, peer }) => ours / peer)),
    pairs: told.length,
  };
}

async function withStore<T>(filling: Filling, act: (store: Store) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "chungthuc-bench-growth-"));
  const child = await startChild({
    entry: entryBeside(import.meta.url, "growth-child"),
    heapMiB: 4096,
    growthMiB: 1024 * 1024,
  });
  if (!child.ok) throw new Error(`no process to measure: ${child.failure.code}`);
  try {
    await ask(child.value, { folder, filling });
    return await act({ ask: async (asked) => (await ask(child.value, asked)).milliseconds ?? [] });
  } finally {
    await child.value.ask({ head: { stop: true }, parts: [] }, { wallSeconds: 120 });
    child.value.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(child: Child, asked: GrowthAsked): Promise<{ readonly milliseconds?: readonly number[] }> {
  const answer = await child.ask({ head: asked, parts: [] }, { wallSeconds: fillSeconds });
  if (!answer.ok) throw new Error(`a store of the bench fell silent: ${JSON.stringify(answer.failure)}`);
  return answer.value.head as { milliseconds?: readonly number[] };
}
