import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { excessOf } from "../../db/roles/excess.ts";
import { grantRights } from "../../db/roles/grant-rights.ts";
import { drawnByName, rightsByTable } from "../../db/roles/rights.ts";
import { prepareDatabase } from "../../src/wiring/prepare-database.ts";
import { emptyDatabase, type FreshDatabase, freshDatabase } from "../support/database.ts";

let database: FreshDatabase;
let role: string;
beforeAll(async () => {
  database = await freshDatabase();
  role = new URL(database.url).username;
});
afterAll(() => database.drop());

const asked = ["select", "insert", "update", "delete", "truncate", "references", "trigger"];

/** Every table and view as PostgreSQL knows it, with what the role that serves may do there by whatever way. */
async function rightsHeld(): Promise<Map<string, string[]>> {
  const rows = await database.sql<{ name: string; rights: string[] }[]>`
    select c.relname as name, array(select r from unnest(${asked}::text[]) with ordinality as u (r, n)
      where has_table_privilege(c.oid, r) order by n) as rights
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')`;
  return new Map(rows.map(({ name, rights }) => [name, rights]));
}

describe("ADR 103: the rights of the role that serves", () => {
  test("every table and view has its stated rights, and the role has those and no other", async () => {
    const held = await rightsHeld();
    expect([...held.keys()].toSorted()).toEqual([...rightsByTable.keys()].toSorted());
    expect(Object.fromEntries(held)).toEqual(Object.fromEntries(rightsByTable));
  });

  test("of a sequence that a column draws from by name the role may draw; it moves none", async () => {
    const sequences = await database.sql<{ name: string; draws: boolean; moves: boolean }[]>`
      select sequencename as name, has_sequence_privilege(quote_ident(sequencename), 'usage') as draws,
        has_sequence_privilege(quote_ident(sequencename), 'update') as moves
      from pg_sequences where schemaname = 'public'`;
    expect(sequences.filter(({ draws }) => draws).map(({ name }) => name)).toEqual(drawnByName);
    expect(sequences.filter(({ moves }) => moves)).toEqual([]);
    const named = await database.sql<{ told: string }[]>`
      select pg_get_expr(adbin, adrelid) as told from pg_attrdef where pg_get_expr(adbin, adrelid) like 'nextval%'`;
    expect(named.filter(({ told }) => !drawnByName.some((name) => told.includes(`'${name}'`)))).toEqual([]);
  });

  test("where a trigger refuses every change, or every removal, the role may not even try", async () => {
    const rows = await database.owner.sql<{ name: string; changes: boolean; removes: boolean }[]>`
      select t.tgrelid::regclass::text as name, (t.tgtype & 16) > 0 as changes, (t.tgtype & 8) > 0 as removes
      from pg_trigger t join pg_proc p on p.oid = t.tgfoid
      where p.proname = 'refuse_change' and (t.tgtype & 2) > 0 and (t.tgtype & 1) > 0`;
    expect(rows.length).toBeGreaterThan(50);
    const tried = rows.filter(({ name, changes, removes }) => {
      const rights = rightsByTable.get(name) ?? [];
      return (changes && rights.includes("update")) || (removes && rights.includes("delete"));
    });
    expect(tried).toEqual([]);
  });

  test("what was given beyond is taken back, what is missing is given, and what stands is not written again", async () => {
    const other = await freshDatabase();
    try {
      await other.owner.sql.unsafe(
        `grant all on all tables in schema public to ${role}; revoke all on dossier from ${role}`,
      );
      await other.owner.sql.unsafe(`grant temporary on database ${new URL(other.url).pathname.slice(1)} to public`);
      expect(await excessOf(other.sql)).toEqual(["temporary tables", "rights in tables"]);
      await grantRights(other.owner.sql, role);
      expect(await excessOf(other.sql)).toEqual([]);
      expect(await other.sql`select count(*)::int as n from dossier`).toEqual([{ n: 0 }]);
      const versions = () =>
        other.owner.sql`select oid, xmin from pg_class where relnamespace = 'public'::regnamespace order by oid`;
      const before = await versions();
      await grantRights(other.owner.sql, role);
      expect(await versions()).toEqual(before);
    } finally {
      await other.drop();
    }
  });
});

