import type { Sql, TransactionSql } from "postgres";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import type { AgainReason, EarlierCopy, OnceAnswer, OnceCount } from "../../src/core/give-once.ts";
import type { AgencyId, CertificateId, DossierId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { bookText } from "../../src/core/register.ts";
import type { KeptAnswer } from "../../src/usecases/give-once.ts";
import { noteEvent } from "./events.ts";
import { lockAllPresented } from "./locks.ts";
import { instantOf } from "./rows.ts";
import { insertLookUp } from "./sources.ts";
import { renewSecret } from "./submissions.ts";

type EarlierRow = {
  id: string;
  dossier_id: string;
  number: number;
  ordinal: number;
  year: number;
  suffix: string;
  printed: string;
  kind: string;
  same_file: boolean;
  same_applicant: boolean;
};

const mostTold = 5;

/**
 * Copies in force, of the same agency, of what seems the same original: the same file, or the same kind and own number.
 * What cannot be given again (its file erased) is not told. The same file first, then the newest.
 */
export async function earlierCopies(sql: Sql, { id, agencyId }: Dossier): Promise<EarlierCopy[]> {
  const rows = await sql<EarlierRow[]>`
    with mine as (select id, paper_key, plain_text(applicant_name) as applicant from dossier where id = ${id}),
    twin as (
      select d.id, false as same_file from mine join dossier d on d.paper_key = mine.paper_key
        where d.agency_id = ${agencyId} and d.id <> mine.id and d.status = 'released'
      union all
      select o.dossier_id, true from original m join original o on o.sha256 = m.sha256
        where m.dossier_id = ${id} and o.dossier_id <> ${id} and m.status <> 'refused' and o.status <> 'refused')
    select c.id, c.dossier_id, c.number, b.ordinal, c.year, c.suffix, to_char(c.printed_on, 'YYYY-MM-DD') as printed,
      d.kind, bool_or(twin.same_file) as same_file, plain_text(d.applicant_name) = mine.applicant as same_applicant
    from mine cross join twin join dossier d on d.id = twin.id and d.agency_id = ${agencyId} and d.status = 'released'
      join certificate c on c.dossier_id = d.id and c.status = 'issued'
      join book b on b.id = c.book_id
      join blob sealed on sealed.id = c.sealed_blob_id and sealed.erased_at is null
    where not exists (select 1 from annulment a where a.certificate_id = c.id)
    group by c.id, b.ordinal, d.id, mine.applicant
    order by bool_or(twin.same_file) desc, c.numbered_at desc, c.number desc limit ${mostTold}`;
  return rows.map(earlierOf);
}

const earlierOf = (row: EarlierRow): EarlierCopy => ({
  certificateId: row.id as CertificateId,
  dossierId: row.dossier_id as DossierId,
  number: row.number,
  bookText: bookText(row),
  printedOn: row.printed as LocalDate,
  kind: row.kind,
  sameFile: row.same_file,
  sameApplicant: row.same_applicant,
});

type AnswerRow = {
  answer: OnceAnswer["answer"];
  reason: AgainReason | null;
  by: string;
  answered_at: string;
  earlier_dossier: string | null;
  number: number | null;
  ordinal: number | null;
  year: number | null;
  suffix: string | null;
};

export async function onceAnswerOf(sql: Sql, id: DossierId): Promise<OnceAnswer | null> {
  const [row] = await sql<AnswerRow[]>`
    select g.answer, g.reason, p.full_name as by, g.answered_at, c.dossier_id as earlier_dossier, c.number, b.ordinal,
      c.year, c.suffix
    from give_once g join person p on p.id = g.person_id
      left join certificate c on c.id = g.earlier_id left join book b on b.id = c.book_id
    where g.dossier_id = ${id}`;
  if (row === undefined) return null;
  const { answer, reason, by } = row;
  return { answer, reason, by, at: instantOf(row.answered_at), earlier: earlierIn(row) };
}

function earlierIn({ earlier_dossier, number, ordinal, year, suffix }: AnswerRow): OnceAnswer["earlier"] {
  if (earlier_dossier === null || number === null || ordinal === null || year === null || suffix === null) return null;
  return { dossierId: earlier_dossier as DossierId, number, bookText: bookText({ ordinal, year, suffix }) };
}

/** Once a dossier. False when it was answered before, had gone on, or the earlier copy lost its value meanwhile. */
export async function keepOnceAnswer(
  sql: Sql,
  dossier: Dossier,
  kept: KeptAnswer,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockForRenewal(tx, dossier, kept);
    const [open] = await tx`
      select 1 from dossier where id = ${dossier.id} and status in ('received', 'read') for no key update`;
    if (open === undefined || !(await inForce(tx, kept.earlier))) return false;
    await tellSource(tx, dossier, kept, actor, at);
    const noted = await tx`
      insert into give_once (dossier_id, answer, reason, earlier_id, person_id, answered_at)
      values (${dossier.id}, ${kept.answer}, ${kept.reason}, ${kept.earlier?.certificateId ?? null}, ${actor.personId}, ${at})
      on conflict do nothing`;
    if (noted.count !== 1) return false;
    await noteEvent(tx, dossier.id, eventNames[kept.answer], actor.personId);
    if (kept.answer !== "again") await tx`update dossier set status = 'reused' where id = ${dossier.id}`;
    if (kept.link !== null && kept.earlier !== null) await renew(tx, kept.earlier.dossierId, kept.link, actor);
    return true;
  });
}

