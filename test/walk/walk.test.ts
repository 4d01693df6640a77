import { expect, test } from "vitest";
import { walk } from "./walk.ts";

const asked = (name: string, usual: number): number => Number(process.env[`CHUNGTHUC_WALK_${name}`] ?? usual);

const steps = asked("STEPS", 1500);
const walked = { seed: asked("SEED", 1), steps, workers: asked("WORKERS", 64), crashIn: asked("CRASH_IN", 40) };

test(`REG-1, REG-2, SIGN-1, DESIGN decision 7: ${steps} steps of officials who err, ${walked.workers} at once, dying in between`, {
  timeout: 60_000 + steps * 100,
}, async () => {
  const began = performance.now();
  const { findings, ends, crashes } = await walk(walked);
  if (steps > 10_000) {
    const seconds = (performance.now() - began) / 1000;
    const lines = [...ends].toSorted().map(([end, count]) => `${String(count).padStart(8)}  ${end}`);
    process.stdout.write(`${lines.join("\n")}\n${crashes} deaths, ${(steps / seconds).toFixed(0)} steps a second\n`);
  }
  expect(findings, `CHUNGTHUC_WALK_SEED=${walked.seed}`).toEqual([]);
  expect(ends.get("go on: done") ?? 0).toBeGreaterThan(steps / 8);
});