describe("ADR 103: a database is prepared by its owner and served by a role that owns nothing", () => {
  test("an empty database is made by the owner; the role that serves finds all done and has nothing beyond", async () => {
    const empty = await emptyDatabase();
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    try {
      expect(await prepareDatabase(empty, null, { log })).toMatchObject({
        ok: false,
        failure: { code: "database_needs_owner", name: "0001_jobs_and_blobs.sql" },
      });
      expect(await prepareDatabase(empty, empty.ownerUrl, { log })).toEqual({ ok: true, value: null });
      expect(await prepareDatabase(empty, null, { log })).toEqual({ ok: true, value: null });
      expect(lines).toEqual([]);
      expect(await prepareDatabase(empty, null, { worksAsOwner: true, log })).toMatchObject({
        failure: { code: "database_needs_owner", name: "rebuild-log" },
      });
    } finally {
      await empty.drop();
    }
  });

  test("an owner that is no superuser is enough, as a province's server has it", async () => {
    const empty = await emptyDatabase();
    const name = new URL(empty.url).pathname.slice(1);
    const [owner, password] = [`${name}_owner`, randomBytes(16).toString("hex")];
    try {
      await empty.owner.sql.unsafe(`create role ${owner} login password '${password}'`);
      await empty.owner.sql.unsafe(`alter database ${name} owner to ${owner}`);
      const ownerUrl = Object.assign(new URL(empty.ownerUrl), { username: owner, password }).href;
      const lines: string[] = [];
      const log = (line: string) => void lines.push(line);
      expect(await prepareDatabase(empty, ownerUrl, { log })).toEqual({ ok: true, value: null });
      expect(lines).toEqual([]);
      expect(await empty.sql`select id from book`).toEqual([]);
    } finally {
      await empty.owner.sql.unsafe(`drop owned by ${owner} cascade; alter database ${name} owner to current_user`);
      await empty.owner.sql.unsafe(`drop role ${owner}`);
      await empty.drop();
    }
  });

  test("one role for both still works, and is told with what to do", async () => {
    const empty = await emptyDatabase();
    const lines: string[] = [];
    try {
      await prepareDatabase(empty.owner, null, { log: (line) => void lines.push(line) });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain("owner of tables");
      expect(lines[0]).toContain("create role chungthuc_service login");
      expect(await empty.owner.sql`select name from migration limit 1`).toHaveLength(1);
    } finally {
      await empty.drop();
    }
  });
});

const denied = "42501"; // insufficient_privilege

describe("what whoever gets at the service's connection cannot do, in SQL", () => {
  const refused: readonly string[] = [
    ...["certificate", "log_entry", "dossier_event", "book", "number_series"].map((table) => `delete from ${table}`),
    ...["log_entry set leaf = leaf", "dossier_event set happened_at = now()", "confirmation set person_id = null"].map(
      (row) => `update ${row}`,
    ),
    ...["certificate", "log_entry", "dossier_event", "book", "job"].map((table) => `truncate ${table} cascade`),
    "insert into role_change (person_id, role, given, at) select id, 'signer', false, now() from person",
    "update migration set sha256 = ''",
    "alter table certificate disable trigger register_line_is_kept",
    "alter table certificate disable trigger all",
    "set session_replication_role = replica",
    "drop trigger register_line_is_kept on certificate",
    "drop table log_entry cascade",
    "alter table certificate drop constraint certificate_pkey cascade",
    "create trigger mine before insert on certificate for each row execute function refuse_change()",
    "create or replace function refuse_change() returns trigger language plpgsql as $$ begin return null; end $$",
    "create function mine() returns int language sql return 1",
    "create table mine (id int)",
    "create temporary table dossier (id uuid)", // before ours in the search path: triggers would look there
    "create schema mine",
    "copy (select 1) to program 'true'",
    "copy certificate to '/tmp/mine'",
    "select pg_read_file('postgresql.conf')",
    "select pg_ls_dir('.')",
    "select lo_import('/etc/passwd')",
    "alter system set fsync = off",
    "select set_config('session_preload_libraries', 'mine', false)",
    "create role mine",
    "create database mine",
    "drop owned by OWNER",
    "alter role OWNER password 'mine'",
    "alter role SERVICE superuser",
    "set role OWNER",
    "set session authorization OWNER",
  ];

  test.each(refused)("STYLE C16: %s", async (statement) => {
    const [owner] = await database.owner.sql<{ name: string }[]>`select current_user as name`;
    const said = statement.replace("OWNER", `"${owner?.name}"`).replace("SERVICE", role);
    const tried = database.sql.unsafe(said);
    await expect(tried).rejects.toMatchObject({ code: denied });
  });

  test("STYLE C16: who holds a right cannot hand it on, nor widen it", async () => {
    await database.sql.unsafe(`grant all on certificate, log_entry to ${role}`); // PostgreSQL warns and gives nothing
    expect(Object.fromEntries(await rightsHeld())).toEqual(Object.fromEntries(rightsByTable));
  });
});
