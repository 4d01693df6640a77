import type { Sql, TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Counts, TrendPoint, Work } from "../../src/core/statistics/counts.ts";
import { countAnswers, spreadOfSteps } from "./statistics-answers.ts";
import { type CountAsked, within } from "./statistics-asked.ts";
import { countOthers } from "./statistics-others.ts";

/** What was done in these days, all of one moment, counted by the database: no line is read one by one. STAT-1. */
export const countIn = (sql: Sql, asked: CountAsked): Promise<Counts> =>
  sql.begin("isolation level repeatable read read only", async (tx) => ({
    ...(await countWork(tx, asked)),
    ...(await countAnswers(tx, asked)),
    ...(await countOthers(tx, asked)),
    steps: await spreadOfSteps(tx, asked),
  }));

type WorkRow = { form: "electronic" | "paper"; paper_only: string } & Record<keyof Work, string>;

const noWork: Work = { acts: 0, copies: 0, pages: 0, dong: 0 };

/**
 * Lines of the register with what corrections change of them, each on the day on which it counts (`register_change`): so a
 * month says here what its print says. REG-4.
 */
async function countWork(tx: TransactionSql, { agencyId, from, before }: CountAsked) {
  const rows = await tx<WorkRow[]>`
    select form, sum(acts) as acts, sum(copies) as copies, sum(pages) as pages, sum(dong) as dong, sum(paper_only) as paper_only
    from (
      select 'electronic' as form, count(*) as acts, sum(c.copies) as copies, sum(c.copies * d.declared_pages) as pages,
        sum(c.fee_dong) as dong, 0 as paper_only
      from certificate c join dossier d on d.id = c.dossier_id
      where c.agency_id = ${agencyId} and c.status = 'issued' and c.printed_on >= ${from} and c.printed_on < ${before}
      union all
      select 'paper', count(*), sum(l.copies), sum(l.copies * d.declared_pages), sum(l.fee_dong), count(*) filter (where d.on_paper_only)
      from paper_line l join dossier d on d.id = l.dossier_id
      where l.agency_id = ${agencyId} and l.status = 'issued' and l.printed_on >= ${from} and l.printed_on < ${before}
      union all
      select r.form, 0, case r.part when 'copies' then r.amount else 0 end,
        case r.part when 'copies' then r.amount * d.declared_pages else 0 end,
        case r.part when 'fee' then r.amount else 0 end, 0
      from register_change r join dossier d on d.id = r.dossier_id
      where r.agency_id = ${agencyId} and r.day >= ${from} and r.day < ${before}
        and r.counted_in between left(${from}::text, 7) and left(${before}::text, 7)) lines
    group by form`;
  const [money] = await tx<{ dong: string }[]>`
    select coalesce(sum(fee_dong_held(kind, amount_dong)), 0) as dong from fee_entry
    where agency_id = ${agencyId} and ${within(tx, tx`entered_at`, { from, before })}`;
  const of = (form: WorkRow["form"]) => workOf(rows.find((row) => row.form === form));
  const paperOnlyActs = Number(rows.find((row) => row.form === "paper")?.paper_only ?? 0);
  return { electronic: of("electronic"), paper: of("paper"), paperOnlyActs, takenDong: Number(money?.dong ?? 0) };
}

const workOf = (row: WorkRow | undefined): Work =>
  row === undefined
    ? noWork
    : { acts: Number(row.acts), copies: Number(row.copies), pages: Number(row.pages), dong: Number(row.dong) };

/**
 * Acts of these agencies together by day or month, oldest first; times without any are left out.
 *
 * @param signs of a day that name the point: 10 for days, 7 for months
 */
export async function trendIn(
  sql: Sql | TransactionSql,
  agencyIds: readonly AgencyId[],
  { from, before }: Pick<CountAsked, "from" | "before">,
  signs: 7 | 10,
): Promise<readonly TrendPoint[]> {
  const ids = [...agencyIds];
  const rows = await sql<{ at: string; electronic: string; paper: string }[]>`
    select left(printed_on::text, ${signs}::int) as at, sum(electronic) as electronic, sum(paper) as paper from (
      select printed_on, count(*) as electronic, 0 as paper from certificate
      where agency_id = any(${ids}) and status = 'issued' and printed_on >= ${from} and printed_on < ${before} group by 1
      union all
      select printed_on, 0, count(*) from paper_line
      where agency_id = any(${ids}) and status = 'issued' and printed_on >= ${from} and printed_on < ${before} group by 1) days
    group by 1 order by 1`;
  return rows.map(({ at, electronic, paper }) => ({ at, electronic: Number(electronic), paper: Number(paper) }));
}
