import { appendFile, mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Context } from "hono";
import type { WebEnv } from "../web/route.ts";
import { beginAttempt } from "../web/throttle.ts";
import type { LookAlikeReport, LookAlikeWorld } from "../web/verification/look-alike.tsx";
import type { House } from "./house.ts";
import { throttleWorld } from "./key-use.ts";

const rule = { name: "look-alike", attempts: 5, windowSeconds: 3600, blockSeconds: 3600 };
const mostBytes = 4 * 1024 * 1024; // some thousand reports: the operator reads them and moves the file away

/** Reports of look-alike sites, one JSON a line in a file for the operator; nothing of who sent them. */
export function lookAlikeWorld(
  house: House,
  dataFolder: string,
  addressOf: (c: Context<WebEnv>) => string,
): LookAlikeWorld {
  const file = join(dataFolder, "reports", "look-alikes.jsonl");
  return {
    now: house.now,
    admit: (c) => beginAttempt(throttleWorld(house), rule, addressOf(c)),
    keep: async (report) => {
      const kept = await append(file, report);
      if (kept)
        house.log.warn("look_alike_reported"); // what was written stays in the file: strangers' text is no log line
      else house.log.warn("look_alikes_unread");
      return kept;
    },
  };
}

async function append(file: string, report: LookAlikeReport): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > mostBytes) return false;
  await appendFile(file, `${JSON.stringify(report)}\n`, { mode: 0o600, flush: true });
  return true;
}
