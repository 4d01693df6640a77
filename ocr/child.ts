import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fail, ok, type Result } from "../src/core/kernel.ts";
import { cpuSecondsOf } from "./cpu-time.ts";
import { encodeFrame, type Frame, frameCollector } from "./frames.ts";
import { residentBytes } from "./resident-memory.ts";

/** How a decoder process can fail its asker. None says anything about the document except that it could not be read here. */
export type ChildFailure = { code: "decode_timeout" | "decode_memory" | "decoder_died" | "read_cancelled" };

export type ChildKind = {
  /** The file that the child runs; sources (`.ts`) and compiled code both do. */
  readonly entry: URL;
  /** JavaScript heap of the child. */
  readonly heapMiB: number;
  /** Growth of resident memory over the child's warm idle after which it is killed. */
  readonly growthMiB: number;
};

/**
 * `cpuSeconds`: what the child may compute for one question, in all its threads; where a system does not tell it, only the
 * clock counts. `wallSeconds` ends a child that waits for something that never comes: on a busy machine an honest page takes
 * many times its CPU time.
 */
export type AskLimits = {
  readonly cpuSeconds?: number;
  readonly wallSeconds: number;
  readonly signal?: AbortSignal | undefined;
};

/** For one question to a decoder: opening, looking at a page, making a page. A hostile file costs no more (ADR 0044). */
export const decoderStep = { cpuSeconds: 8, wallSeconds: 60 } as const;

/** One decoder process. It answers one question at a time, in order; after any failure it is dead. */
export type Child = {
  ask(
    question: { head: unknown; parts: readonly Uint8Array[] },
    limits: AskLimits,
  ): Promise<Result<Frame, ChildFailure>>;
  /** SIGKILL: there is nothing in a decoder worth a farewell. */
  kill(): void;
  readonly isAlive: () => boolean;
  readonly pid: number;
  /** Highest resident memory seen, and that at warm idle. */
  readonly memory: () => { idleBytes: number; peakBytes: number };
};

const startSeconds = 30;
const memoryLookMs = 20;
const cpuLookMs = 100;

/**
 * Starts `node` on an entry file with an empty environment: no secret can leak from what is not there. Questions go in by
 * standard input, answers come back by descriptor 3, so that nothing a library prints can be taken for an answer.
 * The child ends itself when its parent is gone (end-with-parent.ts).
 */
export async function startChild(kind: ChildKind): Promise<Result<Child, ChildFailure>> {
  const process = spawnNode(kind);
  const state: State = { process, pending: null, alive: true, idleBytes: 0, peakBytes: 0, growthMiB: kind.growthMiB };
  listen(state);
  const child = childOf(state);
  const ready = await waitFor(state, { wallSeconds: startSeconds });
  if (!ready.ok) return ready;
  state.idleBytes = residentBytes(child.pid) ?? 0;
  setReferenced(state, false);
  return ok(child);
}

type State = {
  readonly process: ChildProcess;
  readonly growthMiB: number;
  pending: ((answer: Result<Frame, ChildFailure>) => void) | null;
  alive: boolean;
  idleBytes: number;
  peakBytes: number;
};

/** `name` in the folder of `base`, with its extension: sources start sources, compiled code starts compiled code. */
export const entryBeside = (base: string, name: string): URL =>
  new URL(`./${name}${base.endsWith(".ts") ? ".ts" : ".js"}`, base);

function spawnNode({ entry, heapMiB }: ChildKind): ChildProcess {
  const file = fileURLToPath(entry);
  const loader = file.endsWith(".ts") ? ["--import", loaderUrl()] : [];
  const flags = [`--max-old-space-size=${heapMiB}`, "--no-warnings", ...loader];
  return spawn(process.execPath, [...flags, file, String(process.pid)], {
    env: {},
    stdio: ["pipe", "ignore", "ignore", "pipe"],
    windowsHide: true,
  });
}

// Development only: the sources run as they are. Compiled code never comes here.
const loaderUrl = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

function listen(state: State): void {
  const { process } = state;
  const answers = process.stdio[3] as Socket;
  const collect = frameCollector((frame) => settle(state, ok(frame)));
  answers.on("data", (chunk: Buffer) => {
    try {
      collect(chunk);
    } catch {
      end(state, "decoder_died"); // an answer that does not add up: the decoder is no longer ours
    }
  });
  for (const stream of [answers, process.stdin]) stream?.on("error", () => end(state, "decoder_died"));
  process.on("error", () => end(state, "decoder_died"));
  process.on("exit", () => end(state, "decoder_died"));
}

function settle(state: State, answer: Result<Frame, ChildFailure>): void {
  const pending = state.pending;
  state.pending = null;
  pending?.(answer);
}

function end(state: State, code: ChildFailure["code"]): void {
  if (state.alive) {
    state.alive = false;
    state.process.kill("SIGKILL");
  }
  settle(state, fail({ code }));
}

function childOf(state: State): Child {
  return {
    pid: state.process.pid ?? -1,
    isAlive: () => state.alive,
    kill: () => end(state, "read_cancelled"),
    memory: () => ({ idleBytes: state.idleBytes, peakBytes: state.peakBytes }),
    ask: async (question, limits) => {
      if (!state.alive) return fail({ code: "decoder_died" });
      if (limits.signal?.aborted) return fail({ code: "read_cancelled" });
      setReferenced(state, true);
      const answer = waitFor(state, limits);
      for (const part of encodeFrame(question)) state.process.stdin?.write(part);
      const settled = await answer;
      if (state.alive) setReferenced(state, false);
      return settled;
    },
  };
}

// Time, memory and cancelling all end the same way: by SIGKILL, which native code and endless WASM loops obey too.
function waitFor(state: State, { cpuSeconds, wallSeconds, signal }: AskLimits): Promise<Result<Frame, ChildFailure>> {
  return new Promise((resolve) => {
    const cancel = () => end(state, "read_cancelled");
    const clock = setTimeout(() => end(state, "decode_timeout"), wallSeconds * 1000);
    const memory = setInterval(() => watchMemory(state), memoryLookMs);
    const cpu = cpuSeconds === undefined ? undefined : setInterval(cpuWatch(state, cpuSeconds), cpuLookMs);
    signal?.addEventListener("abort", cancel, { once: true });
    state.pending = (answer) => {
      clearTimeout(clock);
      clearInterval(memory);
      clearInterval(cpu);
      signal?.removeEventListener("abort", cancel);
      resolve(answer);
    };
  });
}

function cpuWatch(state: State, cpuSeconds: number): () => void {
  const pid = state.process.pid ?? -1;
  const before = cpuSecondsOf(pid);
  return () => {
    const now = before === null ? null : cpuSecondsOf(pid);
    if (before !== null && now !== null && now - before > cpuSeconds) end(state, "decode_timeout");
  };
}

function watchMemory(state: State): void {
  const resident = residentBytes(state.process.pid ?? -1);
  if (resident === null) return;
  state.peakBytes = Math.max(state.peakBytes, resident);
  if (state.idleBytes > 0 && resident > state.idleBytes + state.growthMiB * 1024 * 1024) end(state, "decode_memory");
}

// An idle decoder must not keep the service from ending.
function setReferenced(state: State, referenced: boolean): void {
  const { process } = state;
  const handles = [process, process.stdin as Socket | null, process.stdio[3] as Socket | null];
  for (const handle of handles) {
    if (referenced) handle?.ref();
    else handle?.unref();
  }
}
