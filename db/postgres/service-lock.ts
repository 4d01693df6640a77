import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { LaunchFailure } from "./failure.ts";
import { markOfProcess } from "./process.ts";

export type ServiceLock = { release(): void };

/**
 * One living service a data folder. The lock is a file naming its holder (number and start of life), so a holder that
 * was killed holds nothing. Two machines or two process namespaces over one folder are not seen.
 */
export function takeServiceLock(dataFolder: string): Result<ServiceLock, LaunchFailure> {
  const path = join(dataFolder, "service.pid");
  const mine = `${process.pid} ${markOfProcess(process.pid)}\n`;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    return takeOver(path, draft, mine);
  } finally {
    rmSync(draft, { force: true });
  }
}

function takeOver(path: string, draft: string, mine: string): Result<ServiceLock, LaunchFailure> {
  for (;;) {
    if (linked(draft, path)) return ok({ release: () => releaseLock(path, mine) });
    const found = readOrNull(path);
    if (found === null) continue;
    const pid = Number(found.split(" ")[0]);
    if (found === holderLine(pid)) {
      return fail({
        code: "data_folder_in_use",
        pid,
        waysOut: ["stop_the_other_service", "choose_another_data_folder"],
      });
    }
    removeDeadLock(path, draft, found);
  }
}

// Rename first, look, then delete: between reading and removing, another starter may have put its live lock there.
function removeDeadLock(path: string, draft: string, dead: string): void {
  const aside = `${draft}.dead`;
  try {
    renameSync(path, aside);
  } catch {
    return; // another starter was faster
  }
  if (readOrNull(aside) !== dead) linked(aside, path);
  rmSync(aside, { force: true });
}

function releaseLock(path: string, mine: string): void {
  if (readOrNull(path) === mine) rmSync(path, { force: true });
}

const holderLine = (pid: number): string => `${pid} ${markOfProcess(pid)}\n`;

// link(2) fails when the name is taken and shows the file whole, never half-written.
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
