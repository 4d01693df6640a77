/**
 * An act that tells the whole present state: whoever asks while one runs waits for the next, which begins after the asking
 * and serves all who asked meanwhile. Fails for all of them alike.
 */
export function coalesced(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    running = act().finally(() => {
      running = null;
    });
    return running;
  };
  const afterwards = async (one: Promise<void>): Promise<void> => {
    await one.catch(() => undefined); // its askers were told
    next = null;
    await begin();
  };
  return () => {
    if (running === null) return begin();
    next ??= afterwards(running);
    return next;
  };
}
