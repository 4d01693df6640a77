import type { Sql, TransactionSql } from "postgres";
import type { DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { instantOf } from "./rows.ts";

/** The step trace of a dossier: what, when, who. Part of the transaction that made it true. */
export async function noteEvent(
  sql: Sql | TransactionSql,
  dossierId: DossierId,
  what: string,
  personId: PersonId | null,
): Promise<void> {
  await sql`insert into dossier_event (dossier_id, what, person_id, happened_at)
    values (${dossierId}, ${what}, ${personId}, date_trunc('second', clock_timestamp()))`;
}

export type DossierEvent = {
  readonly what: string;
  readonly personId: PersonId | null;
  readonly by: string | null;
  readonly at: Instant;
};

export async function eventsOf(sql: Sql, dossierId: DossierId): Promise<DossierEvent[]> {
  const rows = await sql<{ what: string; person_id: PersonId | null; by: string | null; happened_at: string }[]>`
    select e.what, e.person_id, p.full_name as by, e.happened_at from dossier_event e
    left join person p on p.id = e.person_id where e.dossier_id = ${dossierId} order by e.id`;
  return rows.map((row) => ({ what: row.what, personId: row.person_id, by: row.by, at: instantOf(row.happened_at) }));
}
