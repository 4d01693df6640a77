import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** What ran. `fallen`: tests that an assertion failed. `otherwise`: what failed of itself, with its first line. */
export type Judged = {
  readonly ran: number;
  readonly fallen: readonly string[];
  readonly otherwise: readonly string[];
};

type Thrown = { readonly name?: string; readonly message?: string; readonly cause?: unknown };

/** Writes what became of the tests to the file that `CHUNGTHUC_JUDGED` names. */
// biome-ignore lint/style/noDefaultExport: a reporter is loaded by its default export
export default class JudgeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env["CHUNGTHUC_JUDGED"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(judgedOf(modules, errors)));
  }
}

function judgedOf(modules: readonly TestModule[], errors: readonly unknown[]): Judged {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const ran = tests.filter((test) => ["passed", "failed"].includes(test.result().state));
  const failures = ran.map((test) => ({ title: test.fullName, thrown: test.result().errors ?? [] }));
  const failed = failures.filter(({ thrown }) => thrown.length > 0);
  const fallen = failed.filter(({ thrown }) => thrown.some(isAssertion));
  const around = modules.flatMap((module) => [module, ...module.children.allSuites()]).flatMap((it) => it.errors());
  return {
    ran: ran.length,
    fallen: fallen.map(({ title }) => title),
    otherwise: [
      ...failed.filter((it) => !fallen.includes(it)).flatMap(({ thrown }) => thrown),
      ...around,
      ...errors,
    ].map(firstLine),
  };
}

/** A property's failure has the assertion as its cause. */
function isAssertion(thrown: unknown): boolean {
  if (typeof thrown !== "object" || thrown === null) return false;
  const { name, cause } = thrown as Thrown;
  return name === "AssertionError" || isAssertion(cause);
}

function firstLine(thrown: unknown): string {
  const { name, message } = thrown as Thrown;
  return `${name ?? "Error"}: ${message ?? String(thrown)}`.split("\n")[0] ?? "";
}
