/** Acts of one subject one after another, in the order they were asked for; different subjects do not wait. */
export type InTurn = <T>(subject: string, act: () => Promise<T>) => Promise<T>;

/** Holds within this process. A failed act fails its own caller only; nothing is kept of a subject at rest. */
export function turns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (subject, act) => {
    const mine = (last.get(subject) ?? Promise.resolve()).then(act);
    const settled = mine.catch(() => undefined);
    last.set(subject, settled);
    void settled.then(() => last.get(subject) === settled && last.delete(subject));
    return mine;
  };
}
