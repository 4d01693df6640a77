import type { Sql, TransactionSql } from "postgres";

/** What is to be done, and about what. `payload` may hold ids and settings, never anything about a person. */
export type NewJob = {
  readonly kind: string;
  readonly subject: string;
  readonly payload?: unknown;
  /** Attempts before the job is given up; 5 unless told. */
  readonly maxAttempts?: number;
  /** Not before this many seconds from now. */
  readonly delaySeconds?: number;
};

/** For work that must come about however long an outage lasts: what was sealed must be published, what was voided told. */
export const untilDone = 2 ** 31 - 1;

/** A job that this worker holds until its lease runs out. */
export type HeldJob = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: unknown;
  /** 1 at the first. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Which taking this is: a later one makes every act of an earlier one void. */
  readonly lease: string;
};

export type JobState = {
  readonly status: "waiting" | "running" | "done" | "failed";
  readonly progressDone: number;
  readonly progressTotal: number;
  readonly attempts: number;
  readonly lastError: string | null;
};

/** Channel of NOTIFY; its payload is the kind. */
export const jobChannel = "job";

/**
 * Part of the caller's transaction: the job exists if and only if that commits, and workers hear of it then.
 * At most one unfinished job a kind and subject: asking again brings a waiting one forward, and lets a running one run
 * once more, since it may have read what was there before.
 *
 * @returns the job's id, a new or the unfinished one's
 */
export async function enqueue(tx: Sql | TransactionSql, asked: NewJob): Promise<string> {
  const payload = JSON.stringify(asked.payload ?? {});
  const rows = await tx<{ id: string }[]>`
    with asked as (
      insert into job (kind, subject, payload, max_attempts, run_after)
      values (${asked.kind}, ${asked.subject}, ${payload}::text::jsonb, ${asked.maxAttempts ?? 5},
        clock_timestamp() + make_interval(secs => ${asked.delaySeconds ?? 0}))
      on conflict (kind, subject) where finished_at is null do update set
        payload = excluded.payload,
        asked_again = job.status = 'running',
        run_after = least(job.run_after, excluded.run_after)
      returning id, kind)
    select id, pg_notify(${jobChannel}, kind) from asked`;
  return onlyOne(rows).id;
}

/**
 * Takes the job that has been due longest, also one whose holder let its lease run out: killed, or cut off. A job that
 * ran out of attempts that way is given up as `worker_lost`, so one that kills its workers does not come back for ever.
 *
 * @returns null when nothing is due; two workers never get the same job
 */
export async function claim(sql: Sql, kinds: readonly string[], leaseSeconds: number): Promise<HeldJob | null> {
  await sql`
    update job set status = 'failed', last_error = 'worker_lost', finished_at = now(), locked_until = null
    where status = 'running' and locked_until < now() and attempts >= max_attempts and kind = any(${[...kinds]})`;
  const [held] = await sql<HeldJob[]>`
    update job set status = 'running', attempts = attempts + 1, lease = lease + 1, asked_again = false,
      locked_until = now() + make_interval(secs => ${leaseSeconds})
    where id = (
      select id from job
      where finished_at is null and kind = any(${[...kinds]}) and run_after <= now()
        and (status = 'waiting' or (locked_until < now() and attempts < max_attempts))
      order by run_after limit 1 for update skip locked)
    returning id, kind, subject, payload, attempts as attempt, max_attempts as "maxAttempts", lease`;
  return held ?? null;
}

/** Lengthens the lease from now. @returns false when the job is no longer this worker's: stop working on it */
export async function heartbeat(sql: Sql, job: HeldJob, leaseSeconds: number): Promise<boolean> {
  const changed = await sql`
    update job set locked_until = now() + make_interval(secs => ${leaseSeconds}) where ${isHeld(sql, job)}`;
  return changed.count === 1;
}

/** For the page that waits: `done` of `total`, any unit. @returns false when the job is no longer this worker's */
export async function reportProgress(sql: Sql, job: HeldJob, done: number, total: number): Promise<boolean> {
  const changed = await sql`
    update job set progress_done = ${done}, progress_total = ${total} where ${isHeld(sql, job)}`;
  return changed.count === 1;
}

