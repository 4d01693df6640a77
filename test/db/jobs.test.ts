import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  claim,
  enqueue,
  failAttempt,
  finish,
  type HeldJob,
  heartbeat,
  jobState,
  release,
  reportProgress,
  sweepJobs,
} from "../../db/jobs.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { runChild } from "./run-child.ts";

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase({ max: 10 });
});
afterEach(() => database.drop());

const kind = "read_original";
const subject = "8a6e0804-2bd0-4672-b79d-d97027f9071a";
const backoffSeconds = 10;

async function claimed(leaseSeconds = 60): Promise<HeldJob> {
  const job = await claim(database.sql, [kind], leaseSeconds);
  if (job === null) throw new Error("nothing to claim");
  return job;
}

const secondsUntilDue = async () => {
  const [row] = await database.sql<{ seconds: number }[]>`
    select extract(epoch from run_after - clock_timestamp())::float8 as seconds from job`;
  return row?.seconds ?? Number.NaN;
};
const makeDue = () => database.sql`update job set run_after = now()`;
const loseLease = () =>
  database.sql`update job set locked_until = now() - interval '1 second' where status = 'running'`;

test("a job exists only if the transaction that asked for it commits", async () => {
  const rolledBack = database.sql.begin(async (tx) => {
    await enqueue(tx, { kind, subject });
    throw new Error("rolled back");
  });
  await expect(rolledBack).rejects.toThrow("rolled back");
  expect(await claim(database.sql, [kind], 60)).toBeNull();
  await database.sql.begin((tx) => enqueue(tx, { kind, subject, payload: { page: 3 } }));
  expect(await claimed()).toMatchObject({ kind, subject, payload: { page: 3 }, attempt: 1, maxAttempts: 5 });
});

test("asking again for an unfinished job makes no second one; after it is done, it does", async () => {
  const first = await enqueue(database.sql, { kind, subject, delaySeconds: 100 });
  expect(await enqueue(database.sql, { kind, subject })).toBe(first);
  const job = await claimed();
  expect(await claim(database.sql, [kind], 60)).toBeNull();
  expect(await finish(database.sql, job)).toBe(true);
  expect(await jobState(database.sql, kind, subject)).toMatchObject({ status: "done" });
  expect(await enqueue(database.sql, { kind, subject })).not.toBe(first);
});

test("a job asked for again while it runs is run once more, and not twice at a time", async () => {
  await enqueue(database.sql, { kind, subject, payload: { scan: 1 } });
  const job = await claimed();
  await enqueue(database.sql, { kind, subject, payload: { scan: 2 } });
  expect(await claim(database.sql, [kind], 60)).toBeNull();
  await finish(database.sql, job);
  expect(await claimed()).toMatchObject({ payload: { scan: 2 }, attempt: 1 });
});

test("twenty workers at once never hold one job together, and all jobs are held", async () => {
  const subjects = Array.from({ length: 60 }, () => randomUUID());
  await Promise.all(subjects.map((one) => enqueue(database.sql, { kind, subject: one })));
  const takeAll = async (): Promise<string[]> => {
    const taken: string[] = [];
    for (let job = await claim(database.sql, [kind], 60); job !== null; job = await claim(database.sql, [kind], 60))
      taken.push(job.subject);
    return taken;
  };
  const taken = (await Promise.all(Array.from({ length: 20 }, takeAll))).flat();
  expect(taken.sort()).toEqual(subjects.sort());
});

test("only kinds that were asked for are taken", async () => {
  await enqueue(database.sql, { kind: "seal_copy", subject });
  expect(await claim(database.sql, [kind], 60)).toBeNull();
});

test("a job whose holder was killed is taken up again, and what the dead one held counts no more", async () => {
  await enqueue(database.sql, { kind, subject });
  const holder = runChild("hold-job.ts", [database.url, kind, "1"]);
  const dead: HeldJob = JSON.parse(await holder.line(0));
  await holder.kill();
  expect(await claim(database.sql, [kind], 60)).toBeNull(); // the lease still runs
  await vi.waitUntil(async () => await heldAgain(), { timeout: 5000, interval: 100 });
  expect(await heartbeat(database.sql, dead, 60)).toBe(false);
  expect(await finish(database.sql, dead)).toBe(false);
  expect(await failAttempt(database.sql, dead, { error: "late", retry: true, backoffSeconds })).toBe("no_longer_held");
  expect(await jobState(database.sql, kind, subject)).toMatchObject({ status: "running", attempts: 2 });
});
const heldAgain = async () => (await claim(database.sql, [kind], 60))?.attempt === 2;

