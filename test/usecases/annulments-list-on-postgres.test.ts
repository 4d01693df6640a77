import { afterAll, beforeAll, expect, test } from "vitest";
import { annulmentCounts, publishedAnnulments } from "../../db/stores/annulments.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import { olderParts } from "../../src/core/status/annulment.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { chanceOf } from "../support/seeded.ts";
import { keepPapers, somePapers } from "./statistics-data.ts";
import { keepHappenings, someHappenings } from "./statistics-others-data.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  const papers = somePapers(120, 5);
  await keepPapers(database.owner.sql, papers);
  await keepHappenings(database.owner.sql, someHappenings(papers, chanceOf(5)));
  await database.owner.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`; // its papers are of books and agencies that are not there
    await tx`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
      select distinct on (book_id) book_id, agency_id, suffix, year, 1, now() from certificate`;
  });
});
afterAll(() => database?.drop());

const most = 3;
const told = async (agencyId: AgencyId | null, part: number | null) =>
  (await publishedAnnulments(database.owner.sql, { agencyId, part, most })).map(
    (one) => `${one.agencyId} ${one.bookText} ${one.number}`,
  );

test("ANNUL-1: every decision stays in the published list: the newest, and older parts that no later decision moves", async () => {
  const counts = await annulmentCounts(database.owner.sql);
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  expect([counts.length > 1, all > 4 * most]).toEqual([true, true]);
  for (const [agencyId, count] of [[null, all] as const, ...counts.map((one) => [one.agencyId, one.count] as const)]) {
    const parts = Array.from({ length: Math.floor(count / most) }, (_, i) => i + 1);
    const older = await Promise.all(parts.map((part) => told(agencyId, part)));
    expect(older.map(({ length }) => length)).toEqual(parts.map(() => most));
    expect(new Set(older.flat()).size).toBe(parts.length * most);
    expect(new Set([...older.flat(), ...(await told(agencyId, null))]).size).toBe(count);
    if (agencyId !== null) expect(older.flat().every((one) => one.startsWith(`${agencyId} `))).toBe(true);
  }
});

test("ANNUL-1: an older part is there once it is whole, and none while one list tells all", () => {
  expect([0, 999, 1000, 1001, 1999, 2000, 2500].map(olderParts)).toEqual([0, 0, 0, 1, 1, 2, 2]);
});