/**
 * In the transaction of the job's own effect the two are one: done if and only if it took effect.
 *
 * @returns false when the job is no longer this worker's; in a transaction, roll back then
 */
export async function finish(tx: Sql | TransactionSql, job: HeldJob): Promise<boolean> {
  const changed = await tx`
    update job set
      status = case when asked_again then 'waiting' else 'done' end,
      finished_at = case when asked_again then null else now() end,
      attempts = case when asked_again then 0 else attempts end,
      run_after = case when asked_again then clock_timestamp() else run_after end,
      asked_again = false, locked_until = null, last_error = null
    where ${isHeld(tx, job)}`;
  return changed.count === 1;
}

/**
 * Ends an attempt that did not succeed. The next comes after `backoffSeconds` doubled with every attempt, a minute at
 * most; none comes when attempts are used up or `retry` is false. A job asked for again meanwhile starts anew.
 *
 * @param error code of snake_case, no data
 */
export async function failAttempt(
  sql: Sql | TransactionSql,
  job: HeldJob,
  outcome: { readonly error: string; readonly retry: boolean; readonly backoffSeconds: number },
): Promise<"will_retry" | "given_up" | "no_longer_held"> {
  const [changed] = await sql<{ status: string }[]>`
    with ended as (
      select id, asked_again or (${outcome.retry} and attempts < max_attempts) as again from job
      where ${isHeld(sql, job)} for update)
    update job set
      status = case when ended.again then 'waiting' else 'failed' end,
      finished_at = case when ended.again then null else now() end,
      attempts = case when asked_again then 0 else attempts end,
      run_after = clock_timestamp()
        + make_interval(secs => least(60, ${outcome.backoffSeconds}::float8 * 2 ^ least(attempts - 1, 30))),
      last_error = ${outcome.error}, asked_again = false, locked_until = null
    from ended where job.id = ended.id
    returning status`;
  if (changed === undefined) return "no_longer_held";
  return changed.status === "waiting" ? "will_retry" : "given_up";
}

/** Gives a held job back untried, without counting the attempt: the worker is closing. */
export async function release(sql: Sql, job: HeldJob): Promise<void> {
  await sql`
    update job set status = 'waiting', attempts = attempts - 1, locked_until = null, run_after = clock_timestamp()
    where ${isHeld(sql, job)}`;
  await sql`select pg_notify(${jobChannel}, ${job.kind})`;
}

/** Waiting jobs of these kinds are due now: what they waited for has come. */
export async function bringForward(sql: Sql, kinds: readonly string[]): Promise<void> {
  await sql`
    with brought as (
      update job set run_after = clock_timestamp()
      where status = 'waiting' and kind = any(${[...kinds]}) and run_after > clock_timestamp() returning kind)
    select pg_notify(${jobChannel}, kind) from (select distinct kind from brought) k`;
}

/** The latest job of that kind about that subject; null when there never was one (or it was swept). */
export async function jobState(sql: Sql | TransactionSql, kind: string, subject: string): Promise<JobState | null> {
  const [state] = await sql<JobState[]>`
    select status, progress_done as "progressDone", progress_total as "progressTotal", attempts,
      last_error as "lastError"
    from job where kind = ${kind} and subject = ${subject}
    order by finished_at is null desc, created_at desc, finished_at desc limit 1`;
  return state ?? null;
}

/** Forgets jobs done that long ago; failed ones stay for a person to see. @returns how many */
export async function sweepJobs(sql: Sql, olderThanSeconds: number): Promise<number> {
  const swept = await sql`
    delete from job where status = 'done' and finished_at < now() - make_interval(secs => ${olderThanSeconds})`;
  return swept.count;
}

const isHeld = (sql: Sql | TransactionSql, job: HeldJob) =>
  sql`id = ${job.id} and lease = ${job.lease} and status = 'running'`;

function onlyOne<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("PostgreSQL returned no row where one is certain");
  return row;
}
