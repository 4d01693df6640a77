import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { hostileTexts } from "./hostile-texts.ts";

const length = 16 * 1024; // a pattern that goes over it once takes a tenth of a millisecond; once for each sign, 100 ms and more
const mostMs = 40;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`);

type Found = { readonly place: string; readonly pattern: RegExp };

function patternsIn(file: string): Found[] {
  const text = readFileSync(file, "utf8");
  const found: Found[] = [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      found.push({ place: file, pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Patterns that would try again, and why nobody can make them. */
const bounded: Readonly<Record<string, string>> = {
  [/\/+$/.source]: "an address that the operator typed",
  [/([A-Z]+_)?(N?D\d)\.ors$/.source]: "names of files that the operator has",
  [/\B(?=(\d{3})+$)/.source]: "the digits of one number",
  [/0+$/.source]: "the digits of one number",
  [/\.?0+$/.source]: "the digits of one number",
  [/^\W*([\p{L}.]*)\s*(\d{1,3})(?:\s*(?:\/|trên|of)\s*(\d{1,3}))?\W*$/u.source]: "longer lines are left out before",
};

const patterns = ["src", "signing", "ocr", "db"].flatMap(filesIn).flatMap(patternsIn);
const repeating = patterns.filter(
  ({ pattern: { source } }) => /[*+]|,\d*\}/.test(source) && !Object.hasOwn(bounded, source),
);

/** Of the process and not of the clock: others work on the machine too. */
function msFor({ pattern }: Found, text: string): number {
  const began = process.cpuUsage();
  if (pattern.global) text.replace(pattern, "");
  else pattern.exec(text);
  return process.cpuUsage(began).user / 1000;
}

const isSlow = (found: Found, text: string) => [1, 2, 3].every(() => msFor(found, text) > mostMs);

describe("what a stranger writes costs a pattern no more than going over it", () => {
  test(`none of ${repeating.length} patterns that repeat tries again for each sign of a text of ${length} signs`, {
    timeout: 120_000,
  }, () => {
    const slow = repeating.flatMap((found) => {
      const text = hostileTexts(found.pattern, length).find((one) => isSlow(found, one));
      return text === undefined ? [] : [`${found.place}: ${found.pattern} at ${JSON.stringify(text.slice(0, 40))}`];
    });
    expect(slow).toEqual([]);
    const written = new Set(patterns.map(({ pattern }) => pattern.source));
    expect(Object.keys(bounded).filter((source) => !written.has(source))).toEqual([]);
  });
});
