import { readdirSync, readFileSync } from "node:fs";

const ticks = 100; // a second; USER_HZ of Linux

/** CPU seconds of this process's children that run such a program, and of those that they waited for; Linux only. */
export function cpuSecondsOfChildren(...programs: readonly string[]): number {
  return (
    childrenOf(process.pid)
      .filter((pid) => programs.some((program) => commandOf(pid).includes(program)))
      .reduce((sum, pid) => sum + ticksOf(pid), waitedFor()) / ticks
  );
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // it has ended
  }
};

const commandOf = (pid: number) => textOf(`/proc/${pid}/cmdline`);
const fieldsOf = (pid: number | "self") =>
  textOf(`/proc/${pid}/stat`)
    .replace(/^.*\) /, "")
    .split(" ")
    .map(Number);

const childrenOf = (pid: number): readonly number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    textOf(`/proc/${pid}/task/${task}/children`)
      .split(" ")
      .filter((one) => one !== "")
      .map(Number),
  );

const ticksOf = (pid: number): number =>
  fieldsOf(pid)
    .slice(11, 15)
    .reduce((a, b) => a + b, 0);

// Programs that have ended by now, as the machine's own reader has: cutime and cstime of this process. proc(5).
const waitedFor = (): number =>
  fieldsOf("self")
    .slice(13, 15)
    .reduce((a, b) => a + b, 0);