/** SOURCE-1: that VNeID was shown is the source that such an answer rests on. */
async function tellSource(
  tx: TransactionSql,
  { id }: Dossier,
  { answer }: KeptAnswer,
  actor: Actor,
  at: Instant,
): Promise<void> {
  if (answer !== "in_vneid") return;
  const before = await tx`
    select 1 from source_look_up where dossier_id = ${id} and source = 'vneid' and outcome = 'same'
    union all select 1 from give_once where dossier_id = ${id} limit 1`;
  if (before.length > 0) return;
  const seen = { source: "vneid", database: null, databaseName: null, transactionId: null, outcome: "same" } as const;
  await insertLookUp(tx, id, { ...seen, at, askedThrough: "official" }, actor, at);
}

const eventNames = { reused: "reused", in_vneid: "found_in_vneid", again: "certified_again" } as const;

async function inForce(tx: TransactionSql, earlier: EarlierCopy | null): Promise<boolean> {
  if (earlier === null) return true;
  const [row] = await tx`select 1 from certificate c where c.id = ${earlier.certificateId}
    and not exists (select 1 from annulment a where a.certificate_id = c.id)`;
  return row !== undefined;
}

/** Before the own paper alone is: it may have been presented with the earlier one. */
async function lockForRenewal(tx: TransactionSql, { id }: Dossier, { link, earlier }: KeptAnswer): Promise<void> {
  if (link !== null && earlier !== null) await lockAllPresented(tx, id, earlier.dossierId);
}

/** Under the lock of `lockForRenewal`. */
async function renew(
  tx: TransactionSql,
  id: DossierId,
  link: NonNullable<KeptAnswer["link"]>,
  actor: Actor,
): Promise<void> {
  await renewSecret(tx, id, link);
  await noteEvent(tx, id, "given_again", actor.personId);
}

/** Of one year in Vietnam, for the head of the agency: by month, kind, answer and pages. */
export async function countOnce(sql: Sql, agencyId: AgencyId, year: number): Promise<OnceCount[]> {
  return sql<OnceCount[]>`
    select to_char(g.answered_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') as month, min(d.kind) as kind, g.answer,
      g.reason, d.declared_pages as pages, count(*)::int as dossiers
    from give_once g join dossier d on d.id = g.dossier_id
    where d.agency_id = ${agencyId}
      and extract(year from g.answered_at at time zone 'Asia/Ho_Chi_Minh') = ${year}
    group by 1, plain_text(d.kind), g.answer, g.reason, d.declared_pages order by 1, 2, 3, 4, 5`;
}
