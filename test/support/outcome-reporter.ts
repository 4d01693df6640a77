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
  const source = readFileSync(test.module.moduleId, "utf8");
  const lines = source.split("\n");
  for (let it: TestCase | TestSuite | TestModule = test; it.type !== "module"; it = it.parent) {
    if (it.type === "suite" && it.errors().length > 0) return "its suite could not be set up, which counts as failed";
    const condition = /\.(skipIf|runIf)\((.*?)\)\s*(?:\.each)?\(/.exec(lines[(it.location?.line ?? 0) - 1] ?? "");
    if (condition !== null) return inWords(condition[2] ?? "", source);
  }
  return "no reason is written in its file";
}

function inWords(condition: string, source: string): string {
  const names = condition.match(/\b[a-zA-Z]\w*\b/g) ?? [];
  const origins = source
    .split("\n")
    .filter((line) => names.some((name) => new RegExp(`^(?:const|let) .*\\b${name}\\b.* = `).test(line)));
  const said = [condition, ...origins].join("; ");
  const missing = [...said.matchAll(/"([\w.-]+)"/g)].map((match) => match[1] ?? "").filter((tool) => !has(tool));
  if (said.includes("has(") && missing.length > 0) return `not on this machine: ${missing.join(", ")}`;
  return said.includes("CHUNGTHUC_CORPUS") ? "CHUNGTHUC_CORPUS is not set" : said;
}
