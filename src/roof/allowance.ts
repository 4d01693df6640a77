import type { Instant } from "../core/kernel.ts";
import { secondsOf } from "../core/kernel.ts";

export type AllowanceRule = { readonly requests: number; readonly windowSeconds: number };

/** What is left after this request. */
export type Allowed = { readonly allowed: boolean; readonly left: number; readonly resetSeconds: number };

type Line = { since: number; used: number };

/**
 * Counts requests of registered callers in memory, in windows that begin with a caller's first request. Ids come from
 * the database, so there are as many lines as keys; those whose window is over are forgotten with the next new one.
 */
export function allowanceOf({ requests, windowSeconds }: AllowanceRule, now: () => Instant) {
  const lines = new Map<string, Line>();
  const forgetOld = (at: number) => {
    for (const [id, line] of lines) if (at >= line.since + windowSeconds) lines.delete(id);
  };
  return (id: string): Allowed => {
    const at = secondsOf(now());
    const found = lines.get(id);
    const line = found !== undefined && at < found.since + windowSeconds ? found : { since: at, used: 0 };
    if (line !== found) {
      forgetOld(at);
      lines.set(id, line);
    }
    const allowed = line.used < requests;
    if (allowed) line.used += 1;
    return { allowed, left: requests - line.used, resetSeconds: Math.max(1, line.since + windowSeconds - at) };
  };
}
