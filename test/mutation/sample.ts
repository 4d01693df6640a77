import { spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";

// npm run mutation:sample -- [mutants] [seed] [folder…]: draws that many of all mutants by the seed, and lets Stryker try them.

const [count = 300, seed = 1] = process.argv.slice(2, 4).map(Number);
const folders = process.argv.length > 4 ? process.argv.slice(4) : ["signing/format", "signing/examine"];
const out = "data/mutation";
const report = `${out}/sample-${seed}-${count}.json`;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

type Place = { readonly line: number; readonly column: number };
type Drawn = { readonly key: string; readonly range: string };
type Reported = {
  readonly files: Record<string, { readonly mutants: readonly ReportedMutant[] }>;
};
type ReportedMutant = {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: Place; readonly end: Place };
};

const quiet = () => undefined;
const logger = {
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
  ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
};

/** @param base number of the first line: Stryker counts from 0 inside and from 1 in its reports */
function keyOf(file: string, { mutatorName, replacement, location }: Omit<ReportedMutant, "status">, base: number) {
  const place = ({ line, column }: Place) => `${line - base}:${column - base}`;
  return `${file} ${place(location.start)}-${place(location.end)} ${mutatorName} ${replacement}`;
}

/** Ordered by a digest of the seed and the mutant: a larger sample of one seed holds the smaller one. */
async function draw(): Promise<{ readonly all: number; readonly drawn: readonly Drawn[] }> {
  const names = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
  );
  const files = names.toSorted().map((name) => ({ name, mutate: true, content: readFileSync(name, "utf8") }));
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: false };
  const { mutants } = await new Instrumenter(logger).instrument(files, options);
  const ranked = mutants.map(({ fileName, location: { start, end }, ...mutant }) => {
    const file = relative(".", fileName);
    const key = keyOf(file, { ...mutant, location: { start, end } }, 0);
    const range = `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
    return { key, range, rank: hash("sha256", `${seed} ${key}`) };
  });
  const drawn = ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count);
  return { all: mutants.length, drawn };
}

async function main(): Promise<void> {
  const { all, drawn } = await draw();
  mkdirSync(out, { recursive: true });
  const { default: base } = (await import(join(process.cwd(), "stryker.config.mjs"))) as { default: object };
  const config = {
    ...base,
    mutate: [...new Set(drawn.map(({ range }) => range))],
    plugins: ["@stryker-mutator/vitest-runner", "./test/mutation/drawn.mjs"],
    checkers: ["drawn"],
    drawn: drawn.map(({ key }) => key),
    warnings: { unknownOptions: false, slow: false },
    incrementalFile: `${out}/sample-${seed}-${count}.incremental.json`,
    reporters: ["json", "survivors", "progress-append-only"],
    jsonReporter: { fileName: report },
  };
  const configFile = `${out}/sample.config.json`;
  writeFileSync(configFile, JSON.stringify(config));
  const ended = spawnSync("npx", ["stryker", "run", configFile], { stdio: ["ignore", "inherit", "inherit"] });
  if (ended.status === 0) tell(all, new Set(drawn.map(({ key }) => key)));
  process.exitCode = ended.status ?? 1;
}

function tell(all: number, drawn: ReadonlySet<string>): void {
  const { files } = JSON.parse(readFileSync(report, "utf8")) as Reported;
  const counts: Record<string, number> = {};
  for (const [file, { mutants }] of Object.entries(files)) {
    for (const mutant of mutants) {
      if (!drawn.has(keyOf(file, mutant, 1))) continue;
      counts[mutant.status] = (counts[mutant.status] ?? 0) + 1;
    }
  }
  const { Killed: killed = 0, Timeout: timedOut = 0, Survived: survived = 0, NoCoverage: uncovered = 0 } = counts;
  const judged = killed + timedOut + survived + uncovered;
  const share = (killed + timedOut) / judged;
  // Of a proportion: half the width of the interval in which it lies 19 times out of 20.
  const margin = 1.96 * Math.sqrt((share * (1 - share)) / judged);
  say({
    seed,
    mutants: all,
    sample: judged,
    killed: killed + timedOut,
    survived,
    uncovered,
    ...percent(share, margin),
  });
}

const percent = (share: number, margin: number) => ({
  scorePercent: Number((100 * share).toFixed(1)),
  marginPercent: Number((100 * margin).toFixed(1)),
});

void main();
