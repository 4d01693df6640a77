import { expect, test } from "vitest";
import { askedTogether } from "../../src/roof/asked-together.ts";

/** Questions that are answered when the test says so. */
function slowAsking() {
  const asked: (readonly number[])[] = [];
  const answers: ((failing?: Error) => void)[] = [];
  const ask = (keys: readonly number[]) => {
    asked.push(keys);
    return new Promise<ReadonlyMap<number, string>>((resolve, reject) => {
      answers.push((failing) => (failing ? reject(failing) : resolve(new Map(keys.map((key) => [key, `of ${key}`])))));
    });
  };
  return { asked, answers, ask: askedTogether(ask) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("who asks while a question is under way shares the next, which begins after all of them asked", async () => {
  const { asked, answers, ask } = slowAsking();
  const first = ask(1);
  await settled();
  const others = [ask(2), ask(3), ask(2)];
  await settled();
  expect(asked).toEqual([[1]]);
  answers[0]?.();
  expect(await first).toBe("of 1");
  await settled();
  expect(asked).toEqual([[1], [2, 3]]);
  answers[1]?.();
  expect(await Promise.all(others)).toEqual(["of 2", "of 3", "of 2"]);
});

test("a failure is told to those who shared the question, and to nobody after them; what has no answer is null", async () => {
  const { answers, ask } = slowAsking();
  const failing = ask(1);
  await settled();
  const after = ask(2);
  answers[0]?.(new Error("out"));
  await expect(failing).rejects.toThrow("out");
  await settled();
  answers[1]?.();
  expect(await after).toBe("of 2");
  expect(await askedTogether(async () => new Map())(7)).toBeNull();
});

test("who came together is waited for a moment the next time; who comes alone is asked for at once", async () => {
  let moments = 0;
  const asked: (readonly number[])[] = [];
  const ask = askedTogether(
    async (keys: readonly number[]) => {
      asked.push(keys);
      return new Map(keys.map((key) => [key, key]));
    },
    async () => void moments++,
  );
  await ask(1);
  await Promise.all([ask(2), ask(3)]);
  expect([asked, moments]).toEqual([[[1], [2, 3]], 0]);
  await ask(4);
  await ask(5);
  expect([asked.slice(2), moments]).toEqual([[[4], [5]], 1]);
});
