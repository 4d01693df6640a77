import { afterAll, beforeAll, expect, test } from "vitest";
import { letWatch } from "../../db/stores/province-watch.ts";
import { countIn } from "../../db/stores/statistics.ts";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { figuresOf } from "../../src/core/statistics/figures.ts";
import { daysOfSpan, type Span } from "../../src/core/statistics/span.ts";
import { weeksOver } from "../../src/core/statistics/weekly.ts";
import type { House } from "../../src/wiring/house.ts";
import { makeWeeklyReports, weeklyWorld } from "../../src/wiring/weekly-reports.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { keepProvince } from "../support/provinces.ts";
import { agencies, keepPapers, somePapers } from "./statistics-data.ts";

let database: FreshDatabase;
let watcher: Actor;
let now = "2026-01-04T16:59:59Z" as Instant; // the last second of Sunday in Vietnam
const [first = ""] = agencies;
const head = { agencyId: first as AgencyId, personId: "" } as Actor;
const week = "2026-W01" as Span;
const house = () => ({ sql: database.owner.sql, now: () => now }) as House;
const told = (of: Span, actor = head) => weeklyWorld(house()).report(of, actor);

beforeAll(async () => {
  database = await freshDatabase();
  watcher = await keepProvince(database.owner.sql, "AA", agencies);
  await database.owner.sql`update agency set created_at = '2025-12-20T00:00:00Z'`;
  await keepPapers(database.owner.sql, somePapers(300, 5));
});
afterAll(() => database?.drop());

test("STAT-5: the weeks that are over are those before the one that Vietnam is in", () => {
  expect(weeksOver(now, 2)).toEqual(["2025-W51", "2025-W52"]);
  expect(weeksOver("2026-01-04T17:00:00Z" as Instant, 2)).toEqual(["2025-W52", "2026-W01"]);
});

test("STAT-5: a report is made once its week is over, by whoever comes first, and a week that was missed later", async () => {
  await makeWeeklyReports(house());
  expect([await told(week), (await told("2025-W52" as Span))?.week]).toEqual([null, "2025-W52"]);
  now = "2026-01-05T02:00:00Z" as Instant;
  const made = await Promise.all([makeWeeklyReports(house()), makeWeeklyReports(house())]);
  expect([made[0] > 0, await makeWeeklyReports(house())]).toEqual([true, 0]);
  const counts = await countIn(database.owner.sql, { agencyId: head.agencyId, ...daysOfSpan(week), now });
  expect(await told(week)).toMatchObject({ week, countedAt: now, content: { kind: "agency", counts } });
  expect(figuresOf(counts).some(({ value }) => (value ?? 0) > 0)).toBe(true);
  expect((await database.owner.sql`select 1 from weekly_report where agency_id = ${first}`).length).toBe(3);
});

test("STAT-5: a province's report tells each of its agencies by the same figures; nobody else has it", async () => {
  const content = (await told(week, watcher))?.content;
  const own = (await told(week))?.content;
  if (content?.kind !== "province" || own?.kind !== "agency") throw new Error("no report");
  expect(content.works.map(({ agencyId }) => agencyId).toSorted()).toEqual(agencies.toSorted());
  expect(content.works.find(({ agencyId }) => agencyId === first)).toMatchObject({
    ...{ answered: own.counts.answered, answeredInTime: own.counts.answeredInTime, overdue: own.counts.overdue },
  });
  const all = await weeklyWorld(house()).reports(head);
  expect(all.map((one) => one.week)).toEqual(["2026-W01", "2025-W52", "2025-W51"]);
});

test("STAT-5: what is kept is never changed; what is counted otherwise later, the next week's report tells", async () => {
  const before = await told(week);
  const { sql } = database.owner;
  for (const change of [
    "update weekly_report set kind = 'agency'",
    "delete from weekly_report",
    "truncate weekly_report",
  ])
    await expect(sql.unsafe(change)).rejects.toThrow();
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into withdrawal (dossier_id, reason, withdrawn_at) select id, 'lý do (hư cấu)', '2026-01-02T04:00:00Z'
      from dossier where agency_id = ${first} and status = 'read' limit 2`;
  });
  now = "2026-01-12T02:00:00Z" as Instant;
  await makeWeeklyReports(house());
  const next = (await told("2026-W02" as Span))?.content;
  if (before?.content.kind !== "agency" || next?.kind !== "agency") throw new Error("no report");
  const was = before.content.counts.withdrawn;
  expect(next.changed).toContainEqual({ week, id: "withdrawn", was, is: was + 2 });
  expect(await told(week)).toEqual(before);
  expect((await told("2026-W02" as Span, watcher))?.content).toMatchObject({ name: "Tỉnh AA (hư cấu)" });
});

test("STAT-5: a province's next report tells what is counted otherwise, agency by agency; an old one keeps the province's old name", async () => {
  const { sql } = database.owner;
  const old = (await told("2026-W02" as Span, watcher))?.content;
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update certificate set released_at = '2026-01-06T03:00:00Z' where agency_id = ${first} and status = 'issued'`;
  });
  await sql`insert into area_saying (code, name, kind, parent_code, file_sha256, said_at)
    values ('AA', 'Tỉnh Đổi Tên (hư cấu)', 'tinh', null, ${"0".repeat(64)}, now())`;
  now = "2026-01-19T02:00:00Z" as Instant;
  await makeWeeklyReports(house());
  const next = (await told("2026-W03" as Span, watcher))?.content;
  if (old?.kind !== "province" || next?.kind !== "province") throw new Error("no report");
  const was = old.works.find(({ agencyId }) => agencyId === first)?.answered;
  const is = next.before.find(({ agencyId }) => agencyId === first)?.answered;
  expect(is).toBeGreaterThan(was ?? 0);
  expect(next.changed).toContainEqual(expect.objectContaining({ agencyId: first, figure: "answered", was, is }));
  expect([old.name, next.name]).toEqual(["Tỉnh AA (hư cấu)", "Tỉnh Đổi Tên (hư cấu)"]);
});

test("AUTH-5: an agency that watches for another province reads no report of the former one, and again where it returns", async () => {
  await keepProvince(database.owner.sql, "BB", []);
  const watch = (areaCode: string) => letWatch(database.owner.sql, { agencyId: watcher.agencyId, areaCode, at: now });
  now = "2026-03-02T02:00:00Z" as Instant;
  await watch("BB");
  expect([await told(week, watcher), await weeklyWorld(house()).reports(watcher)]).toEqual([null, []]);
  await watch("AA");
  expect((await told(week, watcher))?.content.kind).toBe("province");
});

test("AUTH-5: an agency that watches no more reads no report of the province either", async () => {
  expect((await told(week, watcher))?.content.kind).toBe("province");
  await letWatch(database.owner.sql, { agencyId: watcher.agencyId, areaCode: null, at: now });
  expect([await told(week, watcher), await weeklyWorld(house()).reports(watcher)]).toEqual([null, []]);
});
