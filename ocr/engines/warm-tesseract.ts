import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { ChildFailure } from "../child.ts";
import { cpuSecondsOf } from "../cpu-time.ts";
import { tiffHead } from "../headers/tiff-of-one-strip.ts";
import type { Word } from "../pages.ts";
import { wordsOfTsv } from "../words.ts";
import { type EngineTask, type Layout, segmentations, settings, underLimits } from "./engine.ts";
import { type NamelessFile, namelessFile } from "./nameless-file.ts";

const longestOutputBytes = 16 * 1024 * 1024;
const cpuLookMs = 100;
const start = { cpuSeconds: 10, wallSeconds: 60 };

// One process serves so much, then another begins: what one page left behind it cannot outlive long.
const life = { pages: 100, cpuSeconds: 180, hardCpuSeconds: 300 } as const;

/** A Tesseract that keeps its model: pictures in, words out, one at a time. After any failure it is dead. */
export type WarmTesseract = {
  read(task: EngineTask): Promise<Result<readonly Word[], ChildFailure>>;
  kill(): void;
  readonly isAlive: () => boolean;
};

export type Program = { readonly tesseract: string; readonly stdbuf: string };

/**
 * Starts Tesseract on a list of file names that comes by its standard input (`stream_filelist`), each answered by TSV on its standard
 * output: the model is loaded once. Pictures go through a file without a name, in memory where the system has it, so that no path leads
 * to a citizen's page. Behind each picture a white mark is asked for, and its row says that the answer is whole. `stdbuf`
 * keeps that row from waiting in a buffer.
 *
 * @returns `decoder_died` where the machine cannot do so, or its Tesseract does not
 */
export async function startWarm(program: Program, layout: Layout): Promise<Result<WarmTesseract, ChildFailure>> {
  const files = openFiles();
  if (files === null) return fail({ code: "decoder_died" });
  const process = spawnList(program, layout, files);
  const state: State = { process, files, asked: 0, pages: 0, alive: true, pending: null };
  listen(state);
  const { signal } = new AbortController();
  const ready = await ask(state, [], { ...start, signal });
  if (!ready.ok) return ready;
  setReferenced(state, false);
  return ok({
    read: (task) => read(state, task),
    kill: () => end(state, "read_cancelled"),
    isAlive: () => state.alive,
  });
}

type Files = { readonly picture: NamelessFile; readonly mark: NamelessFile };
type Pending = { readonly chunks: Buffer[]; size: number; tail: string; settle: (answer: Answer) => void };
type Answer = Result<string, ChildFailure>;

type State = {
  readonly process: ChildProcess;
  readonly files: Files;
  asked: number;
  pages: number;
  alive: boolean;
  pending: Pending | null;
};

const places = { picture: 3, mark: 4 } as const; // descriptors in the child
const markSide = 40;

function openFiles(): Files | null {
  const [picture, mark] = [namelessFile(), namelessFile()];
  const white = { width: markSide, height: markSide, pixels: new Uint8Array(markSide ** 2).fill(255) };
  if (picture !== null && mark?.write(tiffParts(white, 200))) return { picture, mark };
  picture?.close();
  mark?.close();
  return null;
}

/** Grey of eight bits with its resolution, as it lies in memory: nothing is packed and nothing unpacked. TIFF 6.0 §4. */
function tiffParts({ width, height, pixels }: EngineTask["grey"], dpi: number): readonly Uint8Array[] {
  const head = tiffHead(
    [
      [256, "long", width],
      [257, "long", height],
      [258, "short", 8],
      [259, "short", 1],
      [262, "short", 1], // black is zero
      [277, "short", 1],
      [278, "long", height],
      [282, "rational", dpi],
      [283, "rational", dpi],
      [296, "short", 2], // inches
    ],
    pixels.length,
  );
  return [head, pixels];
}

function spawnList({ tesseract, stdbuf }: Program, layout: Layout, { picture, mark }: Files): ChildProcess {
  const args = ["stdin", "stdout", "-l", "vie", "--oem", "1", "--psm", segmentations[layout]];
  const listed = ["-c", "stream_filelist=1"];
  return spawn(
    "/bin/sh",
    [...underLimits(life.hardCpuSeconds), stdbuf, "-oL", tesseract, ...args, ...settings, ...listed],
    {
      env: { OMP_THREAD_LIMIT: "1" },
      stdio: ["pipe", "pipe", "ignore", picture.descriptor, mark.descriptor],
    },
  );
}

