import { readdirSync, readFileSync } from "node:fs";

/** Ticks of the kernel's accounting; 100 a second on every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * CPU seconds of a process, of this one unless told, and of all its children, dead ones too: user and system. Linux tells them in `/proc`.
 *
 * @returns null where there is none
 */
export function treeCpuSeconds(pid: number = process.pid): number | null {
  try {
    const children = new Map<number, number[]>();
    const ticks = new Map<number, number>();
    for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) note(Number(name), children, ticks);
    return sum(pid, children, ticks) / ticksPerSecond;
  } catch {
    return null;
  }
}

function note(pid: number, children: Map<number, number[]>, ticks: Map<number, number>): void {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold anything; what follows its last bracket are the fields from the third on.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const parent = Number(fields[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
    ticks.set(
      pid,
      fields.slice(11, 15).reduce((total, field) => total + Number(field), 0),
    );
  } catch {
    // It ended meanwhile: its parent has its time.
  }
}

function sum(pid: number, children: ReadonlyMap<number, number[]>, ticks: ReadonlyMap<number, number>): number {
  const below = children.get(pid) ?? [];
  return (ticks.get(pid) ?? 0) + below.reduce((total, child) => total + sum(child, children, ticks), 0);
}
