import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bytes } from "../../../src/core/kernel.ts";
import { has, run } from "../../support/tools.ts";
import { type OpenPdf, openPdf } from "./open-pdf.ts";
import { everyRule } from "./rules.ts";
import { everyState, type State, states } from "./states.ts";

/** Every requirement of ISO 19005-2 level A that a structural check can tell, on every file that leaves the house. */

let made: Record<State, Bytes>;
const opened = new Map<State, OpenPdf>();
const folder = mkdtempSync(join(tmpdir(), "chungthuc-pdfa-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  made = await everyState();
  for (const state of states) opened.set(state, openPdf(made[state]));
}, 120_000);

describe.each(states)("ISO 19005-2, level A: %s", (state) => {
  test.each(everyRule.map((rule) => ({ ...rule, title: `§${rule.clause}: ${rule.says}` })))("$title", ({
    findings,
  }) => {
    expect(findings(opened.get(state) ?? expect.fail("not made"))).toEqual([]);
  });

  test.skipIf(!has("qpdf"))("qpdf finds no fault and no warning", () => {
    const checked = run("qpdf", ["--check", onDisk(state)]);
    expect(checked.output).toContain("No syntax or stream encoding errors found");
    expect(checked.output).not.toContain("WARNING");
  });

  test.skipIf(!has("mutool"))("mutool draws every page without a warning", () => {
    const { status, output } = run("mutool", ["draw", "-q", "-o", "/dev/null", "-F", "txt", onDisk(state)]);
    expect(status).toBe(0);
    expect(output.replace("warning: ICC support is not available", "")).not.toMatch(/warning|error/);
  });

  test.skipIf(!has("pdffonts"))("pdffonts says embedded, subset and Unicode of each font", () => {
    const rows = run("pdffonts", [onDisk(state)])
      .output.trim()
      .split("\n")
      .slice(2);
    for (const row of rows) expect(row).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
    expect(rows.length).toBeGreaterThanOrEqual(4);
  });
});

function onDisk(state: State): string {
  const path = join(folder, `${states.indexOf(state)}.pdf`);
  writeFileSync(path, made[state]);
  return path;
}
