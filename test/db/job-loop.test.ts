import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type JobHandler, runJobs } from "../../db/job-loop.ts";
import { enqueue, jobState } from "../../db/jobs.ts";
import { fail, ok } from "../../src/core/kernel.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase({ max: 10 });
});
afterEach(() => database.drop());

const kind = "read_original";
const subject = "8a6e0804-2bd0-4672-b79d-d97027f9071a";

type Loop = { stop(): Promise<void>; errors: unknown[] };
function startLoop(
  handlers: Record<string, JobHandler>,
  more: { pollSeconds?: number; concurrency?: number } = {},
): Loop {
  const controller = new AbortController();
  const errors: unknown[] = [];
  const ended = runJobs({
    sql: database.sql,
    handlers,
    concurrency: more.concurrency ?? 2,
    signal: controller.signal,
    pollSeconds: more.pollSeconds ?? 60,
    backoffSeconds: 0.01,
    onError: (error) => errors.push(error),
  });
  const stop = async () => {
    controller.abort();
    await ended;
  };
  return { stop, errors };
}
const untilStatus = (status: string) =>
  vi.waitUntil(async () => (await jobState(database.sql, kind, subject))?.status === status, { timeout: 5000 });

test("a waiting loop hears of a job at once, long before it would poll", async () => {
  const loop = startLoop({ [kind]: async () => ok(null) });
  await sleep(300); // listening, with nothing to do
  const asked = performance.now();
  await enqueue(database.sql, { kind, subject });
  await untilStatus("done");
  expect(performance.now() - asked).toBeLessThan(2000);
  await loop.stop();
});

test("a loop whose notifications are lost finds its jobs by polling", async () => {
  const loop = startLoop({ [kind]: async () => ok(null) }, { pollSeconds: 0.2 });
  await sleep(200);
  await database.sql`insert into job (kind, subject, max_attempts) values (${kind}, ${subject}, 1)`;
  await untilStatus("done");
  await loop.stop();
});

test("a handler that fails or throws is tried again; a bug is reported, and the loop lives on", async () => {
  let calls = 0;
  const loop = startLoop(
    {
      [kind]: async () => {
        calls++;
        if (calls === 1) return fail({ code: "no_answer", retry: true });
        if (calls === 2) throw new Error("a bug");
        return ok(null);
      },
    },
    { pollSeconds: 0.05 },
  );
  await enqueue(database.sql, { kind, subject });
  await untilStatus("done");
  expect(calls).toBe(3);
  expect(loop.errors).toEqual([new Error("a bug")]);
  await loop.stop();
});

test("a loop outlives the loss of every connection, and then does what waited", async () => {
  const loop = startLoop({ [kind]: async () => ok(null) }, { pollSeconds: 0.1 });
  await sleep(200);
  await database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await vi.waitUntil(() => enqueue(database.sql, { kind, subject }).catch(() => false), { timeout: 5000 });
  await untilStatus("done");
  await loop.stop();
});

test("stopping takes nothing new and waits for what runs", async () => {
  const events: string[] = [];
  const loop = startLoop(
    {
      [kind]: async ({ signal }) => {
        events.push("started");
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        await sleep(100);
        events.push("ended");
        return ok(null);
      },
    },
    { concurrency: 1 },
  );
  await enqueue(database.sql, { kind, subject });
  await vi.waitUntil(() => events.length === 1);
  await enqueue(database.sql, { kind, subject: randomUUID() });
  await loop.stop();
  expect(events).toEqual(["started", "ended"]);
  const rows = await database.sql`select status, count(*)::int as count from job group by status order by status`;
  expect(rows).toEqual([
    { status: "done", count: 1 },
    { status: "waiting", count: 1 },
  ]);
});

test("as many jobs run at a time as was said, and no more", async () => {
  let now = 0;
  let most = 0;
  const loop = startLoop(
    {
      [kind]: async () => {
        most = Math.max(most, ++now);
        await vi.waitUntil(() => most >= 3, 30_000); // the first ones stay until there are three, however long that takes
        await sleep(20); // for a fourth that should not come
        now--;
        return ok(null);
      },
    },
    { concurrency: 3 },
  );
  for (let i = 0; i < 12; i++) await enqueue(database.sql, { kind, subject: randomUUID() });
  await vi.waitUntil(async () => (await database.sql`select 1 from job where status <> 'done'`).length === 0, 60_000);
  await loop.stop();
  expect(most).toBe(3);
});
