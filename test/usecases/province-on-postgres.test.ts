import { afterAll, beforeAll, expect, test } from "vitest";
import { letWatch } from "../../db/stores/province-watch.ts";
import { countIn, trendIn } from "../../db/stores/statistics.ts";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import { type Instant, utf8 } from "../../src/core/kernel.ts";
import { daysOfSpan, type Span, spanBefore } from "../../src/core/statistics/span.ts";
import { areasWorld } from "../../src/wiring/areas.ts";
import type { House } from "../../src/wiring/house.ts";
import { provinceWorld } from "../../src/wiring/province.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { keepPerson, keepProvince } from "../support/provinces.ts";
import { agencies, keepPapers, somePapers } from "./statistics-data.ts";

let database: FreshDatabase;
let watcher: Actor;
let other: Actor;
const now = "2026-01-05T02:00:00Z" as Instant;
const world = () => provinceWorld({ sql: database.owner.sql, now: () => now } as House);
const [first = "", second = ""] = agencies;

beforeAll(async () => {
  database = await freshDatabase();
  watcher = await keepProvince(database.owner.sql, "AA", [first, "ba"]);
  other = await keepProvince(database.owner.sql, "BB", [second]);
  await keepPapers(database.owner.sql, somePapers(400, 11));
});
afterAll(() => database?.drop());

test("STAT-4: of a province each agency's figures are those of its own statistics, in this span and the one before", async () => {
  for (const span of ["2026-01", "2026-W01", "2025-12-31", "2026"] as readonly string[] as readonly Span[]) {
    const view = await world().view(span, watcher);
    expect(view?.works.map(({ agencyId }) => agencyId).toSorted()).toEqual(["ba", first].toSorted());
    for (const [works, counted] of [
      [view?.works, span],
      [view?.before, spanBefore(span)],
    ] as const) {
      const counts = await countIn(database.owner.sql, { agencyId: first as AgencyId, ...daysOfSpan(counted), now });
      expect(works?.find(({ agencyId }) => agencyId === first)).toMatchObject({
        ...{ electronic: counts.electronic.acts, paper: counts.paper.acts, paperOnly: counts.paperOnlyActs },
        ...{ answered: counts.answered, answeredInTime: counts.answeredInTime, overdue: counts.overdue },
      });
    }
  }
});

test("STAT-4: the trend begins with the first line of the province and counts each line of it once", async () => {
  const view = await world().view("2026" as Span, watcher);
  const days = { from: "2020-01-01", before: "2030-01-01" } as never;
  const all = await trendIn(database.owner.sql, [first as AgencyId], days, 7);
  expect(view?.trend).toEqual(all);
  expect(view?.trend.map(({ at }) => at)).toEqual(["2025-12", "2026-01"]);
});

test("AUTH-5: what is late is told by code and term; an agency of another province is not there, nor is a commune a province", async () => {
  const own = await world().agency(first as AgencyId, "2026" as Span, watcher);
  const owed = await database.owner
    .sql`select 1 from dossier d where agency_id = ${first} and due_at < ${now} and (status = 'read'
    or status = 'refused' and not exists (select 1 from refusal_notice where dossier_id = d.id))`;
  const view = await world().view("2026" as Span, watcher);
  expect(owed.length).toBeGreaterThan(3);
  expect(view?.works.find(({ agencyId }) => agencyId === first)?.late).toBe(owed.length);
  expect(own?.dossiers.filter(({ standing }) => standing === "late")).toHaveLength(owed.length);
  expect(JSON.stringify([view, own])).not.toMatch(/Bằng|applicant|holder|title/i);
  const strangers = [second, "tinh-aa", "tinh-bb", "không có"].map((id) =>
    world().agency(id as AgencyId, "2026" as Span, watcher),
  );
  expect(await Promise.all(strangers)).toEqual([null, null, null, null]);
  const commune = { agencyId: first as AgencyId, personId: watcher.personId };
  expect([
    await world().view("2026" as Span, commune),
    (await world().view("2026" as Span, other))?.works.length,
  ]).toEqual([null, 1]);
});

