/**
 * An act that tells the whole present state: whoever asks while one runs waits for the next, which begins after the asking
 * and serves all who asked meanwhile. Fails for all of them alike.
 */
export function coalesced<T>(act: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const begin = (): Promise<T> => {
    running = act().finally(() => {
      running = null;
    });
    return running;
  };
  const afterwards = async (one: Promise<T>): Promise<T> => {
    await one.catch(() => undefined); // its askers were told
    next = null;
    return begin();
  };
  return () => {
    if (running === null) return begin();
    next ??= afterwards(running);
    return next;
  };
}