function listen(state: State): void {
  const { process } = state;
  process.stdout?.on("data", (chunk: Buffer) => take(state, chunk));
  for (const stream of [process.stdin, process.stdout]) stream?.on("error", () => end(state, "decoder_died"));
  process.on("error", () => end(state, "decoder_died"));
  process.on("exit", (_status, signal) => end(state, signal === "SIGXCPU" ? "decode_timeout" : "decoder_died"));
}

function take(state: State, chunk: Buffer): void {
  const { pending } = state;
  if (pending === null) {
    end(state, "decoder_died"); // it speaks without being asked
    return;
  }
  pending.chunks.push(chunk);
  pending.size += chunk.length;
  pending.tail = (pending.tail + chunk.toString("latin1")).slice(-100);
  if (pending.size > longestOutputBytes) end(state, "decode_memory");
  // The row of the mark: level, page, four numbers, left, top, width, height, confidence; words have no tabs and no line feeds.
  const row = `\n1\t${state.asked}\t0\t0\t0\t0\t0\t0\t${markSide}\t${markSide}\t-1\t\n`;
  if (pending.tail.endsWith(row)) pending.settle(ok(Buffer.concat(pending.chunks).toString("utf8")));
}

async function read(state: State, task: EngineTask): Promise<Result<readonly Word[], ChildFailure>> {
  if (!state.alive || !state.files.picture.write(tiffParts(task.grey, task.dpi))) {
    end(state, "decoder_died");
    return fail({ code: "decoder_died" });
  }
  const answer = await ask(state, ["picture"], task);
  state.pages += 1;
  const used = cpuSecondsOf(state.process.pid ?? -1) ?? 0;
  if (state.pages >= life.pages || used > life.cpuSeconds) end(state, "read_cancelled");
  return answer.ok ? ok(wordsOfTsv(answer.value)) : answer;
}

type Bounds = Pick<EngineTask, "cpuSeconds" | "wallSeconds" | "signal">;

/** Asks for the picture or nothing, and for the mark; the TSV up to the mark's row. */
function ask(state: State, names: readonly "picture"[], { cpuSeconds, wallSeconds, signal }: Bounds): Promise<Answer> {
  setReferenced(state, true);
  return new Promise((resolve) => {
    const cancel = () => end(state, "read_cancelled");
    const clock = setTimeout(() => end(state, "decode_timeout"), wallSeconds * 1000);
    const cpu = setInterval(cpuWatch(state, cpuSeconds), cpuLookMs);
    signal.addEventListener("abort", cancel, { once: true });
    const settle = (answer: Answer) => {
      clearTimeout(clock);
      clearInterval(cpu);
      signal.removeEventListener("abort", cancel);
      state.pending = null;
      if (state.alive) setReferenced(state, false);
      resolve(answer);
    };
    state.pending = { chunks: [], size: 0, tail: "", settle };
    state.asked += names.length + 1;
    if (signal.aborted) cancel();
    if (state.alive)
      state.process.stdin?.write([...names, "mark" as const].map((name) => `/dev/fd/${places[name]}\n`).join(""));
  });
}

function cpuWatch(state: State, cpuSeconds: number): () => void {
  const pid = state.process.pid ?? -1;
  const before = cpuSecondsOf(pid) ?? 0;
  return () => {
    if ((cpuSecondsOf(pid) ?? 0) - before > cpuSeconds) end(state, "decode_timeout");
  };
}

function end(state: State, code: ChildFailure["code"]): void {
  if (state.alive) {
    state.alive = false;
    state.process.kill("SIGKILL");
    state.files.picture.close();
    state.files.mark.close();
  }
  state.pending?.settle(fail({ code }));
}

// An idle engine must not keep the service from ending.
function setReferenced({ process }: State, referenced: boolean): void {
  for (const handle of [process, process.stdin as Socket | null, process.stdout as Socket | null]) {
    if (referenced) handle?.ref();
    else handle?.unref();
  }
}
