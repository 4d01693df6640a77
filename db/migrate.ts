import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Sql, TransactionSql } from "postgres";
import { fail, ok, type Result } from "../src/core/kernel.ts";

export type MigrationFailure =
  /** The file is not what was applied: a database is changed by a new file only. */
  | { readonly code: "migration_changed"; readonly name: string }
  /** The database knows a migration that this program does not: it belongs to a newer program. */
  | { readonly code: "database_is_newer"; readonly name: string }
  /** A file not called `NNNN_name.sql`, or two with one number. */
  | { readonly code: "migration_misnamed"; readonly name: string }
  /** Something only the owner of the tables may do is to be done: the first migration of it, or the command. */
  | { readonly code: "database_needs_owner"; readonly name: string };

type Migration = { readonly name: string; readonly text: string; readonly sha256: string };

/** Held by whoever changes tables or rights: any number, the same in every service over one database. */
export const databaseLock = 7_212_015;

/** Beside this module, in `db/` and in `dist/db/`. */
export const migrationsFolder: string = fileURLToPath(new URL("./migrations/", import.meta.url));

/**
 * Brings the database to this program's shape: each file once, in order, in a transaction of its own, so a broken
 * one leaves what the one before it left. Services that start together wait for each other.
 *
 * @returns names applied now; a refusal changes nothing. Broken SQL is a bug and throws.
 */
export async function migrate(
  sql: Sql,
  folder: string = migrationsFolder,
): Promise<Result<readonly string[], MigrationFailure>> {
  const known = readMigrations(folder);
  if (!known.ok) return known;
  const agreed = await sql.begin((tx) => checkApplied(tx, known.value));
  if (!agreed.ok) return agreed;
  const applied: string[] = [];
  for (const migration of agreed.value) {
    if (await sql.begin((tx) => applyOnce(tx, migration))) applied.push(migration.name);
  }
  return ok(applied);
}

async function checkApplied(
  tx: TransactionSql,
  known: readonly Migration[],
): Promise<Result<readonly Migration[], MigrationFailure>> {
  await tx`select pg_advisory_xact_lock(${databaseLock})`;
  const may = await mayChange(tx);
  if (may.create && !may.stands)
    await tx`create table migration (
      name text primary key, sha256 text not null, applied_at timestamptz(0) not null default now())`;
  const applied = may.create || may.stands ? await appliedSoFar(tx) : [];
  for (const { name, sha256 } of applied) {
    const file = known.find((migration) => migration.name === name);
    if (file === undefined) return fail({ code: "database_is_newer", name });
    if (file.sha256 !== sha256) return fail({ code: "migration_changed", name });
  }
  const pending = known.filter(({ name }) => applied.every((done) => done.name !== name));
  const [first] = pending;
  if (first !== undefined && !may.create) return fail({ code: "database_needs_owner", name: first.name });
  return ok(pending);
}

const appliedSoFar = (tx: TransactionSql) =>
  tx<{ name: string; sha256: string }[]>`select name, sha256 from migration order by name`;

// PostgreSQL asks for the right to create even where `if not exists` would make nothing: the service's role has none.
async function mayChange(tx: TransactionSql): Promise<{ readonly create: boolean; readonly stands: boolean }> {
  const [may] = await tx<{ create: boolean; stands: boolean }[]>`
    select has_schema_privilege('public', 'create') as create, to_regclass('migration') is not null as stands`;
  return may ?? { create: false, stands: false };
}

// Asked again under the lock: another service may have applied it since.
async function applyOnce(tx: TransactionSql, { name, text, sha256 }: Migration): Promise<boolean> {
  await tx`select pg_advisory_xact_lock(${databaseLock})`;
  const [done] = await tx`select 1 from migration where name = ${name}`;
  if (done !== undefined) return false;
  await tx.unsafe(text);
  await tx`insert into migration (name, sha256) values (${name}, ${sha256})`;
  return true;
}

function readMigrations(folder: string): Result<readonly Migration[], MigrationFailure> {
  const names = readdirSync(folder).sort();
  const misnamed = names.find(
    (name, i) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name) || name.slice(0, 4) === names[i - 1]?.slice(0, 4),
  );
  if (misnamed !== undefined) return fail({ code: "migration_misnamed", name: misnamed });
  return ok(names.map((name) => readMigration(folder, name)));
}

function readMigration(folder: string, name: string): Migration {
  const text = readFileSync(join(folder, name), "utf8");
  return { name, text, sha256: createHash("sha256").update(text).digest("hex") };
}
