import type { Sql } from "postgres";
import { rightsByTable } from "./rights.ts";

/** What a role may do beyond serving, in the words of PostgreSQL. */
export type Excess =
  | "superuser"
  | "createrole"
  | "createdb"
  | "bypassrls"
  | "replication"
  | "owner of tables"
  | "create in schema public"
  | "temporary tables"
  | "files or programs of the server"
  | "rights in tables";

/**
 * What the role of this connection may do that the service never does. Nothing of it is used; each of it would let whoever
 * gets at the connection work around the triggers that keep the register.
 */
export async function excessOf(sql: Sql): Promise<readonly Excess[]> {
  const [found] = await sql<Record<Excess, boolean>[]>`
    select rolsuper as superuser, rolcreaterole as createrole, rolcreatedb as createdb, rolbypassrls as bypassrls,
      rolreplication as replication,
      exists (select from pg_class where relnamespace = 'public'::regnamespace and pg_has_role(relowner, 'member')) as "owner of tables",
      has_schema_privilege('public', 'create') as "create in schema public",
      has_database_privilege(current_database(), 'temporary') as "temporary tables",
      pg_has_role('pg_execute_server_program', 'member') or pg_has_role('pg_read_server_files', 'member')
        or pg_has_role('pg_write_server_files', 'member') as "files or programs of the server",
      exists (select from unnest(${[...rightsByTable.keys()]}::text[], ${beyond()}::text[]) as t (name, beyond)
        where to_regclass(t.name) is not null and has_table_privilege(to_regclass(t.name), t.beyond)) as "rights in tables"
    from pg_roles where rolname = current_user`;
  return Object.entries(found ?? {}).flatMap(([name, has]) => (has ? [name as Excess] : []));
}

// PostgreSQL takes a list and says yes when one of it is held.
const beyond = (): string[] =>
  [...rightsByTable.values()].map((rights) =>
    ["insert", "update", "delete", "truncate", "trigger"]
      .filter((one) => !rights.some((right) => right === one))
      .join(),
  );
