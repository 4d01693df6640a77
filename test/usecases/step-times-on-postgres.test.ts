import { afterAll, beforeAll, expect, test } from "vitest";
import { endedSteps } from "../../db/stores/ended-steps.ts";
import { keepStepTimesWith, roleChangesOf, stepTimesOf } from "../../db/stores/step-times.ts";
import { calendarOf } from "../../src/core/holidays.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { dutyOf } from "../../src/core/statistics/duty.ts";
import { longestSteps } from "../../src/core/statistics/long-steps.ts";
import { daysOfSpan, type Span } from "../../src/core/statistics/span.ts";
import { standardsBy, usualStandards } from "../../src/core/statistics/step-times.ts";
import { traceOf } from "../../src/core/statistics/step-trace.ts";
import { keepStepTimes } from "../../src/usecases/administration/keep-step-times.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { agencies, dayOf, keepPapers, somePapers } from "./statistics-data.ts";

const calendar = calendarOf([]);
const week = daysOfSpan("2026-W01" as Span);
const whats = ["scan_read", "email_given", "attested", "numbered", "person_signed"];
const papers = somePapers(160, 31);
const now = "2026-11-23T02:00:00Z" as Instant;
const personId = "00000000-0000-4000-8000-000000000077" as PersonId;
const [first, second] = agencies as [AgencyId, AgencyId];
let database: FreshDatabase;

/** Of every third the first event ends a step. */
const eventsOf = (i: number) => {
  const paper = papers[i];
  const steps = (paper?.at ?? []).map((at, k) => ({ what: whats[k] ?? "", at, personId, by: "Họa (hư cấu)" }));
  const opened = { what: "opened", at: paper?.openedAt ?? now, personId, by: "Họa (hư cấu)" };
  return i % 3 === 0 ? steps : [opened, ...steps];
};

beforeAll(async () => {
  database = await freshDatabase();
  const { sql } = database.owner;
  await keepPapers(sql, papers);
  for (const id of agencies)
    await sql`insert into agency (id, name, province, code, development, created_at)
      values (${id}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', ${`H01.${id}`}, true, ${now})`;
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${personId}, ${first}, 'hoa', 'Họa (hư cấu)', '$argon2id$none', ${now})`;
  const events = papers.flatMap(({ id }, i) =>
    eventsOf(i).map(({ what, at }) => ({ dossier_id: id, what, person_id: personId, happened_at: at })),
  );
  await sql`insert into dossier_event ${sql(events)}`;
});
afterAll(() => database?.drop());

test("STAT-3: the longest steps of a week are those that tracing each dossier gives, of the own agency alone", async () => {
  const standards = () => usualStandards;
  for (const agencyId of [first, second]) {
    const traced = papers.flatMap((paper, i) =>
      paper.agency === agencyId
        ? traceOf(eventsOf(i), calendar, standards).map((line) => ({ ...line, id: paper.id }))
        : [],
    );
    const inWeek = traced.filter(({ to }) => dayOf(to) >= week.from && dayOf(to) < week.before);
    const byHand = inWeek.toSorted((a, b) => b.workedSeconds - a.workedSeconds).slice(0, 10);
    const told = await longestSteps(endedSteps(database.owner.sql, { agencyId, ...week }), { calendar, standards }, 10);
    expect(told.map(({ workedSeconds }) => workedSeconds)).toEqual(byHand.map(({ workedSeconds }) => workedSeconds));
    expect(told[9]?.workedSeconds).toBeGreaterThan(0);
    const [line] = told;
    expect(inWeek).toContainEqual({
      ...{ id: line?.dossierId, step: line?.step, personId, by: "Họa (hư cấu)", from: line?.from, to: line?.to },
      ...{ workedSeconds: line?.workedSeconds, standardMinutes: line?.standardMinutes, isOver: line?.isOver },
    });
  }
});

test("STAT-3: an agency's standard times are its own, hold from today or later, and are never changed", async () => {
  const { sql } = database.owner;
  const actor = { agencyId: first, personId };
  const world = {
    now: () => now,
    standards: async () => standardsBy(await stepTimesOf(sql, first), usualStandards),
    keep: (...kept: Parameters<typeof keepStepTimesWith> extends [unknown, ...infer R] ? R : never) =>
      keepStepTimesWith(sql, ...kept),
  };
  const wanted = { ...usualStandards, compare: 45, seal: null };
  const today = "2026-11-23" as LocalDate;
  expect(await keepStepTimes(wanted, "2026-11-22" as LocalDate, actor, world)).toEqual({
    ok: false,
    failure: { code: "day_was" },
  });
  const kept = [await keepStepTimes(wanted, today, actor, world), await keepStepTimes(wanted, today, actor, world)];
  expect(kept).toEqual([
    { ok: true, value: 2 },
    { ok: true, value: 0 },
  ]);
  expect((await world.standards())(today)).toEqual(wanted);
  expect(await stepTimesOf(sql, second)).toEqual([]);
  const acts = await sql`select about from admin_event where what = 'step_times_kept'`;
  expect(acts.map(({ about }) => about)).toEqual(["2026-11-23: compare=45, seal=none"]);
  for (const statement of [
    ...["update step_time set minutes = 1", "delete from step_time", "truncate step_time"],
    `insert into step_time (agency_id, step, minutes, valid_from, kept_by, kept_at)
      values ('${first}', 'sign', 5, '2026-11-22', '${personId}', '${now}')`,
  ])
    await expect(sql.unsafe(statement), statement).rejects.toThrow();
});

test("STAT-3: who was entrusted with what is kept when it changes, and says in which duty a step was done", async () => {
  const { sql } = database.owner;
  await sql`insert into person_role (person_id, role) values (${personId}, 'comparer')`;
  await sql`delete from person_role where person_id = ${personId}`;
  await sql`insert into person_role (person_id, role) values (${personId}, 'signer')`;
  const changes = (await roleChangesOf(sql, [personId])).get(personId) ?? [];
  expect(changes.map(({ role, given }) => [role, given])).toEqual([
    ["comparer", true],
    ["comparer", false],
    ["signer", true],
  ]);
  expect(dutyOf("refuse", changes, "2099-01-01T00:00:00Z" as Instant)).toEqual(["signer"]);
  await expect(sql`delete from role_change`).rejects.toThrow();
});
