import type { Sql } from "postgres";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { Reception, ReceptionId, ReceptionPlace, ReceptionPost } from "../../src/core/reception.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";

/** Those that go on first. */
export const receptionsOf = (sql: Sql, agencyId: AgencyId): Promise<Reception[]> => sql<Reception[]>`
  select id, name, place, ended_at is not null as ended from reception where agency_id = ${agencyId}
  order by ended_at is not null, name, id`;

/** Everybody at work who may open dossiers. */
export const receptionPostsOf = (sql: Sql, agencyId: AgencyId): Promise<ReceptionPost[]> => sql<ReceptionPost[]>`
  select p.id as "personId", p.full_name as "fullName", r.id as "receptionId" from person p
  left join lateral (select reception_id from reception_post where person_id = p.id order by id desc limit 1) post on true
  left join reception r on r.id = post.reception_id and r.ended_at is null
  where p.agency_id = ${agencyId} and p.active
    and exists (select 1 from person_role where person_id = p.id and role = 'receiver') order by p.full_name, p.id`;

/** @returns false where a desk of that name goes on: nobody could tell the two apart on a slip */
export async function keepReception(
  sql: Sql,
  id: ReceptionId,
  { name, place }: ReceptionPlace,
  note: Note,
): Promise<boolean> {
  const { agencyId } = note.actor;
  return sql.begin(async (tx) => {
    await tx`select 1 from agency where id = ${agencyId} for update`; // two presses at once
    const kept = await tx`insert into reception (id, agency_id, name, place, opened_at)
      select ${id}, ${agencyId}, ${name}, ${place}, ${note.at} where not exists (
        select 1 from reception where agency_id = ${agencyId} and ended_at is null and plain_text(name) = plain_text(${name}))`;
    if (kept.count === 1) await noteAct(tx, note);
    return kept.count === 1;
  });
}

/** @returns false where the agency has none of that id that goes on */
export async function endReception(sql: Sql, id: ReceptionId, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const ended = await tx`update reception set ended_at = ${note.at}
      where id = ${id} and agency_id = ${note.actor.agencyId} and ended_at is null`;
    if (ended.count === 1) await noteAct(tx, note);
    return ended.count === 1;
  });
}

/** @returns false where person or desk is none of the agency's, or the desk has ended */
export async function keepReceptionPost(
  sql: Sql,
  personId: PersonId,
  receptionId: ReceptionId | null,
  note: Note,
): Promise<boolean> {
  const { agencyId } = note.actor;
  return sql.begin(async (tx) => {
    const kept = await tx`insert into reception_post (person_id, reception_id, kept_by, kept_at)
      select p.id, ${receptionId}::uuid, ${note.actor.personId}, ${note.at} from person p
      where p.id = ${personId} and p.agency_id = ${agencyId} and (${receptionId}::uuid is null or exists (
        select 1 from reception r where r.id = ${receptionId}::uuid and r.agency_id = ${agencyId} and r.ended_at is null))`;
    if (kept.count === 1) await noteAct(tx, note);
    return kept.count === 1;
  });
}
