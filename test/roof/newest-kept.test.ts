import { expect, test } from "vitest";
import { newestKept } from "../../src/roof/newest-kept.ts";

/** Tells which were made, in order. */
function openMaker(most: number) {
  const made: string[] = [];
  const kept = newestKept<string>(most);
  const ask = (key: string, of: string, ends = Promise.resolve()) =>
    kept(key, of, async () => {
      made.push(`${key}:${of}`);
      await ends;
      return `${key}:${of}`;
    });
  return { made, ask };
}

test("POST-1: the same is made once however many ask at once, and anew when what it is of changed", async () => {
  const { made, ask } = openMaker(5);
  expect(await Promise.all([ask("a", "1"), ask("a", "1"), ask("b", "1")])).toEqual(["a:1", "a:1", "b:1"]);
  expect(made).toEqual(["a:1", "b:1"]);
  expect(await ask("a", "2")).toBe("a:2");
  await ask("a", "2");
  expect(made).toEqual(["a:1", "b:1", "a:2"]);
});

test("POST-1: beyond so many the one that was made longest ago is forgotten; what failed is made again", async () => {
  const { made, ask } = openMaker(2);
  for (const key of ["a", "b", "a", "c", "b", "a"]) await ask(key, "1");
  expect(made).toEqual(["a:1", "b:1", "c:1", "a:1"]);
  const failing = openMaker(2);
  const broken = [failing.ask("a", "1", Promise.reject(new Error("no font"))), failing.ask("a", "1")];
  expect((await Promise.allSettled(broken)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await failing.ask("a", "1")).toBe("a:1");
});