test("a heartbeat keeps the job from being taken", async () => {
  await enqueue(database.sql, { kind, subject });
  const job = await claimed(1);
  await sleep(700);
  expect(await heartbeat(database.sql, job, 60)).toBe(true);
  await sleep(500);
  expect(await claim(database.sql, [kind], 60)).toBeNull();
});

test("a job that kills every worker is given up after its attempts, as worker_lost", async () => {
  await enqueue(database.sql, { kind, subject, maxAttempts: 2 });
  for (const attempt of [1, 2]) {
    expect(await claimed()).toMatchObject({ attempt });
    await loseLease();
  }
  expect(await claim(database.sql, [kind], 60)).toBeNull();
  expect(await jobState(database.sql, kind, subject)).toMatchObject({ status: "failed", lastError: "worker_lost" });
});

test("waiting between attempts doubles, and the last failed attempt gives the job up", async () => {
  await enqueue(database.sql, { kind, subject, maxAttempts: 3 });
  for (const expectedSeconds of [10, 20]) {
    const job = await claimed();
    expect(await failAttempt(database.sql, job, { error: "no_answer", retry: true, backoffSeconds })).toBe(
      "will_retry",
    );
    expect(Math.abs((await secondsUntilDue()) - expectedSeconds)).toBeLessThan(1);
    expect(await claim(database.sql, [kind], 60)).toBeNull();
    await makeDue();
  }
  expect(await failAttempt(database.sql, await claimed(), { error: "no_answer", retry: true, backoffSeconds })).toBe(
    "given_up",
  );
  expect(await jobState(database.sql, kind, subject)).toMatchObject({ status: "failed", attempts: 3 });
});

test("a failure that no retry can mend ends the job at once", async () => {
  await enqueue(database.sql, { kind, subject });
  const outcome = { error: "file_unreadable", retry: false, backoffSeconds };
  expect(await failAttempt(database.sql, await claimed(), outcome)).toBe("given_up");
  expect(await jobState(database.sql, kind, subject)).toMatchObject({ status: "failed", lastError: "file_unreadable" });
});

test("an error is a code: a sentence, which could hold a name, is refused by the database", async () => {
  await enqueue(database.sql, { kind, subject });
  const job = await claimed();
  const sentence = { error: "Nguyễn Văn A (hư cấu) not found", retry: true, backoffSeconds };
  await expect(failAttempt(database.sql, job, sentence)).rejects.toThrow(/last_error/);
});

test("progress is seen by others while the job runs; closing gives it back without counting the attempt", async () => {
  await enqueue(database.sql, { kind, subject });
  const job = await claimed();
  expect(await reportProgress(database.sql, job, 3, 12)).toBe(true);
  expect(await jobState(database.sql, kind, subject)).toMatchObject({ progressDone: 3, progressTotal: 12 });
  await release(database.sql, job);
  expect(await claimed()).toMatchObject({ attempt: 1 });
});

test("sweeping forgets what was done long ago, never what failed or waits", async () => {
  for (const name of ["done_job", "failed_job", "waiting_job"]) await enqueue(database.sql, { kind: name, subject });
  const [done, failed] = [await claim(database.sql, ["done_job"], 60), await claim(database.sql, ["failed_job"], 60)];
  if (done !== null) await finish(database.sql, done);
  if (failed !== null) await failAttempt(database.sql, failed, { error: "broken", retry: false, backoffSeconds });
  await database.sql`update job set finished_at = now() - interval '2 days' where finished_at is not null`;
  expect(await sweepJobs(database.sql, 86_400)).toBe(1);
  expect(await database.sql`select kind from job order by kind`).toEqual([
    { kind: "failed_job" },
    { kind: "waiting_job" },
  ]);
});
