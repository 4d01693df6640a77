import type { Sql } from "postgres";
import { statusWriterLock } from "../../../../db/stores/log.ts";

type Shape = {
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly string[];
};
type Constraint = {
  readonly on: string;
  readonly name: string;
  readonly kind: string;
  readonly told: string;
  readonly holds: boolean;
};
type Index = {
  readonly name: string;
  readonly told: string;
  readonly isOfConstraint: boolean;
  readonly isWhole: boolean;
};

/**
 * Fills tables without their indexes and foreign keys and makes them anew behind it, as `pg_restore` does; PostgreSQL then
 * looks at every row for each of them. It throws unless tables, indexes and triggers are afterwards what they were.
 */
export async function inBulk(sql: Sql, tables: readonly string[], fill: () => Promise<void>): Promise<void> {
  const one = await sql.reserve();
  // It would wait in a transaction for the tables that are being filled, and PostgreSQL ends whoever waits so for long.
  await one`select pg_advisory_lock(${statusWriterLock})`;
  const before = await shapeOf(sql, tables);
  const keysFirst = [...before.constraints].sort((a, b) => rank(a) - rank(b));
  const loose = before.indexes.filter(({ isOfConstraint }) => !isOfConstraint);
  for (const { on, name } of keysFirst.toReversed()) await alter(sql, `alter table ${on} drop constraint "${name}"`);
  for (const { name } of loose) await alter(sql, `drop index "${name}"`);
  await fill();
  await one`select set_config('maintenance_work_mem', '1GB', false), set_config('work_mem', '512MB', false)`;
  for (const key of keysFirst.filter(isKey)) await alter(one, remake(key));
  for (const { told } of loose) await alter(one, told);
  for (const reference of keysFirst.filter((constraint) => !isKey(constraint))) await alter(one, remake(reference));
  await one`select pg_advisory_unlock(${statusWriterLock})`;
  one.release();
  const after = await shapeOf(sql, tables);
  if (JSON.stringify(after) !== JSON.stringify(before))
    throw new Error("the bench's tables are not what the migrations made");
  const isSound = after.constraints.every(({ holds }) => holds) && after.indexes.every(({ isWhole }) => isWhole);
  if (!isSound) throw new Error("a constraint or an index of the bench's tables is not whole");
}

/** The service asks beside us, and of two that wait for each other PostgreSQL lets one go: then it is said again. */
async function alter(sql: Sql, statement: string, tries = 20): Promise<void> {
  try {
    await sql.unsafe(statement);
  } catch (error) {
    if ((error as { code?: string }).code !== deadlock || tries === 1) throw error;
    await alter(sql, statement, tries - 1);
  }
}

const deadlock = "40P01";

const isKey = ({ kind }: Constraint): boolean => kind !== "f";
const rank = (constraint: Constraint): number => (isKey(constraint) ? 0 : 1);
const remake = ({ on, name, told }: Constraint): string => `alter table ${on} add constraint "${name}" ${told}`;

/** Primary keys, unique ones and foreign keys of these tables and to them; what a view is built on stays, and so do checks. */
async function shapeOf(sql: Sql, tables: readonly string[]): Promise<Shape> {
  const constraints = await sql<Constraint[]>`
    select conrelid::regclass::text as on, conname as name, contype::text as kind, pg_get_constraintdef(oid) as told, convalidated as holds from pg_constraint
    where contype in ('p', 'u', 'f') and not exists (select 1 from pg_depend v where v.classid = 'pg_rewrite'::regclass and v.refobjid = pg_constraint.oid) and (conrelid::regclass::text = any (${[...tables]}) or confrelid::regclass::text = any (${[...tables]}))
    order by 1, 2`;
  const indexes = await sql<Index[]>`
    select c.relname as name, pg_get_indexdef(c.oid) as told, i.indisvalid and i.indisready as "isWhole",
      exists (select 1 from pg_constraint o where o.conindid = c.oid and o.contype in ('p', 'u')) as "isOfConstraint"
    from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid::regclass::text = any (${[...tables]}) order by 1`;
  const triggers = await sql<{ told: string }[]>`
    select pg_get_triggerdef(oid) || tgenabled::text as told from pg_trigger where tgrelid::regclass::text = any (${[...tables]}) and not tgisinternal order by 1`;
  return { constraints: [...constraints], indexes: [...indexes], triggers: triggers.map(({ told }) => told) };
}

const hurried = {
  wal_level: "minimal",
  max_wal_senders: "0",
  fsync: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_wal_size: "8GB",
};

/** What a server does for rows that must outlast a power cut, left out while it is filled; both take hold with its next start. */
export const hurry = async (sql: Sql): Promise<void> => {
  for (const [name, value] of Object.entries(hurried)) await sql.unsafe(`alter system set ${name} = '${value}'`);
};
export const hurryNoMore = async (sql: Sql): Promise<void> => {
  await sql`alter system reset all`;
  await sql`checkpoint`;
};
