/** What was made of something, for as long as it is of that. */
type Kept<Value> = { readonly of: string; readonly value: Promise<Value> };

/**
 * Keeps for each key the newest that was made, for so many keys: the same is made once, however many ask at once. What failed
 * is not kept; its askers are told.
 */
export function newestKept<Value>(most: number) {
  const kept = new Map<string, Kept<Value>>();
  return (key: string, of: string, make: () => Promise<Value>): Promise<Value> => {
    const known = kept.get(key);
    if (known?.of === of) return known.value;
    const made = { of, value: make() };
    kept.delete(key); // the newest stands last
    kept.set(key, made);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    made.value.catch(() => kept.get(key) === made && kept.delete(key));
    return made.value;
  };
}
