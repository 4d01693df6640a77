import type { Sql } from "postgres";
import type { Absence, AbsenceId, LeftByAbsent } from "../../src/core/absence.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { KeptAbsence } from "../../src/usecases/administration/absences.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

type Row = {
  id: AbsenceId;
  agency_id: AgencyId;
  person_id: PersonId;
  full_name: string;
  from_day: LocalDate;
  to_day: LocalDate | null;
  substitute_id: PersonId | null;
  substitute_name: string | null;
  ended_at: string | null;
};

const absenceOf = (row: Row): KeptAbsence => ({
  id: row.id,
  agencyId: row.agency_id,
  personId: row.person_id,
  fullName: row.full_name,
  from: row.from_day,
  to: row.to_day,
  substituteId: row.substitute_id,
  substituteName: row.substitute_name,
  endedAt: row.ended_at === null ? null : instantOf(row.ended_at),
});

const selectAbsence = (sql: Sql) => sql`
  select a.id, a.agency_id, a.person_id, p.full_name, a.from_day::text, a.to_day::text, a.substitute_id,
    s.full_name as substitute_name, a.ended_at
  from absence a join person p on p.id = a.person_id left join person s on s.id = a.substitute_id`;

/** What has not ended of one person; a day long past too. */
export async function absencesOf(sql: Sql, personId: PersonId): Promise<KeptAbsence[]> {
  const rows = await sql<Row[]>`${selectAbsence(sql)} where a.person_id = ${personId} and a.ended_at is null`;
  return rows.map(absenceOf);
}

/** Of everybody in the agency, the newest first. */
export async function absencesIn(sql: Sql, agencyId: AgencyId): Promise<KeptAbsence[]> {
  const rows = await sql<Row[]>`${selectAbsence(sql)}
    where a.agency_id = ${agencyId} order by a.ended_at is not null, a.from_day desc, a.id limit 500`;
  return rows.map(absenceOf);
}

export async function findAbsence(sql: Sql, id: AbsenceId, agencyId: AgencyId): Promise<KeptAbsence | null> {
  const [row] = await sql<Row[]>`${selectAbsence(sql)} where a.id = ${id} and a.agency_id = ${agencyId}`;
  return row === undefined ? null : absenceOf(row);
}

/** One transaction with the note; false where some of those days are written down already. The lock keeps signatures off meanwhile. */
export async function keepAbsenceWith(sql: Sql, absence: Absence, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select 1 from person where id = ${absence.personId} for no key update`;
    const same = await tx`select 1 from absence a where a.person_id = ${absence.personId} and a.ended_at is null
      and daterange(a.from_day, a.to_day, '[]') && daterange(${absence.from}::date, ${absence.to}::date, '[]') limit 1`;
    if (same.length > 0) return false;
    await tx`insert into absence (id, agency_id, person_id, from_day, to_day, substitute_id, kept_by, kept_at)
      values (${absence.id}, ${absence.agencyId}, ${absence.personId}, ${absence.from}, ${absence.to},
        ${absence.substituteId}, ${note.actor.personId}, ${note.at})`;
    await noteAct(tx, note);
    return true;
  });
}

/** One transaction with the note; false when it has ended already. */
export async function endAbsenceWith(sql: Sql, id: AbsenceId, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const ended = await tx`update absence set ended_at = ${note.at}, ended_by = ${note.actor.personId}
      where id = ${id} and agency_id = ${note.actor.agencyId} and ended_at is null`;
    if (ended.count === 1) await noteAct(tx, note);
    return ended.count === 1;
  });
}

type LeftRow = {
  name: string;
  to_day: LocalDate | null;
  substitute_name: string | null;
  dossiers: { id: DossierId; title: string }[];
};

/**
 * Who of the agency is away that day, and the numbers that they took and have not signed. For the substitute, and for who
 * signs by office: the head. AUTH-3.
 */
export async function leftByAbsent(
  sql: Sql,
  { personId, agencyId }: { readonly personId: PersonId; readonly agencyId: AgencyId },
  day: LocalDate,
): Promise<LeftByAbsent[]> {
  const rows = await sql<LeftRow[]>`
    select p.full_name as name, a.to_day::text, s.full_name as substitute_name,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title) order by c.number)
        from certificate c join dossier d on d.id = c.dossier_id
        where c.officer_id = a.person_id and c.status = 'in_progress' and d.status = 'numbered'), '[]') as dossiers
    from absence a join person p on p.id = a.person_id left join person s on s.id = a.substitute_id
    where a.agency_id = ${agencyId} and a.ended_at is null and a.from_day <= ${day}
      and (a.to_day is null or a.to_day >= ${day}) and a.person_id <> ${personId}
      and (a.substitute_id = ${personId} or exists (select 1 from mandate m where m.person_id = ${personId}
        and m.kind = 'office' and m.ended_at is null and m.valid_from <= ${day} and (m.valid_to is null or m.valid_to >= ${day})))
    order by a.from_day, p.full_name limit 20`;
  return rows.map(({ name, to_day, substitute_name, dossiers }) => ({
    ...{ name, until: to_day, substituteName: substitute_name, dossiers },
  }));
}
