import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { Word } from "../pages.ts";
import { wordsOfTsv } from "../words.ts";
import { type Engine, type EngineFailure, type EngineTask, greymapOf, type Layout } from "./engine.ts";

const longestOutputBytes = 16 * 1024 * 1024;
const addressKiB = 1536 * 1024;

// The shell's limits hold even when nobody is left to watch: processor time and address space.
const underLimits = 'ulimit -S -t "$1"; ulimit -v "$2" 2>/dev/null || true; shift 2; exec "$@"';

/** Whether this program reads Vietnamese. Asked once, at the start. */
export function readsVietnamese(program: string): boolean {
  const answer = spawnSync(program, ["--list-langs"], { env: {}, timeout: 5000, encoding: "utf8" });
  return answer.status === 0 && answer.stdout.split("\n").includes("vie");
}

/** The machine's own Tesseract, one thread a page: its OpenMP costs two to three times the processor time for nothing. */
export function nativeEngine(program: string): Engine {
  const running = new Set<ChildProcess>();
  return {
    name: "tesseract",
    read: (task) => run(program, task, running),
    stop: () => {
      for (const child of running) child.kill("SIGKILL");
    },
  };
}

const segmentations: Readonly<Record<Layout, string>> = { page: "3", lines: "6", line: "7" };

function run(program: string, task: EngineTask, running: Set<ChildProcess>) {
  const segmentation = segmentations[task.layout];
  const args = ["stdin", "stdout", "-l", "vie", "--oem", "1", "--psm", segmentation, "--dpi", String(task.dpi)];
  const limits = [String(Math.ceil(task.cpuSeconds)), String(addressKiB)];
  const child = spawn(
    "/bin/sh",
    ["-c", underLimits, "sh", ...limits, program, ...args, "-c", "tessedit_create_tsv=1"],
    { env: { OMP_THREAD_LIMIT: "1" }, stdio: ["pipe", "pipe", "ignore"] },
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
