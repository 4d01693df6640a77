import { spawn } from "node:child_process";
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import { programOf } from "./binaries.ts";
import type { LaunchFailure } from "./failure.ts";
import type { Home } from "./home.ts";
import { commandOfProcess, isAlive, isListed, waitUntilGone } from "./process.ts";
import type { RunAs } from "./run-as.ts";

export type RunningServer = { readonly pid: number; readonly port: number };

const logLimitBytes = 8 << 20;
const recoverySeconds = 300; // after a crash the server first replays its log
const stopSeconds = 30;

// A program that took the free port before we did; processes of a killed server that have not yet noticed.
const passing = /could not bind|pre-existing shared memory block/;

/**
 * Starts the server on 127.0.0.1 at a free port, files synced to disk unless `extraSettings` say otherwise.
 * The caller holds the data folder's lock.
 */
export async function startServer(
  home: Home,
  as: RunAs,
  env: NodeJS.ProcessEnv,
  extraSettings: readonly string[],
): Promise<Result<RunningServer, LaunchFailure>> {
  for (let attempt = 1; ; attempt++) {
    const started = await startOnce(home, as, env, [`port=${await freePort()}`, ...extraSettings]);
    if (started.ok || !("detail" in started.failure)) return started;
    if (!passing.test(started.failure.detail) || attempt === 20) return started;
    await sleep(100);
  }
}

/**
 * Fast shutdown: open transactions are rolled back, the rest is written. It can be asked for again.
 *
 * @returns false when the server neither stopped nor could be made to
 */
export async function stopServer(pid: number): Promise<boolean> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return !isAlive(pid);
    }
    if (await waitUntilGone(pid, stopSeconds)) return true;
  }
  return false;
}

/**
 * A server that outlived a killed service is stopped, not taken over: its settings and its tie to the dead process
 * are the old ones, and stopping and starting costs a quarter of a second.
 *
 * @param pgFolder `<data>/pg`, there or not
 */
export async function stopServerLeftBehind(pgFolder: string): Promise<Result<null, LaunchFailure>> {
  if (!existsSync(pgFolder)) return ok(null);
  const cluster = join(realpathSync(pgFolder), "cluster");
  const left = readPostmaster(cluster);
  if (left === null) return ok(null);
  if (commandOfProcess(left.pid).includes(cluster)) {
    if (await stopServer(left.pid)) return ok(null);
    return fail({ code: "postgres_left_behind", pid: left.pid, waysOut: ["choose_another_data_folder"] });
  }
  // PostgreSQL takes over the file of a number that is free, and refuses one that is not: a zombie no one has buried
  // yet, or another program that has the number now.
  for (let waitedMs = 0; isListed(left.pid) && !isAlive(left.pid) && waitedMs < 2000; waitedMs += 20) await sleep(20);
  if (isListed(left.pid)) rmSync(join(cluster, "postmaster.pid"), { force: true });
  return ok(null);
}

async function startOnce(
  home: Home,
  as: RunAs,
  env: NodeJS.ProcessEnv,
  settings: readonly string[],
): Promise<Result<RunningServer, LaunchFailure>> {
  const log = join(home.folder, "server.log");
  const [file = "", ...args] = [
    ...[...as.serverPrefix, programOf(home.binaries, "postgres"), "-D", home.cluster],
    ...[...fixedSettings, ...settings].flatMap((setting) => ["-c", setting]),
  ];
  const output = openSync(log, "a", 0o600);
  if (fstatSync(output).size > logLimitBytes) ftruncateSync(output);
  const logStart = fstatSync(output).size;
  // Its own session: Ctrl-C in the terminal must reach the service, which stops the server last.
  const child = spawn(file, args, {
    ...as.account,
    env,
    cwd: home.folder,
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  child.unref();
  for (let waitedMs = 0; !ended && waitedMs < recoverySeconds * 1000; waitedMs += 10) {
    const found = readPostmaster(home.cluster);
    if (found !== null && found.pid === child.pid && found.ready) return ok({ pid: found.pid, port: found.port });
    await sleep(10);
  }
  if (child.pid !== undefined && !ended) await stopServer(child.pid);
  const detail = readFileSync(log).subarray(logStart).toString("utf8").slice(-2000);
  return fail({ code: "postgres_did_not_start", detail, waysOut: ["set_database_url"] });
}

// Statements and details of errors hold people's names: the log gets neither.
const fixedSettings = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
];

// The file's lines: number, folder, start, port, socket folder, address, shared memory, status.
function readPostmaster(cluster: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
