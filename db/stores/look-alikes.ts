import type { Sql } from "postgres";
import type { LookAlikeCase, LookAlikeReport } from "../../src/core/look-alikes.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

/** @param mostOpen once so many are open no more are taken @returns whether it was kept, durable */
export async function keepLookAlike(sql: Sql, report: LookAlikeReport, mostOpen: number): Promise<boolean> {
  const kept = await sql`insert into look_alike_report (address, seen, reported_at)
    select ${report.address}, ${report.seen}, ${report.at}::timestamptz
    where (select count(*) from look_alike_report) - (select count(*) from look_alike_closing) < ${mostOpen}`;
  return kept.count === 1;
}

type Row = {
  id: string;
  address: string;
  seen: string;
  reported_at: string;
  closed_at: string | null;
  note: string | null;
  full_name: string | null;
};

/** Newest first. @param before id of the last one seen */
export async function lookAlikes(sql: Sql, before: string | null, limit: number): Promise<readonly LookAlikeCase[]> {
  const rows = await sql<Row[]>`${cases(sql)}
    where ${before}::bigint is null or r.id < ${before}::bigint order by r.id desc limit ${limit}`;
  return rows.map(caseOf);
}

export async function findLookAlike(sql: Sql, id: string): Promise<LookAlikeCase | null> {
  const [row] = await sql<Row[]>`${cases(sql)} where r.id = ${id}::bigint`;
  return row === undefined ? null : caseOf(row);
}

/** One transaction with the note; false where it is closed already: the first closing stands. */
export async function closeLookAlikeWith(sql: Sql, id: string, words: string, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const closed = await tx`insert into look_alike_closing (report_id, person_id, note, closed_at)
      values (${id}::bigint, ${note.actor.personId}, ${words}, ${note.at}) on conflict (report_id) do nothing`;
    if (closed.count === 1) await noteAct(tx, note);
    return closed.count === 1;
  });
}

const cases = (sql: Sql) => sql`select r.id, r.address, r.seen, r.reported_at, c.closed_at, c.note, p.full_name
  from look_alike_report r left join look_alike_closing c on c.report_id = r.id left join person p on p.id = c.person_id`;

function caseOf({ id, address, seen, reported_at, closed_at, note, full_name }: Row): LookAlikeCase {
  const closed = closed_at === null ? null : { at: instantOf(closed_at), who: full_name ?? "", note: note ?? "" };
  return { id, address, seen, at: instantOf(reported_at), closed };
}
