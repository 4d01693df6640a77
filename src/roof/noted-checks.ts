import { type CheckDoor, minuteOf } from "../core/copy-check.ts";
import type { Instant } from "../core/kernel.ts";

type Noted = { readonly statusIndex: number; readonly door: CheckDoor; readonly at: Instant };

export type NotedChecksWorld = {
  readonly now: () => Instant;
  /** Keeps them, each once. */
  readonly keep: (checks: readonly Noted[]) => Promise<void>;
  readonly onLost: (count: number, error: unknown) => void;
  /** Calls it once, later. */
  readonly later: (act: () => void) => void;
};

const mostWaiting = 10_000; // a minute at 160 different copies a second; beyond it a flood, and none is worth its memory

export type NotedChecks = {
  readonly note: (statusIndex: number, door: CheckDoor) => void;
  /** Everything noted so far is kept, or given up, on return. */
  readonly flush: () => Promise<void>;
};

/**
 * Checks wait in memory for one statement a second: an answer never waits for them, and a crash loses that second of
 * them, which proves nothing to anybody. When the store is out they are given up.
 */
export function notedChecks({ now, keep, onLost, later }: NotedChecksWorld): NotedChecks {
  let waiting = new Map<string, Noted>();
  let lost = 0;
  let isAwaited = false;
  let keeping: Promise<void> = Promise.resolve();
  const keepWaiting = async () => {
    const checks = [...waiting.values()];
    waiting = new Map();
    isAwaited = false;
    if (lost > 0) onLost(lost, null);
    lost = 0;
    if (checks.length > 0) await keep(checks).catch((error: unknown) => onLost(checks.length, error));
  };
  const flush = () => {
    keeping = keeping.then(keepWaiting);
    return keeping;
  };
  return {
    flush,
    note: (statusIndex, door) => {
      const at = minuteOf(now());
      const name = `${statusIndex} ${door} ${at}`;
      if (waiting.size >= mostWaiting && !waiting.has(name)) lost += 1;
      else waiting.set(name, { statusIndex, door, at });
      if (!isAwaited) later(() => void flush());
      isAwaited = true;
    },
  };
}
