import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { fail, type Instant, utf8 } from "../../src/core/kernel.ts";
import { type Examiner, type ExaminerBounds, openExaminer } from "../../src/wiring/examiner.ts";
import { inBuild } from "../support/in-build.ts";

const hostile = pathToFileURL(inBuild("test/attacks/children/hostile-examiner.ts"));
const against = { anchors: [], at: "2026-11-22T00:00:00Z" as Instant };
const stopped = fail({ code: "examiner_stopped" });
const busy = fail({ code: "examiner_busy" });
const opened: Examiner[] = [];

function examiner(bounds: Partial<ExaminerBounds> = {}): (text: string) => ReturnType<Examiner["examine"]> {
  const one = openExaminer({ processes: 1, waiting: 1, seconds: 10, growthMiB: 200, ...bounds }, hostile);
  opened.push(one);
  return (text) => one.examine(utf8(text), against);
}

afterEach(() => {
  for (const one of opened.splice(0)) one.stop();
});

describe("decision 17: a stranger's file is examined where it can be stopped", () => {
  test("one that takes too long is stopped on time, one that takes too much memory near its bound; the next is examined", async () => {
    const examine = examiner({ seconds: 2 });
    const began = performance.now();
    expect(await examine("hang")).toEqual(stopped);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(await examine("hog")).toEqual(stopped);
    expect(await examine("fine")).toMatchObject({ ok: true, value: { code: "UNSIGNED" } });
  }, 60_000);

  test("one that ends its examiner, or makes it talk nonsense, has said nothing", async () => {
    const examine = examiner();
    expect(await examine("die")).toEqual(stopped);
    expect(await examine("lie")).toEqual(stopped);
    expect(await examine("fine")).toMatchObject({ ok: true });
  }, 60_000);

  test("while files are examined the service's own thread is free", async () => {
    const examine = examiner({ seconds: 1 });
    await examine("fine");
    let ticks = 0;
    const clock = setInterval(() => {
      ticks += 1;
    }, 20);
    await examine("hang");
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(3); // of fifty on a quiet machine; an own thread that is taken lets none through
  }, 60_000);

  test("more than may wait are told to come again, and those who wait are answered", async () => {
    const examine = examiner({ waiting: 1 });
    const answers = await Promise.all([examine("slow"), examine("slow"), examine("slow"), examine("slow")]);
    expect(answers.map((answer) => (answer.ok ? "examined" : answer))).toEqual(["examined", "examined", busy, busy]);
    expect(await examine("fine")).toMatchObject({ ok: true });
  }, 60_000);
});
