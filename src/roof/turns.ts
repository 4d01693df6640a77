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
