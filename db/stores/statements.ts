import type { Sql, TransactionSql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId, DossierId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { noColumns, type StatementColumns, type StatementFile } from "../../src/core/statement.ts";
import type {
  Payable,
  Statement,
  StatementId,
  StatementLine,
  StatementLineId,
} from "../../src/core/statement-match.ts";
import type { DossierCode, SubmissionId } from "../../src/core/submission.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

/** The names that count now; empty ones where none were entered. */
export async function statementColumnsOf(sql: Sql, agencyId: AgencyId): Promise<StatementColumns> {
  const [row] = await sql<StatementColumns[]>`
    select day, amount, content, reference from statement_columns where agency_id = ${agencyId} order by id desc limit 1`;
  return row ?? noColumns;
}

/** One transaction with the note. */
export async function keepStatementColumns(sql: Sql, columns: StatementColumns, note: Note): Promise<void> {
  const { day, amount, content, reference } = columns;
  await sql.begin(async (tx) => {
    await tx`insert into statement_columns (agency_id, day, amount, content, reference, kept_at)
      values (${note.actor.agencyId}, ${day}, ${amount}, ${content}, ${reference}, ${note.at})`;
    await noteAct(tx, note);
  });
}

/** How many lines before this one say exactly the same: two equal transfers of a day are two, and the same file again adds none. */
function withTwins(lines: StatementFile["incoming"]) {
  const seen = new Map<string, number>();
  return lines.map((line, i) => {
    const key = JSON.stringify([line.day, line.amountDong, line.content, line.reference]);
    const twin = (seen.get(key) ?? 0) + 1;
    seen.set(key, twin);
    return { ...line, ordinal: i + 1, twin };
  });
}

/**
 * Lines that were not known, in one statement with what they came in. Nothing is kept where all were known. Written in an
 * order of their own: of two files with the same lines in another order each would wait for the other for ever.
 *
 * @returns the statement that the lines stand in now: this one, or the one that had them first
 */
export async function keepStatement(
  sql: Sql,
  id: StatementId,
  file: StatementFile,
  actor: Actor,
  at: Instant,
): Promise<StatementId> {
  const rows = JSON.stringify(withTwins(file.incoming));
  const counted = { incoming: file.incoming.length, outgoing: file.outgoing };
  const digest = sql`sha256(convert_to(concat_ws(E'\\x1f', x.day, x."amountDong", x.content, x.reference, x.twin), 'UTF8'))`;
  const table = sql`jsonb_to_recordset(${rows}::text::jsonb)
    as x (ordinal int, day date, "amountDong" bigint, content text, reference text, twin int)`;
  const [kept] = await sql<{ id: StatementId }[]>`
    with lines as (
      insert into statement_line (id, agency_id, import_id, ordinal, digest, day, amount_dong, content, reference)
      select gen_random_uuid(), ${actor.agencyId}, ${id}, x.ordinal, ${digest}, x.day, x."amountDong", x.content, x.reference
      from ${table} order by ${digest} on conflict (agency_id, digest) do nothing returning 1)
    insert into statement_import (id, agency_id, incoming, added, outgoing, unread, person_id, imported_at)
    select ${id}, ${actor.agencyId}, ${counted.incoming}, (select count(*) from lines), ${counted.outgoing}, ${[...file.unread]}::int[],
      ${actor.personId}, ${at} where exists (select from lines)
    returning id`;
  if (kept !== undefined) return kept.id;
  const [before] = await sql<{ id: StatementId }[]>`
    select l.import_id as id from statement_line l join ${table} on l.agency_id = ${actor.agencyId} and l.digest = ${digest}
    order by x.ordinal limit 1`;
  return before?.id ?? id;
}

type StatementRow = Omit<Statement, "at"> & { at: string };

const selectStatements = (sql: Sql) => sql`
  select i.id, i.incoming, i.added, i.outgoing, i.unread, p.full_name as by, i.imported_at as at
  from statement_import i join person p on p.id = i.person_id`;

/** Newest first. */
export async function statementsOf(sql: Sql, agencyId: AgencyId, limit: number): Promise<readonly Statement[]> {
  const rows = await sql<StatementRow[]>`${selectStatements(sql)}
    where i.agency_id = ${agencyId} order by i.imported_at desc, i.id limit ${limit}`;
  return rows.map((row) => ({ ...row, at: instantOf(row.at) }));
}

export async function findStatement(sql: Sql, id: string, agencyId: AgencyId): Promise<Statement | null> {
  const [row] = await sql<StatementRow[]>`${selectStatements(sql)} where i.id = ${id} and i.agency_id = ${agencyId}`;
  return row === undefined ? null : { ...row, at: instantOf(row.at) };
}

type LineRow = {
  id: StatementLineId;
  import_id: StatementId;
  day: LocalDate;
  amount_dong: string;
  content: string;
  reference: string;
  code: DossierCode | null;
  booked_dong: string | null;
  back_dong: string | null;
  year: number | null;
  number: number | null;
  reason: string | null;
  by: string | null;
  set_aside_at: string | null;
  alike_code: DossierCode | null;
  alike_year: number | null;
  alike_number: number | null;
};

const lineOf = (row: LineRow): StatementLine => ({
  id: row.id,
  statementId: row.import_id,
  day: row.day,
  amountDong: Number(row.amount_dong),
  content: row.content,
  reference: row.reference,
  booked:
    row.code === null || row.year === null || row.number === null
      ? null
      : {
          ...{ code: row.code, receipt: { year: row.year, number: row.number } },
          ...{ amountDong: Number(row.booked_dong), givenBackDong: Number(row.back_dong) },
        },
  alike:
    row.alike_code === null || row.alike_year === null || row.alike_number === null
      ? null
      : { code: row.alike_code, receipt: { year: row.alike_year, number: row.alike_number } },
  setAside:
    row.set_aside_at === null ? null : { reason: row.reason ?? "", by: row.by ?? "", at: instantOf(row.set_aside_at) },
});

const selectLines = (sql: Sql | TransactionSql) => sql`
  select l.id, l.import_id, to_char(l.day, 'YYYY-MM-DD') as day, l.amount_dong, l.content, l.reference,
    paid.code, paid.amount_dong as booked_dong, paid.back_dong, paid.year, paid.number, a.reason, p.full_name as by, a.set_aside_at,
    alike.code as alike_code, alike.year as alike_year, alike.number as alike_number
  from statement_line l left join statement_set_aside a on a.line_id = l.id left join person p on p.id = a.person_id
    left join lateral (select s.code, e.amount_dong, fee_given_back(e.id) as back_dong, r.year, r.number from fee_entry e join submission s on s.id = e.submission_id
      join fee_receipt r on r.entry_id = e.id where e.statement_line_id = l.id
        and not exists (select 1 from fee_entry back where back.reverses = e.id)) paid on true
    left join lateral (select s.code, r.year, r.number from statement_line o join fee_entry e on e.statement_line_id = o.id
        join submission s on s.id = e.submission_id join fee_receipt r on r.entry_id = e.id
      where o.agency_id = l.agency_id and o.day = l.day and o.amount_dong = l.amount_dong and alike_lines(l, o)
        and not exists (select 1 from fee_entry back where back.reverses = e.id) order by r.year, r.number limit 1) alike on paid.code is null`;

/** In the order of the file. */
export async function statementLines(sql: Sql | TransactionSql, id: StatementId): Promise<readonly StatementLine[]> {
  return (await sql<LineRow[]>`${selectLines(sql)} where l.import_id = ${id} order by l.ordinal`).map(lineOf);
}

export async function findStatementLine(sql: Sql, id: string, agencyId: AgencyId): Promise<StatementLine | null> {
  const [row] = await sql<LineRow[]>`${selectLines(sql)} where l.id = ${id} and l.agency_id = ${agencyId}`;
  return row === undefined ? null : lineOf(row);
}

/** Sent twice it is one. @returns false where somebody booked it in that moment */
export async function keepSetAside(
  sql: Sql,
  id: StatementLineId,
  reason: string,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select 1 from statement_line where id = ${id} for update`; // as a payment does
    const [paid] = await tx`select 1 from fee_entry e where e.statement_line_id = ${id}
      and not exists (select 1 from fee_entry back where back.reverses = e.id)`;
    if (paid !== undefined) return false;
    await tx`insert into statement_set_aside (line_id, reason, person_id, set_aside_at)
      values (${id}, ${reason}, ${actor.personId}, ${at}) on conflict (line_id) do nothing`;
    return true;
  });
}

type PayableRow = {
  id: SubmissionId;
  code: DossierCode;
  squashed: string;
  outstanding_dong: string;
  paid_dong: string;
  dossier_id: DossierId;
  applicant_name: string;
};

/** A `Payable` with the paper at which its payment is noted, and who presented it. */
export type FoundPayable = Payable & { readonly dossierId: DossierId; readonly applicantName: string };

/** Papers of this agency whose codes, as transfers say them, are among these. */
export async function payablesByCode(
  sql: Sql | TransactionSql,
  agencyId: AgencyId,
  squashed: readonly string[],
): Promise<readonly FoundPayable[]> {
  const rows = await sql<PayableRow[]>`
    select s.id, s.code, squashed_code(s.code) as squashed, b.outstanding_dong, b.paid_dong, d.id as dossier_id, d.applicant_name
    from submission s join fee_balance b on b.submission_id = s.id
      join dossier d on d.submission_id = s.id and d.ordinal_in_submission = 1
    where s.agency_id = ${agencyId} and squashed_code(s.code) = any(${[...squashed]})`;
  return rows.map(({ outstanding_dong, paid_dong, dossier_id: dossierId, applicant_name: applicantName, ...row }) => {
    return { ...row, dossierId, applicantName, outstandingDong: Number(outstanding_dong), paidDong: Number(paid_dong) };
  });
}

/** How many lines of each statement nobody has decided on. */
export async function waitingLines(sql: Sql, agencyId: AgencyId): Promise<ReadonlyMap<StatementId, number>> {
  const rows = await sql<{ id: StatementId; count: number }[]>`
    select l.import_id as id, count(*)::int as count from statement_line l
    where l.agency_id = ${agencyId} and not exists (select 1 from statement_set_aside a where a.line_id = l.id)
      and not exists (select 1 from fee_entry e where e.statement_line_id = l.id
        and not exists (select 1 from fee_entry back where back.reverses = e.id))
    group by 1`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}
