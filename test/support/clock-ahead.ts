import childProcess, { type ForkOptions } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";

/** How long a process goes on with what it read. */
export const clockReadEveryMs = 50;

/**
 * Only a clock makes a night pass: this process and the authorities that it starts go by one that is ahead of the
 * machine's by the seconds that the file says.
 *
 * @param areRight `others`: what it starts keeps the machine's time, so that the clock of the service alone is wrong
 */
export async function goBy(file: string, areRight: "nobody" | "others"): Promise<void> {
  const source = `import { readFileSync } from "node:fs";
const machine = Date.now;
let [ahead, readAt] = [0, 0];
Date.now = () => {
  const at = machine();
  if (at - readAt > ${clockReadEveryMs}) [ahead, readAt] = [Number(readFileSync(${JSON.stringify(file)}, "utf8")) * 1000, at];
  return at + ahead;
};`;
  const clock = `data:text/javascript,${encodeURIComponent(source)}`;
  await import(clock);
  if (areRight === "others") return;
  const { fork } = childProcess;
  childProcess.fork = ((script: string, args: readonly string[], options: ForkOptions) =>
    fork(script, args, { ...options, execArgv: [...(options.execArgv ?? []), "--import", clock] })) as typeof fork;
  syncBuiltinESMExports();
}
