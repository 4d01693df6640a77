import { readFileSync } from "node:fs";

const ticksPerSecond = 100; // USER_HZ, which Linux fixes for what it tells in /proc

/** CPU seconds that a process has used in all its threads, from /proc (proc(5)); null where there is no such file. */
export function cpuSecondsOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in parentheses may hold anything; fields are counted behind it. The 14th and 15th are user and system time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? ticks / ticksPerSecond : null;
  } catch {
    return null;
  }
}
