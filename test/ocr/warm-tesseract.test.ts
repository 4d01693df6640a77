import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createRequire } from "node:module";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import type { Grey } from "../../ocr/decode/look.ts";
import type { EngineTask } from "../../ocr/engines/engine.ts";
import { nativeEngine } from "../../ocr/engines/native.ts";
import { startWarm, type WarmTesseract } from "../../ocr/engines/warm-tesseract.ts";
import { lineBuffering, nativeTesseract } from "../../ocr/resources.ts";
import { must } from "./fixtures.ts";

const [tesseract, stdbuf] = [nativeTesseract() ?? "", lineBuffering() ?? ""];
const fontfile = createRequire(import.meta.url).resolve("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf");
const started: WarmTesseract[] = [];
const cold = nativeEngine(tesseract, null, 1);

afterAll(() => {
  for (const warm of started) warm.kill();
  cold.stop();
});

/** Lines of invented text (hư cấu) at 200 dpi. */
async function printed(text: string): Promise<Grey> {
  const { data, info } = await sharp({ text: { text, font: "Tinos 14", fontfile, dpi: 200, spacing: 20 } })
    .flatten({ background: "#ffffff" })
    .negate()
    .extend({ top: 60, bottom: 60, left: 60, right: 60, background: "#ffffff" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
}

const task = (grey: Grey, more: Partial<EngineTask> = {}): EngineTask => {
  const { signal } = new AbortController();
  return { grey, dpi: 200, layout: "lines", owner: null, signal, cpuSeconds: 20, wallSeconds: 120, ...more };
};

async function warm(): Promise<WarmTesseract> {
  const begun = must(await startWarm({ tesseract, stdbuf }, "lines"));
  started.push(begun);
  return begun;
}

const [one, other] = await Promise.all([
  printed("Họ và tên: Nguyễn Mẫu Đơn"),
  printed("Số: 12/2019\nTỉnh Vĩnh Hư Cấu"),
]);

describe.skipIf(tesseract === "" || stdbuf === "")("a Tesseract that is kept warm", () => {
  test("reads each picture as a fresh one does, whatever was read before it", async () => {
    const reader = await warm();
    for (const grey of [one, other, one]) expect(await reader.read(task(grey))).toEqual(await cold.read(task(grey)));
    expect(must(await reader.read(task(other))).map(({ text }) => text)).toContain("12/2019");
  });

  test("an empty picture has no words, in either layout: the mark behind a picture is its last row", async () => {
    const empty: Grey = { width: 200, height: 100, pixels: new Uint8Array(20_000).fill(255) };
    for (const layout of ["page", "lines"] as const) {
      const reader = must(await startWarm({ tesseract, stdbuf }, layout));
      started.push(reader);
      for (const grey of [empty, one, empty]) expect((await reader.read(task(grey, { layout }))).ok).toBe(true);
      expect(must(await reader.read(task(empty, { layout })))).toEqual([]);
    }
  });

  test("decision 15: no path leads to the picture that it reads", async () => {
    await warm();
    const isOurs = (path: string) => /chungthuc-[0-9a-f-]{36}$/.test(path);
    expect(readdirSync("/dev/shm").filter(isOurs)).toEqual([]);
    const held = readdirSync("/proc/self/fd").map((fd) => linkOf(`/proc/self/fd/${fd}`));
    expect(held.filter((path) => path.includes("(deleted)")).length).toBeGreaterThan(1);
    expect(held.filter(isOurs)).toEqual([]);
  });

  test("decision 17: what is cancelled, or waits beyond its time, ends the process; the next begins anew", async () => {
    const cancelled = await warm();
    const going = cancelled.read(task(one, { signal: AbortSignal.timeout(1) }));
    expect(await going).toEqual({ ok: false, failure: { code: "read_cancelled" } });
    expect(cancelled.isAlive()).toBe(false);
    const late = await warm();
    expect(await late.read(task(one, { wallSeconds: 0.001 }))).toEqual({
      ok: false,
      failure: { code: "decode_timeout" },
    });
    expect(await late.read(task(one))).toEqual({ ok: false, failure: { code: "decoder_died" } });
  });

  test("a page whose process was killed under it is read by another, and the pages after it too", async () => {
    const engine = nativeEngine(tesseract, stdbuf, 1);
    must(await engine.read(task(one)));
    const reading = engine.read(task(other));
    killChildren();
    expect(must(await reading).map(({ text }) => text)).toContain("12/2019");
    expect(must(await engine.read(task(one))).map(({ text }) => text)).toContain("Nguyễn");
    engine.stop();
    expect(await engine.read(task(one))).toEqual({ ok: false, failure: { code: "read_cancelled" } });
  });

  test("decision 17: a process that read one person's pages never reads another's, and goes on reading the first one's", async () => {
    const engine = nativeEngine(tesseract, stdbuf, 1);
    must(await engine.read(task(one, { owner: "a" })));
    const [first] = ourChildren();
    must(await engine.read(task(other, { owner: "a" })));
    expect(ourChildren()).toEqual([first]);
    expect(must(await engine.read(task(other, { owner: "b" }))).map(({ text }) => text)).toContain("12/2019");
    await expect.poll(ourChildren).not.toContain(first);
    engine.stop();
  });

  test("where a warm one cannot start, one process a page reads", async () => {
    const engine = nativeEngine(tesseract, "/nowhere/stdbuf", 1);
    expect(must(await engine.read(task(one))).map(({ text }) => text)).toContain("Nguyễn");
    engine.stop();
  });
});

/** Every living Tesseract that this process began. */
const ourChildren = (): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isOurChild(statOf(name)))
    .map(Number);

function isOurChild(stat: string): boolean {
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return stat.includes("(tesseract)") && state !== "Z" && Number(parent) === process.pid;
}

function killChildren(): void {
  for (const pid of ourChildren()) process.kill(pid, "SIGKILL");
}

const statOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return ""; // it has ended since
  }
};

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return ""; // the descriptor by which the folder itself was listed
  }
};
