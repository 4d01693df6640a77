import type { Result } from "../src/core/kernel.ts";
import { fail } from "../src/core/kernel.ts";
import type { Child, ChildFailure } from "./child.ts";

/** A few processes of one kind, started when first wanted and kept warm; the dead are replaced. */
export type Pool = {
  /** Lends one child until `use` settles; others wait their turn. A child that died or was left in doubt is not lent again. */
  lend<T, F>(signal: AbortSignal, use: (child: Child) => Promise<Result<T, F>>): Promise<Result<T, F | ChildFailure>>;
  /** Kills all; what is under way ends with `read_cancelled`. */
  stop(): void;
  /** Highest growth over warm idle of any child so far, in bytes. */
  readonly peakGrowthBytes: () => number;
};

export function createPool(size: number, start: () => Promise<Result<Child, ChildFailure>>): Pool {
  const state: State = { idle: [], lent: new Set(), waiting: [], free: size, stopped: false, peakBytes: 0, start };
  return {
    lend: (signal, use) => lend(state, signal, use),
    peakGrowthBytes: () => state.peakBytes,
    stop: () => {
      state.stopped = true;
      for (const child of [...state.idle, ...state.lent]) child.kill();
      state.idle.length = 0;
      for (const next of [...state.waiting]) next();
    },
  };
}

type State = {
  readonly idle: Child[];
  readonly lent: Set<Child>;
  readonly waiting: (() => void)[];
  free: number;
  stopped: boolean;
  peakBytes: number;
  readonly start: () => Promise<Result<Child, ChildFailure>>;
};

async function lend<T, F>(
  state: State,
  signal: AbortSignal,
  use: (child: Child) => Promise<Result<T, F>>,
): Promise<Result<T, F | ChildFailure>> {
  while (state.free === 0 && !state.stopped && !signal.aborted) await turn(state, signal);
  if (state.stopped || signal.aborted) return fail({ code: "read_cancelled" });
  state.free -= 1;
  try {
    return await withChild(state, use);
  } finally {
    state.free += 1;
    state.waiting[0]?.();
  }
}

function turn(state: State, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      signal.removeEventListener("abort", go);
      // One who gave up must not be woken in place of one who still waits.
      const place = state.waiting.indexOf(go);
      if (place !== -1) state.waiting.splice(place, 1);
      resolve();
    };
    signal.addEventListener("abort", go, { once: true });
    state.waiting.push(go);
  });
}

async function withChild<T, F>(state: State, use: (child: Child) => Promise<Result<T, F>>) {
  const child = await takeChild(state);
  if (!child.ok) return child;
  state.lent.add(child.value);
  try {
    return await use(child.value);
  } finally {
    state.lent.delete(child.value);
    const { idleBytes, peakBytes } = child.value.memory();
    state.peakBytes = Math.max(state.peakBytes, peakBytes - idleBytes);
    if (state.stopped) child.value.kill();
    else if (child.value.isAlive()) state.idle.push(child.value);
  }
}

async function takeChild(state: State): Promise<Result<Child, ChildFailure>> {
  for (let child = state.idle.pop(); child !== undefined; child = state.idle.pop()) {
    if (child.isAlive()) return { ok: true, value: child };
  }
  return state.start();
}
