import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rulesEn } from "../src/web/words/rules.en.ts";
import { rulesVi } from "../src/web/words/rules.vi.ts";
import { readSources } from "./support/modules.ts";

const page = readFileSync("docs/legal-rules.md", "utf8");
const rows = [...page.matchAll(/^\| ([A-Z]+-?\d+) \|(.*)\|$/gm)].map((row) => {
  const [says = "", source = "", sure = "", file = "", title = ""] = (row[2] ?? "")
    .split("|")
    .map((cell) => cell.trim());
  return { id: row[1] ?? "", says, source, sure, file: file.replaceAll("`", ""), title };
});
const rules = rows.filter(({ id }) => id.includes("-"));
const demands = rows.filter(({ id }) => !id.includes("-"));

/** Compiles only with words for every member of RuleId, so these are all of them. */
const ruleIds = Object.keys(rulesEn);

const testSources = readSources(["test"])
  .filter(({ path }) => /\.test\.tsx?$/.test(path) && path !== "test/legal-rules.test.ts")
  .map(({ path }) => readFileSync(path, "utf8"));
const programIds = readSources(["src", "signing", "ocr", "db"]).flatMap(({ path }) =>
  [
    ...readFileSync(path, "utf8").matchAll(
      /\b(?:COPY|ORIG|DOS|HELP|WITHDRAW|AUTH|SIGN|REG|REFUSE|FEE|DATE|DEADLINE|ONCE|OFFSITE|SOURCE|DISPATCH|VOICE|STAT|DATA|KEEP|SCAN|POST)-\d+\b/g,
    ),
  ].map(String),
);

describe("docs/legal-rules.md", () => {
  test("has one row for every rule that a failure can name", () => {
    expect(rules.map(({ id }) => id)).toEqual([...new Set(rules.map(({ id }) => id))]);
    expect(ruleIds.filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
    expect(Object.keys(rulesVi).toSorted()).toEqual(ruleIds.toSorted());
  });

  test("has a row for every rule that the program speaks of", () => {
    expect([...new Set(programIds)].filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
  });

  test("lists R1 to R18, each with a source, a mark and a state", () => {
    expect(demands.map(({ id }) => id)).toEqual(Array.from({ length: 18 }, (_, i) => `R${i + 1}`));
    for (const { id, says, source, sure, file: state } of demands) {
      expect(
        [says, source, state].every((cell) => cell.length > 5),
        id,
      ).toBe(true);
      expect(sure, id).toMatch(/^\[(C|P|M|M\?|D)\]( \[(C|P|M|M\?|D)\])*$/);
    }
  });

  test("what it calls held by a rule is a rule", () => {
    const named = demands.flatMap(({ file: state }) => [...state.matchAll(/\b[A-Z]+-\d+\b/g)].map(String));
    expect(named.filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
  });

  test("every file that it names is there", () => {
    const named = [...page.matchAll(/`((?:src|signing|ocr|db|test)\/[^`]*)`/g)].map((match) => match[1] ?? "");
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe.each(rules)("$id", ({ id, says, source, sure, file, title }) => {
  test("says what is held, from which article, and how sure that is", () => {
    expect([says.length > 20, source.length > 5]).toEqual([true, true]);
    expect(sure).toMatch(/^\[(C|P|M|M\?|D)\]( \[(C|P|M|M\?|D)\])*$/);
  });

  test("is held by the file named, which says so", () => {
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, "utf8").includes(id), file).toBe(true);
  });

  test("is held by the test named, and its id leads that test's title", () => {
    expect(title.startsWith(`${id}: `), title).toBe(true);
    expect(
      testSources.filter((source) => source.includes(`"${title}`)),
      title,
    ).not.toEqual([]);
  });
});
