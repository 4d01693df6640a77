import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Judged } from "../../test/support/judge-reporter.ts";

const longestMs = 10 * 60_000;

/**
 * Runs those tests of one file, and no other, in that tree. @param titles parts of titles
 *
 * @returns what became of them; nothing ran where vitest itself ended before it told anything
 */
export async function runTests(
  folder: string,
  file: string,
  titles: readonly string[],
  databaseUrl: string,
): Promise<Judged> {
  const scratch = mkdtempSync(join(tmpdir(), "chungthuc-judged-"));
  const told = join(scratch, "judged.json");
  const pattern = [...new Set(titles)].map(escaped).join("|");
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    file,
    "-t",
    pattern,
    "--reporter=./test/support/judge-reporter.ts",
  ];
  const env = { ...process.env, TEST_DATABASE_URL: databaseUrl, CHUNGTHUC_JUDGED: told };
  const said = await ended(spawn(process.execPath, args, { cwd: folder, env, detached: true }));
  try {
    return JSON.parse(readFileSync(told, "utf8")) as Judged;
  } catch {
    return { ran: 0, fallen: [], otherwise: [`vitest told nothing: ${said.trim().split("\n").at(-1)}`] };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const escaped = (title: string) => title.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** With what it printed. Its whole group is ended with it: a service that a test started may have lost who would stop it. */
function ended(child: ReturnType<typeof spawn>): Promise<string> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text) => (said += text));
  const endGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // nobody of the group is left
    }
  };
  const timer = setTimeout(endGroup, longestMs);
  return new Promise((resolve) => {
    child.on("exit", () => {
      clearTimeout(timer);
      endGroup();
      resolve(said);
    });
  });
}
