import { fail, ok } from "../../src/core/kernel.ts";
import { type Child, entryBeside, startChild } from "../child.ts";
import { createPool } from "../pool.ts";
import { wordsOfAnswer } from "../words.ts";
import { type Engine, type EngineTask, greymapOf } from "./engine.ts";

const idleSeconds = 300;

/** tesseract.js in its own processes, started when first wanted and kept warm for a while: starting costs half a second, 290 MB each. */
export function embeddedEngine(processes: number): Engine {
  const kind = { entry: entryBeside(import.meta.url, "read-worker"), heapMiB: 512, growthMiB: 512 };
  const pool = createPool(processes, () => startChild(kind), idleSeconds);
  return {
    name: "tesseract.js",
    read: (task) => pool.lend(task.signal, (child) => readWith(child, task)),
    stop: () => pool.stop(),
  };
}

async function readWith(child: Child, { grey, dpi, layout, signal, cpuSeconds, wallSeconds }: EngineTask) {
  const answer = await child.ask(
    { head: { dpi, layout }, parts: [greymapOf(grey)] },
    { cpuSeconds, wallSeconds, signal },
  );
  if (!answer.ok) return answer;
  const words = wordsOfAnswer(answer.value.head, grey);
  if (words !== null) return ok(words);
  child.kill();
  return fail({ code: "decoder_died" } as const);
}
