import { createHmac } from "node:crypto";
import { type Bytes, type Instant, localDateOf, secondsOf } from "../core/kernel.ts";

export type GuessRule = {
  /** Codes that nobody has, from one address within the window; the next is refused, and all that follow for as long. */
  readonly misses: number;
  readonly windowSeconds: number;
  /** Addresses in mind; beyond it the one that came first is forgotten. */
  readonly mostAddresses: number;
};

export type GuessLimit = {
  /** Null: go on. */
  readonly refusedForSeconds: (address: string) => number | null;
  readonly missed: (address: string) => void;
};

type Line = { misses: number; since: number };

/**
 * Counts in memory who asks for codes that do not exist. A code has 128 bits and is not found by trying; this keeps the
 * trying cheap for us. An address stands here only under an HMAC with a key of the day, which is drawn anew after
 * midnight in Vietnam and was never written down: nobody can tell afterwards who asked.
 */
export function guessLimit(
  { misses, windowSeconds, mostAddresses }: GuessRule,
  { now, randomKey }: { readonly now: () => Instant; readonly randomKey: () => Bytes },
): GuessLimit {
  const lines = new Map<string, Line>();
  let [key, day] = [randomKey(), localDateOf(now())];
  const keyOfToday = () => {
    const today = localDateOf(now());
    if (today !== day) {
      [key, day] = [randomKey(), today];
      lines.clear();
    }
    return key;
  };
  const nameOf = (address: string) => createHmac("sha256", keyOfToday()).update(address).digest("base64");
  const lineOf = (name: string): Line | null => {
    const line = lines.get(name);
    if (line === undefined || secondsOf(now()) < line.since + windowSeconds) return line ?? null;
    lines.delete(name);
    return null;
  };
  return {
    refusedForSeconds: (address) => {
      if (lines.size === 0) return null;
      const line = lineOf(nameOf(address));
      if (line === null || line.misses < misses) return null;
      return Math.max(1, line.since + windowSeconds - secondsOf(now()));
    },
    missed: (address) => {
      const name = nameOf(address);
      const line = lineOf(name) ?? { misses: 0, since: secondsOf(now()) };
      line.misses += 1;
      if (line.misses === misses) line.since = secondsOf(now()); // refused for a whole window from the last miss on
      lines.set(name, line);
      const [first] = lines.keys();
      if (lines.size > mostAddresses && first !== undefined) lines.delete(first);
    },
  };
}
