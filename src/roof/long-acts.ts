/** Acts that go on after their request was answered. */
export type LongActs = {
  /** @returns the act's own promise; it is waited for before the service ends */
  readonly run: <T>(act: () => Promise<T>) => Promise<T>;
  readonly isStopping: () => boolean;
  /** Asks those under way to end where they can go on later, and waits for them. */
  readonly stop: () => Promise<void>;
};

export function longActs(): LongActs {
  const underWay = new Set<Promise<unknown>>();
  let stopping = false;
  return {
    run: (act) => {
      const running = act();
      underWay.add(running);
      const over = () => underWay.delete(running);
      running.then(over, over);
      return running;
    },
    isStopping: () => stopping,
    stop: async () => {
      stopping = true;
      await Promise.allSettled(underWay);
    },
  };
}
