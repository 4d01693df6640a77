import { createHmac } from "node:crypto";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result, secondsOf } from "../core/kernel.ts";

/** After `attempts` within the window the next one, and all that follow for `blockSeconds`, are refused unread. */
export type ThrottleRule = {
  /** Keeps the counters of different rules apart. */
  readonly name: string;
  readonly attempts: number;
  readonly windowSeconds: number;
  readonly blockSeconds: number;
};

export type ThrottleWorld = {
  readonly now: () => Instant;
  /** 32 random bytes of this store. Counters are kept under an HMAC that changes every day in Vietnam. */
  readonly throttleSecret: Bytes;
  /** Counts one attempt in one step, so that attempts made at once cannot all be the last allowed. Null: go on. */
  readonly takeAttempt: (keyHash: Bytes, rule: ThrottleRule, now: Instant) => Promise<{ blockedUntil: Instant | null }>;
  readonly giveBackAttempt: (keyHash: Bytes) => Promise<void>;
};

/** An attempt that was counted. It is given back when it succeeds, so that only failures add up. */
export type Attempt = { readonly giveBack: () => Promise<void> };

/**
 * Counts an attempt **before** it is made: a block holds against the right answer too, and a thousand guesses sent
 * at once are a thousand counted.
 *
 * @param subject what is counted against: a user name, an address, a link
 */
export async function beginAttempt(
  world: ThrottleWorld,
  rule: ThrottleRule,
  subject: string,
): Promise<Result<Attempt, { code: "throttled"; retryAfterSeconds: number }>> {
  const now = world.now();
  const keyHash = throttleKey(world.throttleSecret, rule, subject, now);
  const { blockedUntil } = await world.takeAttempt(keyHash, rule, now);
  if (blockedUntil === null) return ok({ giveBack: () => world.giveBackAttempt(keyHash) });
  return fail({ code: "throttled", retryAfterSeconds: Math.max(1, secondsOf(blockedUntil) - secondsOf(now)) });
}

/** One attempt under each rule, in their order; the first that is used up refuses. */
export async function admitAll(
  world: ThrottleWorld,
  counted: readonly (readonly [rule: ThrottleRule, subject: string])[],
): Promise<Result<null, { code: "throttled"; retryAfterSeconds: number }>> {
  for (const [rule, subject] of counted) {
    const attempt = await beginAttempt(world, rule, subject);
    if (!attempt.ok) return attempt;
  }
  return ok(null);
}

function throttleKey(secret: Bytes, rule: ThrottleRule, subject: string, now: Instant): Bytes {
  const dailyKey = createHmac("sha256", secret)
    .update(`throttle ${localDateOf(now)}`)
    .digest();
  return new Uint8Array(createHmac("sha256", dailyKey).update(`${rule.name}\0${subject}`).digest());
}
