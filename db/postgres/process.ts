import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Enough for the tools we call, and nothing of the service's own environment: that holds secrets. */
export const plainPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/**
 * Tells one life of a process number from the next: numbers are given again after a restart, in a container soon.
 *
 * @returns null when no process has that number; a zombie counts as gone, since no one may be there to bury it
 */
export function markOfProcess(pid: number): string | null {
  if (!isListed(pid)) return null;
  return process.platform === "linux" ? markFromProc(pid) : markFromPs(pid);
}

/** Whether the number is in use, by a zombie too. */
export function isListed(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it lives, under another account
  }
}

export const isAlive = (pid: number): boolean => markOfProcess(pid) !== null;

/** What the process was started with, arguments joined by blanks; "" where that cannot be read. */
export function commandOfProcess(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** @returns whether the process was gone within that time */
export async function waitUntilGone(pid: number, timeoutSeconds: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < timeoutSeconds * 1000; waitedMs += 10) {
    if (!isAlive(pid)) return true;
    await sleep(10);
  }
  return !isAlive(pid);
}

/** Both streams joined. A program that cannot be started at all has status -1. */
export function runToEnd(
  file: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly uid?: number; readonly gid?: number; readonly cwd?: string },
): Promise<{ status: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { ...options, maxBuffer: 1 << 20 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : (child.exitCode ?? -1);
      resolve({ status, output: `${stdout}${stderr}${status === -1 ? String(error) : ""}` });
    });
  });
}

function markFromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // proc(5): the name before may hold blanks
    if (fields[0] === "Z" || fields[0] === "X") return null;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`; // field 22: start time
  } catch {
    return null;
  }
}

function markFromPs(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "alive"; // no `ps` (Windows): the number alone must do
  }
}
