import type { Sql, TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { ActName, Note } from "../../src/usecases/administration/note.ts";
import { instantOf } from "./rows.ts";

/** Part of the act's transaction. */
export async function noteAct(tx: Sql | TransactionSql, { actor, what, about, at }: Note): Promise<void> {
  await tx`insert into admin_event (agency_id, person_id, what, about, happened_at)
    values (${actor.agencyId}, ${actor.personId}, ${what}, ${about}, ${at})`;
}

export type AdminEvent = {
  readonly id: string;
  readonly what: ActName;
  readonly about: string;
  readonly who: string;
  readonly at: Instant;
};

type Row = { id: string; what: ActName; about: string; full_name: string; happened_at: string };

/** The agency's, newest first. @param before id of the last one seen */
export async function actsOf(
  sql: Sql,
  agencyId: AgencyId,
  before: string | null,
  limit: number,
): Promise<readonly AdminEvent[]> {
  const rows = await sql<Row[]>`
    select e.id, e.what, e.about, e.happened_at, p.full_name from admin_event e join person p on p.id = e.person_id
    where e.agency_id = ${agencyId} and (${before}::bigint is null or e.id < ${before}::bigint)
    order by e.id desc limit ${limit}`;
  return rows.map(({ id, what, about, full_name: who, happened_at }) => ({
    id,
    what,
    about,
    who,
    at: instantOf(happened_at),
  }));
}
