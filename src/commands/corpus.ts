import { parseArgs } from "node:util";
import { openReaders } from "../../ocr/readers.ts";
import { fail, type Instant, instantOfSeconds, ok, type Result } from "../core/kernel.ts";
import { type Case, type Done, failed, runAll } from "./corpus/case.ts";
import { limboCases } from "./corpus/limbo.ts";
import { type Entry, isUnchanged, openCorpus } from "./corpus/manifest.ts";
import { nastyCases } from "./corpus/nasty.ts";
import { ocspCases } from "./corpus/ocsp.ts";
import { padesCases } from "./corpus/pades.ts";
import { pkitsCases } from "./corpus/pkits.ts";
import { collectFigures } from "./corpus/reading-figures.ts";
import { type ScanRun, scanCases } from "./corpus/scans.ts";
import { type WebService, webService } from "./corpus/web-service.ts";
import { print, printJson, tell } from "./output.ts";

const usage = "chungthuc corpus DIR [--only FOLDER] [--json]";
const atOnce = 2;

/** `chungthuc corpus`: every case of a corpus through the product. @returns 0 if none failed, else 1 */
export async function corpusCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked.ok) return stop(asked.failure, args.includes("--json"));
  const { folder, only, json } = asked.value;
  const corpus = openCorpus(folder);
  if (!corpus.ok) return stop(corpus.failure, json);
  const readers = openReaders({ processes: atOnce });
  const web = webService();
  try {
    const figures = collectFigures();
    const cases = casesOf({ corpus: corpus.value, readers, figures, web }, only);
    if (cases.length === 0) return stop({ code: "no_such_folder", reason: only ?? folder }, json);
    const done = await runAll(cases, atOnce, json ? () => undefined : tellCase);
    report(done, json, figures.lines());
    return done.some(({ status }) => status === "failed") ? 1 : 0;
  } finally {
    readers.stop();
    await web.stop();
  }
}

type Asked = { readonly folder: string; readonly only: string | null; readonly json: boolean };
type Stopped = { readonly code: string; readonly reason: string };

function readArguments(args: readonly string[]): Result<Asked, Stopped> {
  const options = { only: { type: "string" }, json: { type: "boolean", default: false } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [folder, ...others] = positionals;
    if (folder === undefined || others.length > 0) return fail({ code: "usage", reason: usage });
    return ok({ folder, only: values.only?.replace(/\/+$/, "") ?? null, json: values.json });
  } catch {
    return fail({ code: "usage", reason: usage });
  }
}

type Opened = ScanRun & { readonly web: WebService };

function casesOf(run: Opened, only: string | null): readonly Case[] {
  const { corpus, web } = run;
  const entries = corpus.entries.filter(({ file }) => only === null || file.startsWith(`${only}/`));
  const changed = entries.filter((entry) => !isUnchanged(corpus, entry));
  const whole = entries.filter((entry) => !changed.includes(entry));
  const under = (folder: string) => whole.filter(({ file }) => file.startsWith(`${folder}/`));
  const at: Instant = instantOfSeconds(Math.floor(Date.now() / 1000));
  return [
    ...changed.map(changedCase),
    ...padesCases(corpus, under("pades"), at),
    ...nastyCases(corpus, under("nasty"), web),
    ...scanCases(run, under("scans-vi")),
    ...pkitsCases(corpus, under("pkits")),
    ...limboCases(corpus, under("pkits")),
    ...ocspCases(corpus, under("tsp-ocsp")),
    ...whole.filter(({ file }) => !folders.some((folder) => file.startsWith(`${folder}/`))).map(unknownCase),
  ];
}

const folders = ["pades", "nasty", "scans-vi", "pkits", "tsp-ocsp"];

const changedCase = ({ file }: Entry): Case => ({
  folder: file.replace(/\/.*$/, ""),
  name: file,
  run: async () => failed("", "the file is not the one that the manifest names (SHA-256)"),
});

const unknownCase = ({ file }: Entry): Case => ({
  folder: file.replace(/\/.*$/, ""),
  name: file,
  run: async () => failed("", "no way to run this folder: not built"),
});

const marks = { passed: "  ", failed: "✗ ", not_run: "- " } as const;

function tellCase({ status, name, told, why }: Done): void {
  print(`${marks[status]}${name}: ${[told, why].filter((part) => part !== null && part !== "").join(" | ")}`);
}

function report(done: readonly Done[], json: boolean, reading: readonly string[]): void {
  const counts = countOf(done);
  if (json) {
    const cases = done.map(({ folder, name, status, told, why }) => ({ folder, name, status, told, why }));
    printJson({ version: 1, ...counts, cases, reading });
    return;
  }
  for (const line of reading) print(line);
  for (const folder of [...new Set(done.map((one) => one.folder))]) {
    const { passed, failed: lost, notRun } = countOf(done.filter((one) => one.folder === folder));
    print(`${folder}: ${passed} passed, ${lost} failed, ${notRun} not run`);
  }
  print(`${counts.passed} passed, ${counts.failed} failed`);
}

function countOf(done: readonly Done[]): { passed: number; failed: number; notRun: number } {
  const count = (status: Done["status"]) => done.filter((one) => one.status === status).length;
  return { passed: count("passed"), failed: count("failed"), notRun: count("not_run") };
}

function stop({ code, reason }: Stopped, json: boolean): number {
  if (json) printJson({ version: 1, error: { code, reason } });
  else tell(`${code}: ${reason}`);
  return 1;
}
