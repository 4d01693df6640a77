import { spawnSync } from "node:child_process";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { LaunchFailure } from "./failure.ts";
import { plainPath } from "./process.ts";

export type Identity = "self" | "namespace" | "nobody";

/** How a program of PostgreSQL is started so that it does not see uid 0. */
export type RunAs = {
  readonly identity: Identity;
  /** Words put before the program's own. */
  readonly prefix: readonly string[];
  /** The same for the server: the system ends it when this process is gone, even by SIGKILL, where it can. */
  readonly serverPrefix: readonly string[];
  /** Set for spawn when another account is taken. */
  readonly account: { readonly uid?: number; readonly gid?: number };
  /** Who must own the cluster's files, as this process sees it; null where files have no owner number. */
  readonly ownerUid: number | null;
};

const nobody = 65_534; // a number, not an account: files and processes may carry it unlisted

/**
 * PostgreSQL refuses to run as root. A user namespace without a mapping hides uid 0 from it while its files stay
 * root's, also below a folder only root may enter; no account is made or changed.
 *
 * @param allowed tried in this order; a process that is not root is always `self`
 */
export function chooseIdentity(allowed: readonly Identity[]): Result<RunAs, LaunchFailure> {
  const uid = process.geteuid?.() ?? null;
  if (uid !== 0) return ok(runAs("self", [], {}, uid));
  if (allowed.includes("namespace") && answers(["unshare", "-U", "--", "sh", "-c", 'test "$(id -u)" != 0'], {})) {
    return ok(runAs("namespace", ["unshare", "-U", "--"], {}, uid));
  }
  const account = { uid: nobody, gid: nobody };
  if (allowed.includes("nobody") && answers(["true"], account)) return ok(runAs("nobody", [], account, nobody));
  return fail({
    code: "root_cannot_run_postgres",
    waysOut: ["run_as_ordinary_user", "set_database_url", "allow_user_namespaces"],
  });
}

/** Whether that identity may enter the folder and read the file; asked of the system, not worked out from modes. */
export const canReach = (as: RunAs, folder: string, file: string): boolean =>
  answers([...as.prefix, "sh", "-c", 'cd "$1" && test -r "$2"', "sh", folder, file], as.account);

function runAs(identity: Identity, prefix: string[], account: RunAs["account"], ownerUid: number | null): RunAs {
  const tied = ["setpriv", "--pdeathsig", "INT", "--"];
  const serverPrefix = answers([...prefix, ...tied, "true"], account) ? [...prefix, ...tied] : prefix;
  return { identity, prefix, serverPrefix, account, ownerUid };
}

function answers(command: readonly string[], account: RunAs["account"]): boolean {
  const [file = "", ...args] = command;
  return spawnSync(file, args, { ...account, env: { PATH: plainPath }, stdio: "ignore" }).status === 0;
}