const refused = (statement: Promise<unknown>) =>
  statement.then(
    () => "done",
    (error: Error) => error.message.slice(0, 6),
  );

test("AUTH-5: who watches has no other duty and belongs to a province's own agency; the database refuses the rest", async () => {
  const { sql } = database.owner;
  const id = crypto.randomUUID();
  await keepPerson(sql, id, first);
  const tries = [
    await refused(sql`insert into person_role values (${id}, 'province')`),
    await refused(sql`insert into person_role values (${watcher.personId}, 'signer')`),
    await refused(sql`insert into person_role values (${id}, 'signer')`),
    await refused(sql`update person_role set role = 'province' where person_id = ${id}`),
  ];
  expect(tries).toEqual(["AUTH-5", "AUTH-5", "done", "AUTH-5"]);
});

test("AUTH-5: no list that an administrator brings moves or renames an area that is not the own agency's alone", async () => {
  const areas = areasWorld({ sql: database.owner.sql, now: () => now });
  const take = (line: string) =>
    areas.take(utf8(`ma,ten,loai,cap_tren,nhap_vao\nX1,Tỉnh X1 (hư cấu),tinh,,\n${line}`), watcher);
  const faulty = { code: "areas_faulty", faults: [{ line: 3, column: null, code: "moves_others" }] };
  for (const line of [
    "BB.1,Xã BB.1 (hư cấu),xa,AA,", // its neighbour's commune, and so its figures
    "BB.1,Xã BB.1 (hư cấu),xa,BB,AA.1",
    "BB,Tỉnh BB (hư cấu),tinh,,AA",
    "AA,Tỉnh AA (hư cấu),tinh,,BB", // who watches the one would watch the other
    "AA,Tỉnh AA (hư cấu),xa,BB,",
  ])
    expect(await take(line)).toEqual({ ok: false, failure: faulty });
  const renamed = { code: "areas_faulty", faults: [{ line: 3, column: null, code: "names_others" }] };
  for (const line of ["BB.1,Xã Mới (hư cấu),xa,BB,", "AA.1,Xã Mới (hư cấu),xa,AA,"])
    expect(await take(line)).toEqual({ ok: false, failure: renamed });
  expect(await take("X2,Tỉnh X2 (hư cấu),tinh,,")).toMatchObject({ ok: true, value: { added: [{}, {}] } });
});

test("AUTH-5: an agency follows its area into what that was merged into; who watches no more sees nothing from that second", async () => {
  const { sql } = database.owner;
  const agenciesOf = async (actor: Actor) =>
    (await world().view("2026" as Span, actor))?.works.map(({ agencyId }) => agencyId) ?? null;
  await sql`insert into area_saying (code, name, kind, parent_code, merged_into, file_sha256, said_at)
    values ('AA.2', 'Xã AA.2 (hư cấu)', 'xa', 'AA', 'BB.1', ${"1".repeat(64)}, now())`;
  expect([await agenciesOf(watcher), (await agenciesOf(other))?.toSorted()]).toEqual([
    [first],
    ["ba", second].toSorted(),
  ]);
  const said = (agency: AgencyId, areaCode: string | null) => letWatch(sql, { agencyId: agency, areaCode, at: now });
  expect(await refused(said(first as AgencyId, "AA.1"))).toBe("AUTH-5");
  await said(watcher.agencyId, "AA");
  await said(watcher.agencyId, null);
  expect(await agenciesOf(watcher)).toBeNull();
  expect((await sql`select 1 from province_watch where agency_id = ${watcher.agencyId}`).length).toBe(2);
  const late = crypto.randomUUID();
  await keepPerson(sql, late, watcher.agencyId);
  expect(await refused(sql`insert into person_role values (${late}, 'province')`)).toBe("AUTH-5");
});
