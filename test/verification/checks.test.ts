import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import { guessLimit } from "../../src/roof/guesses.ts";
import { notedChecks } from "../../src/roof/noted-checks.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { doorOf } from "./door.ts";
import { code, facts, publishedSample } from "./sample.ts";

const rule = { misses: 3, windowSeconds: 600, mostAddresses: 2 };
const randomKey = () => new Uint8Array(randomBytes(32));
const anotherCode = "0".repeat(26);

function clockAt(start: string) {
  let at = start as Instant;
  return { now: () => at, pass: (seconds: number) => (at = instantOfSeconds(secondsOf(at) + seconds)) };
}

test("codes cannot be tried: after some that nobody has, the right one is refused too, until the window is over", async () => {
  const clock = clockAt("2026-12-01T02:00:00Z");
  const limit = guessLimit(rule, { now: clock.now, randomKey });
  const guesses = () => ({ refusedForSeconds: () => limit.refusedForSeconds("a"), missed: () => limit.missed("a") });
  const { app, upload } = doorOf(await publishedSample(), { guesses });
  for (let i = 0; i < rule.misses; i++) expect((await app.request(`/v/${anotherCode}`)).status).toBe(404);
  const refused = await app.request(`/v/${code}`);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "600"]);
  expect(await refused.text()).toContain(verificationVi.manyGuessesTitle);
  expect((await upload({ code })).status).toBe(429);
  expect((await upload({})).status).toBe(200); // the file itself is no guess
  clock.pass(600);
  expect((await app.request(`/v/${code}`)).status).toBe(200);
});

test("a mistyped code that is no code counts as no guess", async () => {
  const limit = guessLimit({ ...rule, misses: 1 }, { ...clockAt("2026-12-01T02:00:00Z"), randomKey });
  const guesses = () => ({ refusedForSeconds: () => limit.refusedForSeconds("a"), missed: () => limit.missed("a") });
  const { app } = doorOf(await publishedSample(), { guesses });
  expect((await app.request("/v/not-a-code")).status).toBe(400);
  expect((await app.request(`/v/${code}`)).status).toBe(200);
});

test("who guesses is forgotten: beyond a bound the first, at midnight in Vietnam everybody, with the key of the day", () => {
  const clock = clockAt("2026-12-01T16:58:00Z");
  const keys: unknown[] = [];
  const newKey = () => {
    const key = randomKey();
    keys.push(key);
    return key;
  };
  const limit = guessLimit({ ...rule, misses: 1 }, { now: clock.now, randomKey: newKey });
  for (const address of ["a", "b", "c"]) limit.missed(address);
  expect(["a", "b", "c"].map((address) => limit.refusedForSeconds(address) === null)).toEqual([true, false, false]);
  clock.pass(120);
  expect(["b", "c"].map((address) => limit.refusedForSeconds(address))).toEqual([null, null]);
  limit.missed("b");
  expect(keys.length).toBe(2);
});

test("a check is noted with the copy and the door; a page fetched ahead, a head, an unknown code are not", async () => {
  const noted: unknown[] = [];
  const noteCheck = (...check: unknown[]) => noted.push(check);
  const { app, upload } = doorOf(await publishedSample(), { noteCheck, knowsIdentity: true });
  await app.request(`/v/${code}`, { method: "HEAD" });
  await app.request(`/v/${code}`, { headers: { "sec-purpose": "prefetch" } });
  await app.request(`/v/${anotherCode}`);
  expect(noted).toEqual([]);
  await app.request(`/v/${code}`);
  await upload({ code });
  await upload({});
  const byFile = [facts.statusIndex, "file"];
  expect(noted).toEqual([[facts.statusIndex, "link"], byFile, byFile]);
});

test("checks are kept once a copy, door and minute, together, in bounded memory, and given up when the store is out", async () => {
  const clock = clockAt("2026-12-01T02:00:10Z");
  const kept: unknown[][] = [];
  const lost: number[] = [];
  let isOut = false;
  const keep = async (checks: readonly unknown[]) => {
    if (isOut) throw new Error("out");
    kept.push([...checks]);
  };
  const checks = notedChecks({ now: clock.now, keep, onLost: (count) => lost.push(count), later: () => undefined });
  for (let i = 0; i < 5; i++) checks.note(7, "link");
  checks.note(7, "file");
  clock.pass(60);
  checks.note(7, "link");
  await checks.flush();
  expect(kept).toEqual([
    [
      { statusIndex: 7, door: "link", at: "2026-12-01T02:00:00Z" },
      { statusIndex: 7, door: "file", at: "2026-12-01T02:00:00Z" },
      { statusIndex: 7, door: "link", at: "2026-12-01T02:01:00Z" },
    ],
  ]);
  isOut = true;
  for (let i = 0; i < 10_001; i++) checks.note(i, "link");
  await checks.flush();
  expect(lost).toEqual([1, 10_000]);
});
