import type { Result } from "../src/core/kernel.ts";
import { fail } from "../src/core/kernel.ts";
import type { Child, ChildFailure } from "./child.ts";

/** What a pool must know of a process. */
type Lendable = { kill(): void; readonly isAlive: () => boolean; readonly memory?: Child["memory"] };

/** A few processes of one kind, started when first wanted and kept warm; the dead are replaced. */
export type Pool<C extends Lendable = Child> = {
  /**
   * Lends one child until `use` settles; others wait their turn. A child that died or was left in doubt is not lent again.
   *
   * @param suits asked of those that are warm; where none suits, one of them makes room for a fresh one
   */
  lend<T, F>(
    signal: AbortSignal,
    use: (child: C) => Promise<Result<T, F>>,
    suits?: (child: C) => boolean,
  ): Promise<Result<T, F | ChildFailure>>;
  /** Kills all; what is under way ends with `read_cancelled`. */
  stop(): void;
  /** Highest growth over warm idle of any child so far, in bytes. */
  readonly peakGrowthBytes: () => number;
};

/** @param idleSeconds after which a process that nobody wanted is ended; absent: never */
export function createPool<C extends Lendable>(
  size: number,
  start: () => Promise<Result<C, ChildFailure>>,
  idleSeconds?: number,
): Pool<C> {
  const counts = { free: size, stopped: false, peakBytes: 0 };
  const state: State<C> = {
    idle: [],
    lent: new Set(),
    waiting: [],
    lentAgain: new WeakMap(),
    ...counts,
    idleSeconds,
    start,
  };
  return {
    lend: (signal, use, suits = () => true) => lend(state, signal, use, suits),
    peakGrowthBytes: () => state.peakBytes,
    stop: () => {
      state.stopped = true;
      for (const child of [...state.idle, ...state.lent]) child.kill();
      state.idle.length = 0;
      for (const next of [...state.waiting]) next();
    },
  };
}

type State<C extends Lendable> = {
  readonly idle: C[];
  readonly lent: Set<C>;
  readonly waiting: (() => void)[];
  free: number;
  stopped: boolean;
  peakBytes: number;
  readonly idleSeconds: number | undefined;
  /** How often each was lent. */
  readonly lentAgain: WeakMap<C, number>;
  readonly start: () => Promise<Result<C, ChildFailure>>;
};

async function lend<C extends Lendable, T, F>(
  state: State<C>,
  signal: AbortSignal,
  use: (child: C) => Promise<Result<T, F>>,
  suits: (child: C) => boolean,
): Promise<Result<T, F | ChildFailure>> {
  while (state.free === 0 && !state.stopped && !signal.aborted) await turn(state, signal);
  if (state.stopped || signal.aborted) return fail({ code: "read_cancelled" });
  state.free -= 1;
  try {
    return await withChild(state, use, suits);
  } finally {
    state.free += 1;
    state.waiting[0]?.();
  }
}

function turn<C extends Lendable>(state: State<C>, signal: AbortSignal): Promise<void> {
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

async function withChild<C extends Lendable, T, F>(
  state: State<C>,
  use: (child: C) => Promise<Result<T, F>>,
  suits: (child: C) => boolean,
) {
  const child = await takeChild(state, suits);
  if (!child.ok) return child;
  state.lent.add(child.value);
  state.lentAgain.set(child.value, (state.lentAgain.get(child.value) ?? 0) + 1);
  try {
    return await use(child.value);
  } finally {
    state.lent.delete(child.value);
    const { idleBytes, peakBytes } = child.value.memory?.() ?? { idleBytes: 0, peakBytes: 0 };
    state.peakBytes = Math.max(state.peakBytes, peakBytes - idleBytes);
    if (state.stopped) child.value.kill();
    else if (child.value.isAlive()) rest(state, child.value);
  }
}

function rest<C extends Lendable>({ idle, idleSeconds, lentAgain }: State<C>, child: C): void {
  idle.push(child);
  if (idleSeconds === undefined) return;
  const before = lentAgain.get(child);
  const endUnlessUsed = () => {
    const place = idle.indexOf(child);
    if (place === -1 || lentAgain.get(child) !== before) return;
    idle.splice(place, 1);
    child.kill();
  };
  setTimeout(endUnlessUsed, idleSeconds * 1000).unref();
}

async function takeChild<C extends Lendable>(
  { idle, start }: State<C>,
  suits: (child: C) => boolean,
): Promise<Result<C, ChildFailure>> {
  idle.splice(0, idle.length, ...idle.filter((child) => child.isAlive()));
  const warm = idle.findLast(suits);
  if (warm === undefined) {
    idle.shift()?.kill();
    return start();
  }
  idle.splice(idle.indexOf(warm), 1);
  return { ok: true, value: warm };
}
