/** Runs acts at most `places` at a time, in the order they came. */
export type Turns = <T>(act: () => Promise<T>) => Promise<T>;

/**
 * For acts that take a core each: begun all at once they would all be late together, and their requests to the
 * timestamp authority would time out.
 */
export function takeTurns(places: number): Turns {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (act) => {
    if (free > 0) free--;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await act();
    } finally {
      const next = waiting.shift(); // the place is handed on, so nobody can slip in between
      if (next === undefined) free++;
      else next();
    }
  };
}

/**
 * For what strangers may ask for: beyond `mostWaiting` nobody waits, so that a flood from many addresses costs no more
 * memory and keeps those who did find a place no longer than their turn.
 *
 * @returns null where too many wait already; nothing was begun then
 */
export function takeFewTurns(places: number, mostWaiting: number): <T>(act: () => Promise<T>) => Promise<T | null> {
  const inTurn = takeTurns(places);
  let inside = 0;
  return async (act) => {
    if (inside >= places + mostWaiting) return null;
    inside += 1;
    return inTurn(act).finally(() => {
      inside -= 1;
    });
  };
}
