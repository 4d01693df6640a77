import { expect, test } from "vitest";
import type { Child } from "../../ocr/child.ts";
import type { Engine, EngineFailure } from "../../ocr/engines/engine.ts";
import { nativeEngine } from "../../ocr/engines/native.ts";
import { createPool } from "../../ocr/pool.ts";
import { readWithEngines } from "../../ocr/read-words.ts";

const word = { text: "Số", x: 0, y: 0, width: 9, height: 9, confidence: 90, line: 0, block: 0 };
const decoders = createPool<Child>(0, async () => ({ ok: false, failure: { code: "decoder_died" } }));
const task = (signal = new AbortController().signal) => {
  const grey = { width: 20, height: 20, pixels: new Uint8Array(400).fill(255) };
  return { grey, dpi: 200, layout: "page", owner: null, signal, cpuSeconds: 5, wallSeconds: 60 } as const;
};

function engine(name: Engine["name"], code: EngineFailure["code"] | null, asked: string[]): Engine {
  const read: Engine["read"] = async () => {
    asked.push(name);
    return code === null ? { ok: true, value: [word] } : { ok: false, failure: { code } };
  };
  return { name, read, stop: () => undefined };
}

test("when the machine's Tesseract fails, the embedded one reads, and the answer says which did", async () => {
  const asked: string[] = [];
  const engines = [engine("tesseract", "decoder_died", asked), engine("tesseract.js", null, asked)];
  const read = await readWithEngines({ decoders, engines }, undefined, task());
  expect(read).toEqual({ ok: true, value: { words: [word], engine: "tesseract.js" } });
  expect(asked).toEqual(["tesseract", "tesseract.js"]);
});

test("a cancelled reading asks no second engine; a named engine is tried alone", async () => {
  const asked: string[] = [];
  const engines = [engine("tesseract", "read_cancelled", asked), engine("tesseract.js", null, asked)];
  await readWithEngines({ decoders, engines }, undefined, task(AbortSignal.abort()));
  await readWithEngines({ decoders, engines }, "tesseract", task());
  expect(asked).toEqual(["tesseract", "tesseract"]);
});

test("a Tesseract that is not there, or ends badly, is a failure in words, never an exception", async () => {
  for (const program of ["/nowhere/tesseract", "/bin/false"]) {
    expect(await nativeEngine(program, null, 1).read(task())).toEqual({ ok: false, failure: { code: "decoder_died" } });
  }
});
