import type { Sql } from "postgres";
import type { Result } from "../src/core/kernel.ts";
import { claim, failAttempt, finish, type HeldJob, heartbeat, jobChannel, release, reportProgress } from "./jobs.ts";

export type JobFailure = { readonly code: string; readonly retry: boolean };

export type JobContext = {
  readonly job: HeldJob;
  /** Ends when the loop is told to stop or the job was lost to another worker; what is done afterwards may be done twice. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => Promise<void>;
};

/**
 * Does the job; may be called again for one that already took effect, and must then do no harm. `finished` says that
 * the handler called `finish` itself, inside its own transaction.
 */
export type JobHandler = (context: JobContext) => Promise<Result<"finished" | undefined | null, JobFailure>>;

export type JobLoopOptions = {
  readonly sql: Sql;
  /** By kind; other kinds are left to other workers. */
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** Jobs at a time, at least 1. */
  readonly concurrency: number;
  /** Ends the loop: nothing new is taken, handlers are told through their own signal and waited for. */
  readonly signal: AbortSignal;
  /** After this long without a heartbeat another worker takes the job; 60 unless told. */
  readonly leaseSeconds?: number;
  /** For jobs whose notification was missed, whose retry is due or whose holder died; 5 unless told. */
  readonly pollSeconds?: number;
  /** Wait before the second attempt; doubles from there. 5 unless told. */
  readonly backoffSeconds?: number;
  /** Handlers that throw (a bug) and a database that does not answer; the loop goes on. */
  readonly onError: (error: unknown, job: HeldJob | null) => void;
};

/** Runs jobs until the signal ends; resolves when the last handler has returned. */
export async function runJobs(options: JobLoopOptions): Promise<void> {
  const alarm = newAlarm();
  const stop = () => alarm.ring();
  options.signal.addEventListener("abort", stop);
  const listening = await listen(options, alarm);
  const running = new Set<Promise<void>>();
  while (!options.signal.aborted) {
    const job = running.size < options.concurrency ? await claimNext(options) : null;
    if (job === null) {
      await alarm.wait((options.pollSeconds ?? 5) * 1000);
      continue;
    }
    const work = runOne(options, job).finally(() => {
      running.delete(work);
      alarm.ring(); // a place is free
    });
    running.add(work);
  }
  options.signal.removeEventListener("abort", stop);
  await Promise.all(running);
  await listening?.unlisten().catch(() => undefined);
}

async function claimNext(options: JobLoopOptions): Promise<HeldJob | null> {
  try {
    return await claim(options.sql, Object.keys(options.handlers), leaseOf(options));
  } catch (error) {
    options.onError(error, null); // an outage passes: ask again at the next poll
    return null;
  }
}

// Without the listening connection polling alone finds every job, only later.
async function listen(options: JobLoopOptions, alarm: Alarm) {
  try {
    return await options.sql.listen(
      jobChannel,
      (kind) => kind in options.handlers && alarm.ring(),
      () => alarm.ring(), // connected anew: what was said meanwhile was not heard
    );
  } catch (error) {
    options.onError(error, null);
    return null;
  }
}

async function runOne(options: JobLoopOptions, job: HeldJob): Promise<void> {
  const lost = new AbortController();
  const beat = setInterval(() => {
    heartbeat(options.sql, job, leaseOf(options)).then(
      (held) => held || lost.abort(),
      (error) => options.onError(error, job),
    );
  }, leaseOf(options) * 333);
  try {
    await work(options, job, AbortSignal.any([options.signal, lost.signal]));
  } catch (error) {
    options.onError(error, job); // the outcome could not be written down: the lease runs out, the job comes again
  } finally {
    clearInterval(beat);
  }
}

async function work(options: JobLoopOptions, job: HeldJob, signal: AbortSignal): Promise<void> {
  const { sql, handlers, backoffSeconds = 5 } = options;
  const progress = async (done: number, total: number) => {
    await reportProgress(sql, job, done, total);
  };
  try {
    const outcome = await handlers[job.kind]?.({ job, signal, progress });
    if (outcome?.ok) {
      if (outcome.value !== "finished") await finish(sql, job);
      return;
    }
    if (outcome === undefined) return await release(sql, job);
    const { code: error, retry } = outcome.failure;
    if (options.signal.aborted && retry) return await release(sql, job); // cut short by closing, no fault of the job
    await failAttempt(sql, job, { error, retry, backoffSeconds });
  } catch (error) {
    options.onError(error, job);
    if (options.signal.aborted) return await release(sql, job);
    await failAttempt(sql, job, { error: "worker_error", retry: true, backoffSeconds });
  }
}

const leaseOf = (options: JobLoopOptions): number => options.leaseSeconds ?? 60;

type Alarm = { ring(): void; wait(timeoutMs: number): Promise<void> };

// A ring while nobody waits is kept for the next wait: between an empty claim and the wait a job may have come.
function newAlarm(): Alarm {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(timeoutMs) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      wake = null;
    },
  };
}
