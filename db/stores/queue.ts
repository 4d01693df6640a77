import type { Sql } from "postgres";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { ListedDossier, ScanState } from "../../src/core/lists.ts";
import { bookText } from "../../src/core/register.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import type { DossierCode } from "../../src/core/submission.ts";
import { instantOf } from "./rows.ts";

export type ListedRow = {
  id: string;
  code: string;
  paper: number;
  papers: number;
  status: DossierStatus;
  applicant_name: string;
  kind: string;
  title: string;
  document_number: string | null;
  declared_pages: number;
  electronic_copies: number;
  on_paper_only: boolean;
  opened_at: string;
  due_at: string;
  again_at: string | null;
  scan: ScanState;
  unpaid_dong: string;
  notice_waits: boolean;
  number: number | null;
  officer_id: string | null;
  ordinal: number | null;
  year: number | null;
  suffix: string | null;
};

/** Refused, and the notice of it not yet signed: the one thing left to do with it. */
const noticeWaits = (sql: Sql) => sql`
  (d.status = 'refused' and not exists (select 1 from refusal_notice n where n.dossier_id = d.id))`;

/** When the first of what was presented together and is still under way is due. */
const dueOfSubmission = (sql: Sql) => sql`
  coalesce((select min(o.due_at) from dossier o where o.submission_id = s.id
    and o.status not in ('released', 'voided', 'reused', 'refused', 'handed_over', 'withdrawn')), d.due_at)`;

/** A dossier, its newest scan and its newest line; the caller adds `where`. */
export const selectListed = (sql: Sql) => sql`
  select d.id, s.code, d.ordinal_in_submission as paper,
    together.papers, together.first_at, d.status, d.applicant_name, d.kind, d.title, d.document_number, d.declared_pages, d.electronic_copies, d.on_paper_only, d.opened_at,
    d.due_at, d.again_at,
    coalesce((select case o.status when 'waiting' then 'reading' else o.status end from original o
      where o.dossier_id = d.id order by o.ordinal desc limit 1), 'none') as scan,
    ${noticeWaits(sql)} as notice_waits,
    line.number, line.officer_id, line.ordinal, line.year, line.suffix,
    (select greatest(b.outstanding_dong, 0) from fee_balance b where b.submission_id = s.id) as unpaid_dong
  from dossier d join submission s on s.id = d.submission_id
    cross join lateral (select count(*)::int as papers, min(o.opened_at) as first_at
      from dossier o where o.submission_id = s.id) together
    left join lateral (
    select c.number, c.officer_id, b.ordinal, c.year, c.suffix from register_line c join book b on b.id = c.book_id
    where c.dossier_id = d.id and c.form = case when d.on_paper_only then 'paper' else 'electronic' end order by c.numbered_at desc, c.year desc, c.number desc limit 1) line on true`;

export const listedOf = (row: ListedRow): ListedDossier => ({
  id: row.id as DossierId,
  code: row.code as DossierCode,
  paper: row.paper,
  papers: row.papers,
  status: row.status,
  applicantName: row.applicant_name,
  kind: row.kind,
  title: row.title,
  documentNumber: row.document_number,
  declaredPages: row.declared_pages,
  electronicCopies: row.electronic_copies,
  onPaperOnly: row.on_paper_only,
  openedAt: instantOf(row.opened_at),
  dueAt: instantOf(row.due_at),
  againAt: row.again_at === null ? null : instantOf(row.again_at),
  scan: row.scan,
  unpaidDong: Number(row.unpaid_dong),
  noticeWaits: row.notice_waits,
  line: lineOf(row),
});

function lineOf({ number, officer_id, ordinal, year, suffix }: ListedRow): ListedDossier["line"] {
  if (number === null || ordinal === null || year === null || suffix === null) return null;
  return { number, bookText: bookText({ ordinal, year, suffix }), officerId: officer_id as PersonId };
}

/** Paper only is never scanned: opened, it waits for whoever compares, as what was read does. */
const stepOf = (sql: Sql) => sql`case when d.on_paper_only and d.status = 'received' then 'read' else d.status end`;

/**
 * What is due first comes first; papers that were presented together stand together, at the place of the one of them that
 * is due first. A refused dossier is in the queue only while its notice waits.
 */
export async function listQueue(
  sql: Sql,
  agencyId: AgencyId,
  statuses: readonly DossierStatus[],
  range: { readonly limit: number; readonly offset: number },
): Promise<ListedDossier[]> {
  const rows = await sql<ListedRow[]>`${selectListed(sql)}
    where d.agency_id = ${agencyId} and d.status = any(${[...statuses, "received"]}) and ${stepOf(sql)} = any(${[...statuses]})
      and (d.status <> 'refused' or ${noticeWaits(sql)})
    order by ${dueOfSubmission(sql)}, s.opened_at, s.id, d.ordinal_in_submission
    limit ${range.limit} offset ${range.offset}`;
  return rows.map(listedOf);
}

/** What an answer is owed for, what is due first first. */
export async function listOwed(sql: Sql, agencyId: AgencyId, limit: number): Promise<ListedDossier[]> {
  const rows = await sql<ListedRow[]>`${selectListed(sql)}
    where d.agency_id = ${agencyId} and d.status not in ('released', 'voided', 'reused', 'handed_over', 'withdrawn')
      and (d.status <> 'refused' or ${noticeWaits(sql)})
    order by d.due_at, d.opened_at, d.id limit ${limit}`;
  return rows.map(listedOf);
}

/** How many dossiers under way stand at each step; under `refused` those whose notice waits. */
export async function countQueue(sql: Sql, agencyId: AgencyId): Promise<ReadonlyMap<DossierStatus, number>> {
  const rows = await sql<{ status: DossierStatus; count: number }[]>`
    select ${stepOf(sql)} as status, count(*)::int as count from dossier d
    where agency_id = ${agencyId} and status not in ('released', 'voided', 'reused', 'handed_over', 'withdrawn')
      and (status <> 'refused' or ${noticeWaits(sql)}) group by 1`;
  return new Map(rows.map(({ status, count }) => [status, count]));
}
