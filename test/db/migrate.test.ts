import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../db/connect.ts";
import { migrate, migrationsFolder } from "../../db/migrate.ts";
import { emptyDatabase, type FreshDatabase, freshDatabase } from "../support/database.ts";

let database: FreshDatabase;
let folder: string;
beforeEach(async () => {
  database = await emptyDatabase();
  folder = mkdtempSync(join(tmpdir(), "chungthuc-migrations-"));
  writeFileSync(join(folder, "0001_one.sql"), "create table one (id int); insert into one values (1);");
  writeFileSync(join(folder, "0002_two.sql"), "create function two() returns int language sql as $$ select 2; $$;");
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

test("DESIGN 11: the product's own migrations build an empty database, and a second run changes nothing", async () => {
  expect(await migrate(database.owner.sql)).toMatchObject({
    ok: true,
    value: expect.arrayContaining(["0001_jobs_and_blobs.sql"]),
  });
  expect(await migrate(database.owner.sql)).toEqual({ ok: true, value: [] });
});

test("two services that start together apply each migration once", async () => {
  const other = openDatabase(database.ownerUrl, { max: 2 });
  const results = await Promise.all([migrate(database.owner.sql, folder), migrate(other.sql, folder)]);
  await other.close();
  expect(results.flatMap((result) => (result.ok ? result.value : ["refused"])).sort()).toEqual([
    "0001_one.sql",
    "0002_two.sql",
  ]);
  expect(await database.owner.sql`select count(*)::int as count from one`).toEqual([{ count: 1 }]);
});

test("a migration that was changed after it was applied is refused, and no later one is applied", async () => {
  await migrate(database.owner.sql, folder);
  appendFileSync(join(folder, "0001_one.sql"), "\n-- changed");
  writeFileSync(join(folder, "0003_three.sql"), "create table three ();");
  expect(await migrate(database.owner.sql, folder)).toEqual({
    ok: false,
    failure: { code: "migration_changed", name: "0001_one.sql" },
  });
  expect(await database.owner.sql`select to_regclass('three') as found`).toEqual([{ found: null }]);
});

test("a database that a newer program has migrated is refused", async () => {
  await migrate(database.owner.sql, folder);
  rmSync(join(folder, "0002_two.sql"));
  const answer = await migrate(database.owner.sql, folder);
  expect(answer).toEqual({ ok: false, failure: { code: "database_is_newer", name: "0002_two.sql" } });
});

test("a migration that breaks halfway leaves nothing of itself, and the ones before it stay", async () => {
  writeFileSync(join(folder, "0003_three.sql"), "create table three (); select 1/0;");
  await expect(migrate(database.owner.sql, folder)).rejects.toThrow(/division by zero/);
  expect(await database.owner.sql`select to_regclass('three') as found`).toEqual([{ found: null }]);
  writeFileSync(join(folder, "0003_three.sql"), "create table three ();");
  expect(await migrate(database.owner.sql, folder)).toEqual({ ok: true, value: ["0003_three.sql"] });
});

test.each([
  "0002_again.sql",
  "three.sql",
  "0004_x.txt",
])("a migration called %s among 0001 and 0002 is refused", async (name) => {
  writeFileSync(join(folder, name), "");
  expect(await migrate(database.owner.sql, folder)).toMatchObject({
    ok: false,
    failure: { code: "migration_misnamed" },
  });
});

test("the run's template holds every migration that stands in the folder", async () => {
  const fresh = await freshDatabase();
  expect(await migrate(fresh.owner.sql, migrationsFolder)).toEqual({ ok: true, value: [] });
  await fresh.drop();
});

test("bytea comes as plain bytes of its own buffer, and json as values", async () => {
  const [row] = await database.owner
    .sql`select ${Uint8Array.of(0, 255, 7)}::bytea as bytes, '{"a":[1]}'::jsonb as json`;
  expect(row).toEqual({ bytes: Uint8Array.of(0, 255, 7), json: { a: [1] } });
  expect(row?.["bytes"].constructor).toBe(Uint8Array);
});
