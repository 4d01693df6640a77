import type { Sql, TransactionSql } from "postgres";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import type { DossierId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { KeptLookUp, LookUp } from "../../src/core/source.ts";
import { noteEvent } from "./events.ts";
import { instantOf } from "./rows.ts";

type Row = Omit<KeptLookUp, "at"> & { readonly at: string };

/** In the order in which they were written down. */
export async function lookUpsOf(sql: Sql, id: DossierId): Promise<KeptLookUp[]> {
  const rows = await sql<Row[]>`
    select s.source, s.database, s.database_name as "databaseName", s.transaction_id as "transactionId", s.outcome,
      s.looked_up_at as at, s.asked_through as "askedThrough", p.full_name as by
    from source_look_up s join person p on p.id = s.kept_by where s.dossier_id = ${id} order by s.id`;
  return rows.map((row) => ({ ...row, at: instantOf(row.at) }));
}

/** False when the original was attested meanwhile. SOURCE-1. */
export async function keepLookUp(
  sql: Sql,
  dossier: Dossier,
  lookUp: LookUp,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const open = await tx`
      select 1 from dossier where id = ${dossier.id} and status in ('received', 'read') for update`;
    if (open.length === 0) return false;
    await insertLookUp(tx, dossier.id, lookUp, actor, at);
    await noteEvent(tx, dossier.id, "source_looked_up", actor.personId);
    return true;
  });
}

/** Part of the transaction that rests on it. */
export async function insertLookUp(
  tx: TransactionSql,
  dossierId: DossierId,
  { at: lookedUpAt, ...lookUp }: LookUp,
  actor: Actor,
  at: Instant,
): Promise<void> {
  await tx`insert into source_look_up ${tx({
    dossier_id: dossierId,
    source: lookUp.source,
    database: lookUp.database,
    database_name: lookUp.databaseName,
    transaction_id: lookUp.transactionId,
    outcome: lookUp.outcome,
    looked_up_at: lookedUpAt,
    asked_through: lookUp.askedThrough,
    kept_by: actor.personId,
    kept_at: at,
  })}`;
}
