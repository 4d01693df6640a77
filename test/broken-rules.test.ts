import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { brokenRules } from "../bench/broken-rules/all.ts";

/** The short form of `npm run judge`, which breaks each of these and takes an hour: whether its table still fits the sources. */

const changes = brokenRules.flatMap(({ alsoHeldBy = [], ...one }) => [one, ...alsoHeldBy]);

describe("bench/broken-rules", () => {
  test("what is broken stands exactly once in its file, and something else takes its place", () => {
    const wrong = changes.filter(
      ({ file, was, becomes }) =>
        was === becomes || !existsSync(file) || readFileSync(file, "utf8").split(was).length !== 2,
    );
    expect(wrong.map(({ file, was }) => `${file}: ${was}`)).toEqual([]);
  });

  test("the test that must notice is there, and its title names the rule", () => {
    const wrong = brokenRules.filter(({ rule, test: file, title }) => !existsSync(file) || !title.includes(rule));
    expect(wrong.map(({ test: file, title }) => `${file}: ${title}`)).toEqual([]);
  });

  test("each rule of docs/legal-rules.md is broken", () => {
    const page = readFileSync("docs/legal-rules.md", "utf8");
    const rules = [...page.matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map(([, rule]) => rule);
    expect(rules.filter((id) => !brokenRules.some(({ rule }) => rule === id))).toEqual([]);
  });

  test("no break stands there twice", () => {
    const said = brokenRules.map(({ rule, broken }) => `${rule}: ${broken}`);
    expect(said.filter((one, i) => said.indexOf(one) !== i)).toEqual([]);
  });
});
