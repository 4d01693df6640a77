import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import { programOf } from "./binaries.ts";
import type { LaunchFailure } from "./failure.ts";
import type { Home } from "./home.ts";
import { runToEnd } from "./process.ts";
import type { RunAs } from "./run-as.ts";

/** Owner of everything in the cluster; the service is the only one to sign in. */
export const databaseUser = "chungthuc";

/**
 * The cluster's password, kept in `<data>/keys/postgres-password` (0600), made with the cluster.
 *
 * @param durable false leaves the new files to the system's leisure; for a cluster that a test throws away
 */
export async function ensureCluster(
  home: Home,
  passwordFile: string,
  as: RunAs,
  env: NodeJS.ProcessEnv,
  durable: boolean,
): Promise<Result<{ password: string }, LaunchFailure>> {
  if (existsSync(home.cluster)) {
    if (existsSync(passwordFile)) return ok({ password: readFileSync(passwordFile, "utf8").trim() });
    return fail({ code: "postgres_password_missing", path: passwordFile, waysOut: ["choose_another_data_folder"] });
  }
  const password = randomBytes(24).toString("hex");
  writeSecret(passwordFile, password); // before the cluster: none may exist that no password opens
  const made = await initialise(home, password, as, env, durable);
  return made.ok ? ok({ password }) : made;
}

// Made under another name and renamed when whole: an initdb that is killed halfway leaves no cluster.
async function initialise(
  home: Home,
  password: string,
  as: RunAs,
  env: NodeJS.ProcessEnv,
  durable: boolean,
): Promise<Result<null, LaunchFailure>> {
  const draft = `${home.cluster}.new`;
  const passwordFile = join(home.folder, "initdb-password");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeSecret(passwordFile, password);
  if (as.ownerUid !== null) for (const path of [draft, passwordFile]) chownSync(path, as.ownerUid, as.ownerUid);
  const settings = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--no-instructions"];
  const [file = "", ...args] = [
    ...[...as.prefix, programOf(home.binaries, "initdb"), "-D", draft, "-U", databaseUser],
    ...[`--pwfile=${passwordFile}`, ...settings, ...(durable ? [] : ["--no-sync"])],
  ];
  const ended = await runToEnd(file, args, { ...as.account, env, cwd: home.folder });
  rmSync(passwordFile, { force: true });
  if (ended.status !== 0) {
    return fail({ code: "initdb_failed", detail: ended.output.slice(-2000), waysOut: ["set_database_url"] });
  }
  renameSync(draft, home.cluster);
  if (durable) syncFolder(home.folder);
  return ok(null);
}

function writeSecret(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  const file = openSync(path, "wx", 0o600);
  writeSync(file, `${text}\n`);
  fsyncSync(file);
  closeSync(file);
}

function syncFolder(path: string): void {
  if (process.platform === "win32") return; // folders cannot be opened there
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
