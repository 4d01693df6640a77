import { spawnSync } from "node:child_process";

const found = new Map<string, boolean>();

/** Whether a program outside npm is on this machine. Tests that need a missing one are skipped and counted by test/run.mjs. */
export function has(tool: string): boolean {
  const known = found.get(tool);
  if (known !== undefined) return known;
  const answer = spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
  found.set(tool, answer);
  return answer;
}

/** Runs a program to its end; both streams joined, as people would read it. */
export function run(tool: string, args: readonly string[], input?: Uint8Array): { status: number; output: string } {
  const ended = spawnSync(tool, args, { input, maxBuffer: 64 * 1024 * 1024 });
  return { status: ended.status ?? -1, output: `${ended.stdout.toString()}${ended.stderr.toString()}` };
}
