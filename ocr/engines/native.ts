import { type ChildProcess, spawnSync } from "node:child_process";
import type { Result } from "../../src/core/kernel.ts";
import type { Word } from "../pages.ts";
import { createPool, type Pool } from "../pool.ts";
import { readCold } from "./cold-tesseract.ts";
import type { Engine, EngineFailure, EngineTask, Layout } from "./engine.ts";
import { startWarm, type WarmTesseract } from "./warm-tesseract.ts";

/** Whether this program reads Vietnamese. Asked once, at the start. */
export function readsVietnamese(program: string): boolean {
  const answer = spawnSync(program, ["--list-langs"], { env: {}, timeout: 5000, encoding: "utf8" });
  return answer.status === 0 && answer.stdout.split("\n").includes("vie");
}

const idleSeconds = 60;

/**
 * The machine's own Tesseract, one thread a page: its OpenMP costs two to three times the processor time for nothing. Kept warm
 * while there is work where the machine has `stdbuf` and such a Tesseract; else, and once a warm one could not start, one process a
 * page.
 *
 * @param processes warm ones side by side, of each layout
 */
export function nativeEngine(tesseract: string, stdbuf: string | null, processes: number): Engine {
  const running = new Set<ChildProcess>();
  let works = stdbuf !== null;
  const poolOf = (layout: Layout) =>
    createPool(
      processes,
      async () => {
        const started = await startWarm({ tesseract, stdbuf: stdbuf ?? "" }, layout);
        works &&= started.ok;
        return started;
      },
      idleSeconds,
    );
  const pools = { page: poolOf("page"), lines: poolOf("lines") };
  const owners = new WeakMap<WarmTesseract, string | null>();
  return {
    name: "tesseract",
    read: async (task) => {
      const read = works ? await readWarm(pools[task.layout], task, owners) : null;
      return read ?? readCold(tesseract, task, running);
    },
    stop: () => {
      for (const pool of Object.values(pools)) pool.stop();
      for (const child of running) child.kill("SIGKILL");
    },
  };
}

/**
 * A process that died over a page may have been tired of those before: the page is tried once more, in a fresh one. Null where that
 * died too: then memory may have no room for the picture, and a cold one gets it through a pipe.
 */
async function readWarm(
  pool: Pool<WarmTesseract>,
  task: EngineTask,
  owners: WeakMap<WarmTesseract, string | null>,
): Promise<Result<readonly Word[], EngineFailure> | null> {
  const use = (warm: WarmTesseract) => {
    owners.set(warm, task.owner);
    return warm.read(task);
  };
  for (let tries = 0; tries < 2; tries += 1) {
    const read = await pool.lend(task.signal, use, (warm) => owners.get(warm) === task.owner);
    if (read.ok || read.failure.code !== "decoder_died") return read;
  }
  return null;
}
