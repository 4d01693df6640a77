import { beforeAll, describe, expect, test } from "vitest";
import { tooLittle } from "../../src/commands/bench/extent.ts";
import { measuredFigure } from "../../src/commands/bench/figure.ts";
import { sideBySide } from "../../src/commands/bench/side-by-side.ts";
import { benchCommand } from "../../src/commands/bench.ts";
import { has } from "../support/tools.ts";
import { outputOf } from "./output.ts";

const order = ["bench", "ours", "peer", "ratio", "goal", "met", "unit", "pairs"];

async function figuresOf(...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, output } = await outputOf(() => benchCommand(args));
  expect(code).toBe(0);
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("on a tiny input", () => {
  let figures: Record<string, unknown>[];
  beforeAll(async () => {
    figures = await figuresOf("--tiny");
  }, 300_000);
  const figure = (name: string) => figures.find(({ bench }) => bench === name);

  test("PERFORMANCE: every bench of the table has its lines in the format's order; each works and none counts", () => {
    for (const one of figures) expect(Object.keys(one).slice(0, order.length)).toEqual(order);
    const names = new Set(figures.map(({ bench }) => String(bench).split(" ")[0]));
    const table = "read copy seal-b seal-full examine release batch-one batch-many verify api log growth size start";
    expect([...names]).toEqual(table.split(" "));
    for (const { met, missing } of figures) expect([met, typeof missing]).toEqual([false, "string"]);
    for (const name of ["seal-b floor", "seal-full floor", "examine", "release", "batch-one", "log hashing"])
      expect(figure(name)?.["ratio"]).toBeGreaterThan(0);
  });

  test.skipIf(!has("pdfsig"))("PERFORMANCE: pdfsig has nothing against what the sealing benches make", () => {
    const floors = ["seal-b floor", "seal-full floor"].map(figure);
    expect(floors.map((one) => one?.["missing"])).toEqual(["measured on a tiny input", "measured on a tiny input"]);
  });
});

test("PERFORMANCE: one name asks for that bench alone", async () => {
  const figures = await figuresOf("--tiny", "log");
  expect(new Set(figures.map(({ bench }) => String(bench).split(" ")[0]))).toEqual(new Set(["log"]));
});

test("PERFORMANCE: a goal whose peer is missing, or that an objection stands against, is not met whatever the ratio", () => {
  const goal = { bench: "x", goal: ">= 0.5", unit: "u" };
  const measured = { ours: 2, peer: 1, ratio: 2, pairs: 5 };
  expect(measuredFigure(goal, measured, [], null).met).toBe(true);
  expect(measuredFigure(goal, measured, [], "pdfsig finds 0 of 1").met).toBe(false);
  expect(measuredFigure({ ...goal, goal: "<= 0.5" }, measured, [], null).met).toBe(false);
});

test("PERFORMANCE: a ratio of fewer than five pairs is told with their number, and meets no goal", () => {
  expect(tooLittle({ pairs: 2, tiny: false })).toBe("2 of 5 pairs were measured");
  expect(tooLittle({ pairs: 5, tiny: false })).toBeNull();
});

test("PERFORMANCE: ours and the peer are measured in turn, after turns that do not count", async () => {
  const turns: string[] = [];
  const side = (name: string) => async () => turns.push(name);
  await sideBySide({ ours: side("A"), peer: side("B"), documents: 1, pairs: 5, warmUp: { ours: 3, peer: 2 } });
  expect(turns.join("")).toMatch(/^AAABB(AB){5}$/);
});

test.each([
  ["coffee"],
  ["log", "--pairs", "0"],
  ["log", "--pairs", "few"],
  ["growth", "--certificates", "12"],
])("bench refuses what it does not know: %s %s %s", async (...args) => {
  const { code, output } = await outputOf(() => benchCommand(args));
  expect([code, output]).toEqual([1, ""]);
});
