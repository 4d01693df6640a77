import { and, eq, gt, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import { throttle } from "../schema/people.ts";

export type Limits = { readonly attempts: number; readonly windowSeconds: number; readonly blockSeconds: number };

/**
 * Counts one attempt in one statement: PostgreSQL locks the line, so of many at once exactly `attempts` are let by.
 * While a block runs nothing changes, so trying on does not lengthen it.
 *
 * @returns the end of the block when this attempt is refused, null when it may go on
 */
export async function takeAttempt(
  db: PostgresJsDatabase,
  keyHash: Bytes,
  limits: Limits,
  now: Instant,
): Promise<{ blockedUntil: Instant | null }> {
  const later = (seconds: number) => instantOfSeconds(secondsOf(now) + seconds);
  const [line] = await db
    .insert(throttle)
    .values({ keyHash, windowStart: now, count: 1, blockedUntil: null })
    .onConflictDoUpdate({ target: throttle.keyHash, set: nextLine(now, limits, later) })
    .returning({ blockedUntil: throttle.blockedUntil });
  return { blockedUntil: line?.blockedUntil ?? null };
}

function nextLine(now: Instant, limits: Limits, later: (seconds: number) => Instant) {
  const { windowStart, count, blockedUntil } = throttle;
  const time = (instant: Instant) => sql`${instant}::timestamptz`;
  const blocked = sql`${blockedUntil} is not null and ${blockedUntil} > ${time(now)}`;
  const anew = sql`${blockedUntil} is not null or ${windowStart} <= ${time(later(-limits.windowSeconds))}`;
  const full = sql`${count} >= ${limits.attempts}`;
  return {
    windowStart: sql`case when ${blocked} then ${windowStart} when ${anew} then ${time(now)} else ${windowStart} end`,
    count: sql`case when ${blocked} then ${count} when ${anew} then 1 when ${full} then ${count} else ${count} + 1 end`,
    blockedUntil: sql`case when ${blocked} then ${blockedUntil} when ${anew} then null
      when ${full} then ${time(later(limits.blockSeconds))} end`,
  };
}

/** An attempt that succeeded does not count. A block that others brought about stays. */
export async function giveBackAttempt(db: PostgresJsDatabase, keyHash: Bytes): Promise<void> {
  await db
    .update(throttle)
    .set({ count: sql`${throttle.count} - 1` })
    .where(and(eq(throttle.keyHash, keyHash), gt(throttle.count, 0)));
}

/** @param before windows opened earlier are over under every rule @returns how many lines were swept away */
export async function sweepThrottle(db: PostgresJsDatabase, now: Instant, before: Instant): Promise<number> {
  const over = and(
    lt(throttle.windowStart, before),
    or(isNull(throttle.blockedUntil), lte(throttle.blockedUntil, now)),
  );
  return (await db.delete(throttle).where(over).returning({ count: throttle.count })).length;
}
