import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import { type Child, startChild } from "../../ocr/child.ts";
import { inBuild } from "../support/in-build.ts";
import { must } from "./fixtures.ts";

const entry = pathToFileURL(inBuild("test/ocr/children/hostile.ts"));
const started: Child[] = [];

async function hostile(growthMiB = 256): Promise<Child> {
  const child = must(await startChild({ entry, heapMiB: 64, growthMiB }));
  started.push(child);
  return child;
}

const ask = (child: Child, what: string, wallSeconds = 20, signal?: AbortSignal) =>
  child.ask({ head: { ask: what }, parts: [] }, { wallSeconds, signal });

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!isRunning(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});

test("decision 17: a decoder that hangs is killed on time, and its asker is told so", async () => {
  const child = await hostile();
  const before = performance.now();
  expect(await ask(child, "hang", 1)).toEqual({ ok: false, failure: { code: "decode_timeout" } });
  expect(performance.now() - before).toBeLessThan(3000);
  expect(await isGone(child.pid)).toBe(true);
  expect(child.isAlive()).toBe(false);
});

test("decision 17: a decoder that computes beyond its CPU time is killed, whatever the clock says; one that waits for its turn is not", async () => {
  const child = await hostile();
  const bounds = { cpuSeconds: 1, wallSeconds: 600 };
  const waited = await child.ask({ head: { ask: "wait" }, parts: [] }, bounds);
  expect(waited).toMatchObject({ ok: true, value: { head: { ask: "wait" } } });
  const hung = await child.ask({ head: { ask: "hang" }, parts: [] }, bounds);
  expect(hung).toEqual({ ok: false, failure: { code: "decode_timeout" } });
  expect(await isGone(child.pid)).toBe(true);
});

test("decision 17: a decoder that eats memory is killed near its limit, long before it is out", async () => {
  const child = await hostile(200);
  expect(await ask(child, "hog")).toEqual({ ok: false, failure: { code: "decode_memory" } });
  const { idleBytes, peakBytes } = child.memory();
  expect(peakBytes - idleBytes).toBeLessThan(600 * 1024 * 1024);
  expect(await isGone(child.pid)).toBe(true);
});

test("decision 17: a decoder that dies fails its question, and every later one at once", async () => {
  const child = await hostile();
  const died = { ok: false, failure: { code: "decoder_died" } };
  expect(await ask(child, "die")).toEqual(died);
  expect(await ask(child, "echo")).toEqual(died);
});

test("decision 17: cancelling kills the decoder at work", async () => {
  const child = await hostile();
  const cancel = new AbortController();
  const answer = ask(child, "hang", 20, cancel.signal);
  cancel.abort();
  expect(await answer).toEqual({ ok: false, failure: { code: "read_cancelled" } });
  expect(await isGone(child.pid)).toBe(true);
});

test("decision 17: a decoder has no environment, so no secret of the service", async () => {
  const { head } = must(await ask(await hostile(), "environment"));
  expect(head).toEqual({ names: [] });
});

test("decision 17: what a library prints is never taken for an answer; parts arrive as sent, empty ones too", async () => {
  const child = await hostile();
  const answer = must(await ask(child, "chatter"));
  expect(answer.head).toEqual({ ask: "chatter" });
  expect(answer.parts.map((part) => [...part])).toEqual([[1, 2, 3], []]);
});

test("decision 17: when the service is killed outright, its decoder ends too, even deep in work", async () => {
  const script = inBuild("test/ocr/children/parent.ts");
  const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = await new Promise<number>((resolve) => {
    parent.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  expect(isRunning(pid)).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 300));
  parent.kill("SIGKILL");
  expect(await isGone(pid)).toBe(true);
});
