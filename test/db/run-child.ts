import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { inBuild } from "../support/in-build.ts";

export type RunningChild = {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** The line of that index, once it is printed; rejects when the child ends before. */
  line(index: number): Promise<string>;
  /** SIGKILL, and its end awaited. */
  kill(): Promise<void>;
};

/** @param script in `children` */
export function runChild(script: string, args: readonly string[]): RunningChild {
  const path = inBuild(`test/db/children/${script}`);
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const tell = () => {
    for (const wake of waiting) wake();
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    tell();
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void exited.then(() => {
    ended = true;
    tell();
  });
  const line = (index: number) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines[index];
        if (found === undefined && !ended) return;
        waiting.delete(look);
        if (found !== undefined) resolve(found);
        else reject(new Error(`${script} ended after ${lines.length} lines`));
      };
      waiting.add(look);
      look();
    });
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  return { process: child, lines, line, kill };
}
