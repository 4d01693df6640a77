import type { Sql, TransactionSql } from "postgres";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { Mandate, MandateId, MandateKind, Work } from "../../src/core/mandate.ts";
import type { KeptMandate } from "../../src/usecases/administration/mandates.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

type Row = {
  id: MandateId;
  agency_id: AgencyId;
  person_id: PersonId;
  full_name: string;
  kind: MandateKind;
  deed_number: string | null;
  deed_date: LocalDate | null;
  issued_by: string | null;
  valid_from: LocalDate;
  valid_to: LocalDate | null;
  works: Work[];
  paper_kinds: string[] | null;
  post: string;
  title_lines: string[];
  ended_at: string | null;
  end_reason: string | null;
};

const mandateOf = (row: Row): KeptMandate => ({
  id: row.id,
  agencyId: row.agency_id,
  personId: row.person_id,
  fullName: row.full_name,
  kind: row.kind,
  deed: row.deed_number === null ? null : { number: row.deed_number, date: row.deed_date, issuedBy: row.issued_by },
  from: row.valid_from,
  to: row.valid_to,
  works: row.works,
  paperKinds: row.paper_kinds,
  post: row.post,
  titleLines: row.title_lines,
  endedAt: row.ended_at === null ? null : instantOf(row.ended_at),
  endReason: row.end_reason,
});

const selectMandate = (sql: Sql) => sql`
  select m.id, m.agency_id, m.person_id, p.full_name, m.kind, m.deed_number, m.deed_date::text, m.issued_by,
    m.valid_from::text, m.valid_to::text, m.works, m.paper_kinds, m.post, m.title_lines, m.ended_at, m.end_reason
  from mandate m join person p on p.id = m.person_id`;

/** All that the person was ever given by that agency, the newest first. */
export async function mandatesOf(sql: Sql, personId: PersonId, agencyId: AgencyId): Promise<KeptMandate[]> {
  const rows = await sql<Row[]>`${selectMandate(sql)}
    where m.person_id = ${personId} and m.agency_id = ${agencyId} order by m.valid_from desc, m.id`;
  return rows.map(mandateOf);
}

/** Of everybody in the agency: what has not ended first. */
export async function mandatesIn(sql: Sql, agencyId: AgencyId): Promise<KeptMandate[]> {
  const rows = await sql<Row[]>`${selectMandate(sql)}
    where m.agency_id = ${agencyId} order by m.ended_at is not null, m.valid_from desc, m.id limit 1000`;
  return rows.map(mandateOf);
}

export async function findMandate(sql: Sql, id: MandateId, agencyId: AgencyId): Promise<KeptMandate | null> {
  const [row] = await sql<Row[]>`${selectMandate(sql)} where m.id = ${id} and m.agency_id = ${agencyId}`;
  return row === undefined ? null : mandateOf(row);
}

/** One transaction with the note. */
export const keepMandateWith = (sql: Sql, mandate: Mandate, note: Note): Promise<void> =>
  sql.begin(async (tx) => {
    await insertMandate(tx, mandate, note);
    await noteAct(tx, note);
  });

async function insertMandate(tx: TransactionSql, mandate: Mandate, { actor, at }: Note): Promise<void> {
  const { deed, paperKinds } = mandate;
  await tx`insert into mandate (id, agency_id, person_id, kind, deed_number, deed_date, issued_by, valid_from, valid_to,
      works, paper_kinds, post, title_lines, kept_by, kept_at)
    values (${mandate.id}, ${mandate.agencyId}, ${mandate.personId}, ${mandate.kind}, ${deed?.number ?? null},
      ${deed?.date ?? null}, ${deed?.issuedBy ?? null}, ${mandate.from}, ${mandate.to}, ${[...mandate.works]},
      ${paperKinds === null ? null : [...paperKinds]}, ${mandate.post}, ${[...mandate.titleLines]},
      ${actor.personId}, ${at})`;
}

/** One transaction with the note; false when it has ended already. */
export async function endMandateWith(sql: Sql, id: MandateId, reason: string, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const ended = await tx`
      update mandate set ended_at = ${note.at}, ended_by = ${note.actor.personId}, end_reason = ${reason}
      where id = ${id} and agency_id = ${note.actor.agencyId} and ended_at is null`;
    if (ended.count === 1) await noteAct(tx, note);
    return ended.count === 1;
  });
}
