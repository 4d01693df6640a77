import type { DossierId } from "../../src/core/ids.ts";
import { type Instant, secondsOf } from "../../src/core/kernel.ts";
import { type Chance, chanceOf } from "../support/seeded.ts";
import type { Visit } from "./act.ts";
import { acts, dossierOf } from "./acts.ts";
import { findingsIn, linesNow, lostLines, watch } from "./invariants.ts";
import { publish } from "./publishing.ts";
import { agencies, Crash, openTown, type Town } from "./town.ts";

export type Walk = {
  readonly seed: number;
  readonly steps: number;
  readonly workers: number;
  readonly crashIn: number;
};

export type Walked = {
  readonly findings: readonly string[];
  /** How often each act ended how. */
  readonly ends: ReadonlyMap<string, number>;
  readonly crashes: number;
};

const drawn = acts.flatMap((act) => Array.from({ length: act[1] }, () => act));
const lastSteps = 200;
const stepsAYear = 12_000;

/** Books of the next year may be named and opened from then on. REG-5 */
const untilDecember = ({ now }: Town): number =>
  Math.max(0, secondsOf(`${now().slice(0, 4)}-12-01T00:00:00Z` as Instant) - secondsOf(now()));

/**
 * Officials of two agencies act at random, lawfully and not, many at once, and die in between; then the queue is emptied
 * and everything is asked that must never be. The clock moves over nights and the turn of a year.
 *
 * Draws are the seed's; which of two that act at once comes first is the machine's, so a finding may need another run.
 */
export async function walk({ seed, steps, workers, crashIn }: Walk): Promise<Walked> {
  const chance = chanceOf(seed);
  const town = await openTown(chance, { crashIn });
  try {
    await watch(town.owner);
    const state = await walkIn(town, chance, { steps, workers });
    const before = await linesNow(town.sql);
    await emptyQueue(town, chance);
    state.findings.push(...lostLines(before, await linesNow(town.sql)), ...(await findingsIn(town.owner, town.now())));
    return { findings: told(state), ends: state.ends, crashes: town.crashes() };
  } finally {
    await town.close();
  }
}

/** The steps alone. */
export async function walkIn(
  town: Town,
  chance: Chance,
  { steps, workers }: Pick<Walk, "steps" | "workers">,
): Promise<State> {
  const state: State = { left: steps, ends: new Map(), findings: [], trail: [] };
  await Promise.all(Array.from({ length: workers }, () => work(town, chance, state)));
  return state;
}

type State = { left: number; ends: Map<string, number>; findings: string[]; trail: string[] };

/** With a finding, the steps that came last. */
const told = ({ findings, trail }: State) => (findings.length === 0 ? [] : [...findings, ...trail]);

async function work(town: Town, chance: Chance, state: State): Promise<void> {
  while (state.left > 0 && state.findings.length === 0) {
    state.left--;
    const one = chance.pick(drawn);
    const key = `${one[0]}: ${await step(town, chance, one, state)}`;
    state.ends.set(key, (state.ends.get(key) ?? 0) + 1);
    state.trail.push(key);
    if (state.trail.length > lastSteps) state.trail.shift();
    if (state.left % 1000 === 0) await look(town, state);
  }
}

async function step(town: Town, chance: Chance, [name, , act]: (typeof drawn)[number], state: State): Promise<string> {
  // A minute at most as a rule, so that a paper is signed and sealed on one day; a night now and then.
  town.wait(chance.below(400) === 0 ? 8 * 3600 : chance.below(60));
  if (chance.below(stepsAYear) === 0) town.wait(untilDecember(town));
  try {
    const visit = await aVisit(town, chance);
    const told = await act(visit);
    return told.ok ? "done" : told.failure.code;
  } catch (error) {
    if (error instanceof Crash) return "died";
    const { stack = "", detail = "", where = "" } = error as { stack?: string; detail?: string; where?: string };
    state.findings.push(`an exception in ${name}: ${detail} ${where} ${stack}`);
    return "broke";
  }
}

async function aVisit(town: Town, chance: Chance): Promise<Visit> {
  const agencyId = chance.pick(agencies);
  const id = await aPaper(town, chance, agencyId);
  const by: Visit["by"] = (duty) => {
    const rightful = town.people.get(`${agencyId} ${duty}`);
    const actor = chance.below(15) === 0 ? chance.pick([...town.people.values()]) : rightful;
    if (actor === undefined) throw new Error(`nobody is ${duty}`);
    return actor;
  };
  const dossier = id === null ? null : await dossierOf(town, id, agencyId as never);
  return { town, chance, by, dossier };
}

/** One worked on lately, as a rule; else one with a line that lies, so that months can be signed, or that is issued. */
async function aPaper({ sql, dossiers }: Town, chance: Chance, agencyId: string): Promise<DossierId | null> {
  const ids = dossiers.get(agencyId) ?? [];
  if (ids.length === 0) return null;
  if (chance.below(6) > 0) return chance.pick(ids.slice(-40));
  const wanted = chance.pick(["issued", "in_progress"]);
  const found = await sql<{ id: DossierId }[]>`
    select dossier_id as id from certificate where agency_id = ${agencyId} and status = ${wanted}
    union all select dossier_id from paper_line where agency_id = ${agencyId} and status = ${wanted} limit 40`;
  return chance.pick(found.length === 0 ? ids : found.map(({ id }) => id));
}

const looked = new WeakMap<Town, ReadonlyMap<string, string>>();

/** In the middle of the walk, others acting on: what was a line before is one still. */
async function look(town: Town, state: State): Promise<void> {
  const before = looked.get(town) ?? new Map<string, string>();
  const now = await linesNow(town.sql);
  state.findings.push(...lostLines(before, now));
  looked.set(town, now);
}

/** As after a restart: what dead workers held is due again, and nobody dies any more. */
async function emptyQueue(town: Town, chance: Chance): Promise<void> {
  town.endDying();
  await town.sql`update job set locked_until = now() - interval '1 s' where status = 'running'`;
  for (;;) {
    const visit: Visit = {
      town,
      chance,
      by: () => {
        throw new Error("nobody acts here");
      },
      dossier: null,
    };
    if (!(await publish(visit)).ok) return;
  }
}
