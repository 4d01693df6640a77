import type { Sql, TransactionSql } from "postgres";
import { databaseLock } from "../migrate.ts";
import { drawnByName, rightsByTable } from "./rights.ts";

/**
 * Gives a role what the service needs and takes from it what it had beyond, as the owner of the tables. What stands already
 * is left alone, so that a start rewrites nothing.
 *
 * @param role the service's; made before, by whoever runs the server
 */
export const grantRights = (owner: Sql, role: string): Promise<void> =>
  owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${databaseLock})`;
    await grantAround(tx, role);
    for (const sequence of drawnByName) await grantDrawing(tx, sequence, role);
    const held = await heldBy(tx, role);
    for (const table of new Set([...rightsByTable.keys(), ...held.keys()])) {
      const wanted = rightsByTable.get(table) ?? [];
      if ([...wanted].sort().join() === held.get(table)) continue;
      await tx`revoke all on ${tx(table)} from ${tx(role)}`;
      if (wanted.length > 0) await tx`grant ${tx.unsafe(wanted.join())} on ${tx(table)} to ${tx(role)}`;
    }
  });

// A temporary table named like one of ours stands before it in the search path: the triggers would look there.
async function grantAround(tx: TransactionSql, role: string): Promise<void> {
  const [may] = await tx<{ database: string; uses: boolean; connects: boolean; shadows: boolean }[]>`
    select current_database() as database, has_schema_privilege(${role}, 'public', 'usage') as uses,
      has_database_privilege(${role}, current_database(), 'connect') as connects,
      has_database_privilege(${role}, current_database(), 'temporary') as shadows`;
  if (may === undefined) return;
  if (!may.uses) await tx`grant usage on schema public to ${tx(role)}`;
  if (!may.connects) await tx`grant connect on database ${tx(may.database)} to ${tx(role)}`;
  if (may.shadows) await tx`revoke temporary on database ${tx(may.database)} from public`;
}

async function grantDrawing(tx: TransactionSql, sequence: string, role: string): Promise<void> {
  const [held] = await tx<{ may: boolean }[]>`select has_sequence_privilege(${role}, ${sequence}, 'usage') as may`;
  if (held?.may === false) await tx`grant usage on sequence ${tx(sequence)} to ${tx(role)}`;
}

async function heldBy(tx: TransactionSql, role: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx<{ table: string; rights: string }[]>`
    select c.relname as table, string_agg(lower(a.privilege_type), ',' order by lower(a.privilege_type) collate "C") as rights
    from pg_class c, aclexplode(c.relacl) a
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
      and a.grantee = (select oid from pg_roles where rolname = ${role})
    group by c.relname`;
  return new Map(rows.map(({ table, rights }) => [table, rights]));
}
