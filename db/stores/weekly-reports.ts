import type { Sql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { Span } from "../../src/core/statistics/span.ts";
import type { WeeklyContent, WeeklyReport } from "../../src/core/statistics/weekly.ts";
import { instantOf } from "./rows.ts";

type Row = { week: Span; content: WeeklyContent; counted_at: string };

/** Agencies that were there before the week was over and have no report of it. */
export async function withoutReport(
  sql: Sql,
  week: Span,
  before: LocalDate,
  most: number,
): Promise<readonly AgencyId[]> {
  const rows = await sql<{ id: AgencyId }[]>`
    select a.id from agency a where a.created_at < ${before}::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
      and not exists (select 1 from weekly_report r where r.agency_id = a.id and r.week = ${week}) order by a.id limit ${most}`;
  return rows.map(({ id }) => id);
}

/** The first that is kept stays: of two processes that count at once one is not heard. */
export async function keepWeeklyReport(sql: Sql, agencyId: AgencyId, report: WeeklyReport): Promise<void> {
  const { week, content, countedAt } = report;
  await sql`insert into weekly_report (agency_id, week, kind, content, counted_at)
    values (${agencyId}, ${week}, ${content.kind}, ${JSON.stringify(content)}::text::jsonb, ${countedAt})
    on conflict (agency_id, week) do nothing`;
}

/** The newest first. */
export async function weeksReported(
  sql: Sql,
  agencyId: AgencyId,
  most: number,
): Promise<readonly Pick<WeeklyReport, "week" | "countedAt">[]> {
  const rows = await sql<Omit<Row, "content">[]>`select week, counted_at from weekly_report
    where agency_id = ${agencyId} and ${isOpen(sql)} order by week desc limit ${most}`;
  return rows.map(({ week, counted_at }) => ({ week, countedAt: instantOf(counted_at) }));
}

export async function weeklyReport(sql: Sql, agencyId: AgencyId, week: Span): Promise<WeeklyReport | null> {
  const [row] = await sql<Row[]>`select week, content, counted_at from weekly_report
    where agency_id = ${agencyId} and week = ${week} and ${isOpen(sql)}`;
  return row === undefined ? null : { week: row.week, content: row.content, countedAt: instantOf(row.counted_at) };
}

/** Who watches for no province, or for another one now, reads nothing of that one any more; mergers are no others. AUTH-5. */
const isOpen = (sql: Sql) => sql`(kind <> 'province' or exists (
  select 1 from province_watch_now w where w.agency_id = weekly_report.agency_id and area_today(w.area_code) = area_today((
    select p.area_code from province_watch p where p.agency_id = w.agency_id and p.area_code is not null
    order by p.said_at <= weekly_report.counted_at desc, case when p.said_at <= weekly_report.counted_at then p.id else -p.id end desc
    limit 1))))`;
