import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { NewPetition, Petition, PetitionId, PetitionKind } from "../../src/core/petition.ts";
import type { Addressed } from "../../src/usecases/petitions/petitions.ts";
import { instantOf } from "./rows.ts";

type Kept = NewPetition & Addressed & { readonly receivedAt: Instant; readonly dueAt: Instant };
type Hashes = { readonly codeHash: Bytes; readonly formHash: Bytes };

/** Of what is said to one agency without a dossier: as much is open at once, and taken in a day. */
export type PetitionBounds = { readonly open: number; readonly aDay: number };

/**
 * What came by the link of a dossier is never too much: each link is counted by itself. Some sent at the same moment may
 * pass a bound together.
 *
 * @returns whether it stands, now or since the form was sent before
 */
export async function keepPetition(
  sql: Sql,
  { kind, words, contact, agencyId, submissionId, receivedAt, dueAt }: Kept,
  { codeHash, formHash }: Hashes,
  most: PetitionBounds,
): Promise<boolean> {
  const kept = await sql`
    with said as (select p.received_at, exists (select 1 from petition_answer a where a.petition_id = p.id) as answered
        from petition p where p.agency_id = ${agencyId} and p.submission_id is null),
      room as (select count(*) filter (where not answered) < ${most.open} and
          count(*) filter (where (received_at at time zone 'Asia/Ho_Chi_Minh')::date = (${receivedAt}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date) < ${most.aDay} as enough from said),
      made as (insert into petition (id, agency_id, submission_id, kind, words, contact, code_hash, form_hash, received_at, due_at)
        select ${randomUUID()}, ${agencyId}, ${submissionId}, ${kind}, ${words}, ${contact}, ${codeHash}, ${formHash},
          ${receivedAt}::timestamptz, ${dueAt}::timestamptz from room where enough or ${submissionId}::uuid is not null
        on conflict (form_hash) do nothing returning 1)
    select 1 from made union all select 1 from petition where form_hash = ${formHash}`;
  return kept.length > 0;
}

type Row = {
  id: PetitionId;
  number: string;
  agency_id: AgencyId;
  dossier_code: string | null;
  kind: PetitionKind;
  words: string;
  contact: string | null;
  received_at: string;
  due_at: string;
  answer: string | null;
  answered_by: string | null;
  answered_at: string | null;
};

const selectPetition = (sql: Sql) => sql`
  select p.id, p.number, p.agency_id, s.code as dossier_code, p.kind, p.words, p.contact, p.received_at, p.due_at,
    a.words as answer, o.full_name as answered_by, a.answered_at
  from petition p left join submission s on s.id = p.submission_id left join petition_answer a on a.petition_id = p.id
    left join person o on o.id = a.person_id`;

const petitionOf = (row: Row): Petition => ({
  id: row.id,
  number: Number(row.number),
  agencyId: row.agency_id,
  dossierCode: row.dossier_code,
  kind: row.kind,
  words: row.words,
  contact: row.contact,
  receivedAt: instantOf(row.received_at),
  dueAt: instantOf(row.due_at),
  answer:
    row.answered_at === null
      ? null
      : { words: row.answer ?? "", by: row.answered_by ?? "", at: instantOf(row.answered_at) },
});

/** Open ones first, by what is due first; then the answered, newest first. */
export async function petitionsOf(sql: Sql, agencyId: AgencyId, limit: number): Promise<readonly Petition[]> {
  const rows = await sql<Row[]>`${selectPetition(sql)} where p.agency_id = ${agencyId}
    order by a.answered_at is not null, case when a.answered_at is null then p.due_at end, a.answered_at desc, p.number
    limit ${limit}`;
  return rows.map(petitionOf);
}

export async function findPetition(sql: Sql, id: PetitionId, agencyId: AgencyId): Promise<Petition | null> {
  const [row] = await sql<Row[]>`${selectPetition(sql)} where p.id = ${id} and p.agency_id = ${agencyId}`;
  return row === undefined ? null : petitionOf(row);
}

export async function petitionByCode(sql: Sql, codeHash: Bytes): Promise<Petition | null> {
  const [row] = await sql<Row[]>`${selectPetition(sql)} where p.code_hash = ${codeHash}`;
  return row === undefined ? null : petitionOf(row);
}

export async function keepAnswer(sql: Sql, id: PetitionId, words: string, actor: Actor, at: Instant): Promise<boolean> {
  const kept = await sql`insert into petition_answer (petition_id, person_id, words, answered_at)
    values (${id}, ${actor.personId}, ${words}, ${at}) on conflict (petition_id) do nothing`;
  return kept.count === 1;
}

/** How many wait that are due before then: for the notice above the queue. */
export async function countDuePetitions(sql: Sql, agencyId: AgencyId, before: Instant): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from petition p where p.agency_id = ${agencyId} and p.due_at < ${before}
      and not exists (select 1 from petition_answer a where a.petition_id = p.id)`;
  return row?.count ?? 0;
}

/** To whom something may be said: agencies, by name. */
export async function listAgencies(sql: Sql): Promise<readonly { readonly id: AgencyId; readonly name: string }[]> {
  return sql<{ id: AgencyId; name: string }[]>`select id, name from agency order by name, id limit 5000`;
}

/** By its id, as strangers may type it. */
export async function agencyNamed(
  sql: Sql,
  id: string,
): Promise<{ readonly id: AgencyId; readonly name: string } | null> {
  const [row] = await sql<{ id: AgencyId; name: string }[]>`select id, name from agency where id = ${id}`;
  return row ?? null;
}
