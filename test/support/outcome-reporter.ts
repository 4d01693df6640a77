import { readFileSync, writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";
import { has } from "./tools.ts";

/** What test/run.mjs counts and prints. A file that could not be loaded is one failed test: its tests never ran. */
export type Outcome = {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly { readonly title: string; readonly reason: string }[];
};

/** Writes the outcome of a whole run to the file that `CHUNGTHUC_TEST_OUTCOME` names. */
// biome-ignore lint/style/noDefaultExport: a reporter is loaded by its default export
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env["CHUNGTHUC_TEST_OUTCOME"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(outcomeOf(modules, errors)));
  }
}

function outcomeOf(modules: readonly TestModule[], errors: readonly unknown[]): Outcome {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state: string) => tests.filter((test) => test.result().state === state);
  const broken = modules
    .flatMap((module) => [module, ...module.children.allSuites()])
    .filter((it) => it.errors().length > 0);
  return {
    passed: inState("passed").length,
    failed: [
      ...[...inState("failed"), ...inState("pending")].map(titleOf),
      ...broken.map((it) => `${titleOf(it)} (could not be run)`),
      ...errors.map(() => "an error outside of any test"),
    ],
    skipped: inState("skipped").map((test) => ({ title: titleOf(test), reason: reasonOf(test) })),
  };
}

function titleOf(it: TestCase | TestSuite | TestModule): string {
  return it.type === "module" ? it.relativeModuleId : `${it.module.relativeModuleId} > ${it.fullName}`;
}

/** A reason given at run time, or the condition in the source of the test or of the nearest suite that has one. */
function reasonOf(test: TestCase): string {
  const result = test.result();
  if (result.state === "skipped" && result.note !== undefined) return result.note;
  const broken = around(test).find((it) => it.type !== "test" && it.errors().length > 0);
  if (broken !== undefined) return "it could not be set up, which counts as failed";
  const source = readFileSync(test.module.moduleId, "utf8").split("\n");
  const conditions = around(test).flatMap((it) => conditionAt(it, source) ?? []);
  return conditions[0] === undefined ? "no reason is written in its file" : inWords(conditions[0], source);
}

/** The test, the suites that it stands in, the file. */
function around(it: TestCase | TestSuite | TestModule): readonly (TestCase | TestSuite | TestModule)[] {
  return it.type === "module" ? [it] : [it, ...around(it.parent)];
}

function conditionAt(it: TestCase | TestSuite | TestModule, source: readonly string[]): string | null {
  const line = it.type === "module" ? "" : (source[(it.location?.line ?? 0) - 1] ?? "");
  const [, kind, condition] = conditionForms.map((form) => form.exec(line)).find((match) => match !== null) ?? [];
  if (condition === undefined) return null;
  return kind === "runIf" ? `only where ${condition}` : condition;
}

const conditionForms = [/\.(skipIf|runIf)\((.*?)\)\s*(?:\.each)?\(/, /\{ (skip): (.*?) \}, /];

/** What is missing, where the condition and the constants it is made of tell; else the condition as it is written. */
function inWords(condition: string, source: readonly string[]): string {
  let said = condition;
  for (let depth = 0; depth < 2; depth += 1) {
    const names = new Set(said.match(/\b[a-zA-Z]\w*\b/g) ?? []);
    const made = source.filter((line) => [...names].some((name) => isMadeIn(line, name)));
    said = [condition, ...made.map((line) => line.trim())].join("; ");
  }
  const asked = said.includes("has(") ? [...(said.match(/has\("[^)]*|= \["[^\]]*/g) ?? [])].join() : "";
  const tools = [...asked.matchAll(/"([\w-]+)"/g)].map((match) => match[1] ?? "");
  const missing = [...new Set(tools)].filter((tool) => !has(tool));
  const needsCorpus = said.includes("CHUNGTHUC_CORPUS") && process.env["CHUNGTHUC_CORPUS"] === undefined;
  const wants = [...missing.map((tool) => `${tool} is not on this machine`), ...(needsCorpus ? [corpusIsUnset] : [])];
  return wants.length > 0 ? wants.join(", ") : said;
}

const corpusIsUnset = "CHUNGTHUC_CORPUS is not set";

const isMadeIn = (line: string, name: string) => new RegExp(`^\\s*(?:const|let) [^=]*\\b${name}\\b[^=]* = `).test(line);
