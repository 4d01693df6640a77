import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startPostgres, withoutFsync } from "../db/postgres/launcher.ts";
import { scratchRoot } from "../test/support/cluster.ts";
import type { Judged } from "../test/support/judge-reporter.ts";
import { brokenRules } from "./broken-rules/all.ts";
import type { BrokenRule } from "./broken-rules/broken-rule.ts";
import { runTests } from "./judge/run-test.ts";
import { openTree, type Tree } from "./judge/tree.ts";

// npm run judge [-- RULE or words of a break …]: breaks each rule in a copy of the sources, and demands that its test notices.

const wanted = process.argv.slice(2);
const atOnce = Number(process.env["CHUNGTHUC_JUDGE_AT_ONCE"] ?? 2);
const say = (line: string) => process.stdout.write(`${line}\n`);

type Verdict = "failed as it must" | "survived" | "unfit";

/** What is judged with one file of tests: first whole, when all of them must pass. */
type Group = { readonly test: string; readonly breaks: readonly BrokenRule[] };

function groupsOf(breaks: readonly BrokenRule[]): Group[] {
  const tests = [...new Set(breaks.map(({ test }) => test))];
  return tests.map((test) => ({ test, breaks: breaks.filter((it) => it.test === test) }));
}

async function judgeGroup(tree: Tree, databaseUrl: string, { test, breaks }: Group): Promise<Verdict[]> {
  const titles = breaks.map(({ title }) => title);
  const whole = await runTests(tree.folder, test, titles, databaseUrl);
  const red = [...whole.fallen, ...whole.otherwise];
  if (red.length > 0) say(`${test}: fails before anything is broken: ${red[0]}`);
  if (red.length > 0) return breaks.map(() => "unfit");
  const verdicts: Verdict[] = [];
  for (const one of breaks) verdicts.push(await judge(tree, databaseUrl, one));
  return verdicts;
}

async function judge(tree: Tree, databaseUrl: string, one: BrokenRule): Promise<Verdict> {
  const changes = [one, ...(one.alsoHeldBy ?? [])];
  const judged = await tree.broken(changes, () => runTests(tree.folder, one.test, [one.title], databaseUrl));
  const { verdict, told } = verdictOf(judged);
  const held = (one.alsoHeldBy ?? []).map(({ guard }) => `, and what also holds it: ${guard}`);
  say(`${one.rule} broken as "${one.broken}"${held.join("")}: ${told} (${one.test})`);
  return verdict;
}

function verdictOf({ ran, fallen, otherwise }: Judged): { readonly verdict: Verdict; readonly told: string } {
  if (fallen.length > 0) return { verdict: "failed as it must", told: "test failed as it must" };
  if (otherwise.length > 0) return { verdict: "unfit", told: `NO JUDGEMENT, no assertion failed: ${otherwise[0]}` };
  if (ran === 0) return { verdict: "unfit", told: "NO JUDGEMENT, no test of that title ran" };
  return { verdict: "survived", told: "SURVIVED" };
}

async function judgeAll(breaks: readonly BrokenRule[], databaseUrl: string): Promise<Verdict[]> {
  const waiting = groupsOf(breaks);
  const inOneTree = async (): Promise<Verdict[]> => {
    const tree = openTree();
    const verdicts: Verdict[] = [];
    try {
      for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
        verdicts.push(...(await judgeGroup(tree, databaseUrl, group)));
      }
    } finally {
      tree.end();
    }
    return verdicts;
  };
  return (await Promise.all(Array.from({ length: atOnce }, inOneTree))).flat();
}

async function judgeWithin(folder: string, breaks: readonly BrokenRule[]): Promise<Verdict[]> {
  const started = await startPostgres({ dataFolder: folder, log: say, [withoutFsync]: true });
  if (!started.ok) throw new Error(`no PostgreSQL: ${JSON.stringify(started.failure)}`);
  return judgeAll(breaks, started.value.url).finally(() => started.value.stop());
}

async function main(): Promise<void> {
  const breaks = brokenRules.filter(
    ({ rule, broken }) => wanted.length === 0 || wanted.includes(rule) || wanted.includes(broken),
  );
  const folder = mkdtempSync(join(scratchRoot(), "chungthuc-judge-pg-"));
  const verdicts = await judgeWithin(folder, breaks).finally(() => rmSync(folder, { recursive: true, force: true }));
  const count = (verdict: Verdict) => verdicts.filter((it) => it === verdict).length;
  const unfit = count("unfit") > 0 ? `, ${count("unfit")} without judgement` : "";
  say(`${verdicts.length} judged, ${count("survived")} survived${unfit}`);
  process.exitCode = count("failed as it must") === verdicts.length && verdicts.length > 0 ? 0 : 1;
}

void main();
