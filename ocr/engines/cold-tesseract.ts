import { type ChildProcess, spawn } from "node:child_process";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { Word } from "../pages.ts";
import { wordsOfTsv } from "../words.ts";
import { type EngineFailure, type EngineTask, greymapOf, segmentations, settings, underLimits } from "./engine.ts";

const longestOutputBytes = 16 * 1024 * 1024;

/** One process for one picture: loads the model each time, and runs wherever Tesseract does. */
export function readCold(
  program: string,
  task: EngineTask,
  running: Set<ChildProcess>,
): Promise<Result<readonly Word[], EngineFailure>> {
  const args = ["stdin", "stdout", "-l", "vie", "--oem", "1", "--psm", segmentations[task.layout]];
  const resolution = ["--dpi", String(task.dpi)];
  const child = spawn(
    "/bin/sh",
    [...underLimits(Math.ceil(task.cpuSeconds)), program, ...args, ...resolution, ...settings],
    {
      env: { OMP_THREAD_LIMIT: "1" },
      stdio: ["pipe", "pipe", "ignore"],
    },
  );
  running.add(child);
  return outcome(child, task).finally(() => running.delete(child));
}

function outcome(child: ChildProcess, task: EngineTask): Promise<Result<readonly Word[], EngineFailure>> {
  return new Promise((resolve) => {
    let failure: EngineFailure["code"] = "decoder_died";
    const kill = (code: EngineFailure["code"]) => {
      failure = code;
      child.kill("SIGKILL");
    };
    const cancel = () => kill("read_cancelled");
    const clock = setTimeout(() => kill("decode_timeout"), task.wallSeconds * 1000);
    task.signal.addEventListener("abort", cancel, { once: true });
    if (task.signal.aborted) cancel();
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout?.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > longestOutputBytes) kill("decode_memory");
    });
    child.stdin?.on("error", () => undefined); // it may end before it has read all; the status tells
    child.on("error", () => resolve(fail({ code: "engine_missing" })));
    child.on("close", (status, signal) => {
      if (signal === "SIGXCPU") failure = "decode_timeout";
      clearTimeout(clock);
      task.signal.removeEventListener("abort", cancel);
      resolve(status === 0 ? ok(wordsOfTsv(Buffer.concat(chunks).toString("utf8"))) : fail({ code: failure }));
    });
    child.stdin?.end(greymapOf(task.grey));
  });
}
