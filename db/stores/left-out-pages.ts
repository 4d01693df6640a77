import type { Sql } from "postgres";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import type { DossierId, OriginalId, PersonId } from "../../src/core/ids.ts";
import type { LeftOutPage, PagePlace } from "../../src/core/left-out.ts";
import { noteEvent } from "./events.ts";
import { instantOf } from "./rows.ts";

type Row = {
  original_id: OriginalId;
  index_in_original: number;
  person_id: PersonId;
  by: string;
  decided_at: string;
};

/** Pages of the scans that a copy would not have, in their order. */
export async function leftOutPages(sql: Sql, id: DossierId): Promise<readonly LeftOutPage[]> {
  const rows = await sql<Row[]>`
    select p.original_id, p.index_in_original, l.person_id, n.full_name as by, l.decided_at
    from page p join original o on o.id = p.original_id
      join lateral (select * from page_left_out l where l.original_id = p.original_id
        and l.index_in_original = p.index_in_original order by l.id desc limit 1) l on l.left_out
      join person n on n.id = l.person_id
    where p.dossier_id = ${id} order by o.ordinal, p.index_in_original`;
  return rows.map((row) => ({
    originalId: row.original_id,
    indexInOriginal: row.index_in_original,
    personId: row.person_id,
    by: row.by,
    at: instantOf(row.decided_at),
  }));
}

/** Of each of these dossiers that has any. */
export async function countLeftOut(sql: Sql, ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, number>> {
  const rows = await sql<{ id: DossierId; count: number }[]>`
    select p.dossier_id as id, count(*)::int as count from page p
      join lateral (select l.left_out from page_left_out l where l.original_id = p.original_id
        and l.index_in_original = p.index_in_original order by l.id desc limit 1) l on l.left_out
    where p.dossier_id = any(${[...ids]}) group by 1`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Under the dossier's row lock, so that nothing changes behind its attestation. */
export async function keepLeftOut(
  sql: Sql,
  dossier: Dossier,
  { originalId, indexInOriginal }: PagePlace,
  leftOut: boolean,
  actor: Actor,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [open] = await tx`select id from dossier where id = ${dossier.id} and status = 'read' for update`;
    if (open === undefined) return false;
    await tx`insert into page_left_out (original_id, index_in_original, left_out, person_id, decided_at)
      values (${originalId}, ${indexInOriginal}, ${leftOut}, ${actor.personId}, date_trunc('second', clock_timestamp()))`;
    await noteEvent(tx, dossier.id, leftOut ? "page_left_out" : "page_taken_back", actor.personId);
    return true;
  });
}
