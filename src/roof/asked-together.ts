/**
 * One question for all who ask while another is under way: what is answered was always asked after it was wanted. Alone,
 * somebody is asked for at once. A failure is told to all who shared it.
 *
 * @param ask leaves out what there is no answer to
 * @param moment waited for before a question when the last one was shared: who came together comes together again, and one
 *   question for eight costs little more than one for one
 */
export function askedTogether<Key, Value>(
  ask: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
  moment: () => Promise<void> = async () => undefined,
): (key: Key) => Promise<Value | null> {
  let waiting: Set<Key> | null = null;
  let next: Promise<ReadonlyMap<Key, Value>> | null = null;
  let lastShared = false;
  let running: Promise<unknown> = Promise.resolve();
  const begin = async (before: Promise<unknown>) => {
    await before;
    if (lastShared) await moment();
    const keys = [...(waiting ?? [])];
    lastShared = keys.length > 1;
    [waiting, next] = [null, null];
    return ask(keys);
  };
  return async (key) => {
    waiting ??= new Set();
    waiting.add(key);
    if (next === null) {
      next = begin(running);
      running = next.catch(() => undefined); // its askers are told
    }
    return (await next).get(key) ?? null;
  };
}
