import type { Sql } from "postgres";
import type { FeeWay } from "../../src/core/fee-account.ts";
import type { FeeDay, FeeLine, UnevenFee } from "../../src/core/fee-totals.ts";
import type { AgencyId, DossierId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { DossierCode } from "../../src/core/submission.ts";
import { instantOf } from "./rows.ts";

/** Days in Vietnam, the last one outside. */
export type DaysAsked = { readonly from: LocalDate; readonly before: LocalDate };

const dayOf = (sql: Sql) => sql`(e.entered_at at time zone 'Asia/Ho_Chi_Minh')::date`;

const enteredIn = (sql: Sql, { from, before }: DaysAsked) => sql`
  e.entered_at >= ${from}::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
    and e.entered_at < ${before}::date::timestamp at time zone 'Asia/Ho_Chi_Minh'`;

type DayRow = Record<"cash" | "transfer" | "reversed" | "given_back" | "receipts" | "register", string> & {
  day: LocalDate;
};

/** Each day on which money moved, a line was issued, or its fee corrected (REG-4). */
export async function feeDays(sql: Sql, agencyId: AgencyId, asked: DaysAsked): Promise<readonly FeeDay[]> {
  const rows = await sql<DayRow[]>`
    select to_char(day, 'YYYY-MM-DD') as day, sum(cash) as cash, sum(transfer) as transfer, sum(reversed) as reversed,
      sum(given_back) as given_back, sum(receipts) as receipts, sum(register) as register
    from (
      select ${dayOf(sql)} as day, case e.way when 'cash' then signed.dong else 0 end as cash,
        case e.way when 'transfer' then signed.dong else 0 end as transfer,
        case e.kind when 'reversal' then e.amount_dong else 0 end as reversed,
        case when e.kind in ('given_back', 'given_back_undone') then -signed.dong else 0 end as given_back,
        (e.kind = 'payment')::int as receipts, 0 as register
      from fee_entry e cross join lateral (select fee_dong_held(e.kind, e.amount_dong) as dong) signed
      where e.agency_id = ${agencyId} and ${enteredIn(sql, asked)}
      union all
      select l.printed_on, 0, 0, 0, 0, 0, l.fee_dong from register_line l
      where l.agency_id = ${agencyId} and l.status = 'issued' and l.printed_on >= ${asked.from} and l.printed_on < ${asked.before}
      union all
      select r.day, 0, 0, 0, 0, 0, r.amount from register_change r
      where r.agency_id = ${agencyId} and r.part = 'fee' and r.day >= ${asked.from} and r.day < ${asked.before}
        and r.counted_in between left(${asked.from}::text, 7) and left(${asked.before}::text, 7)) moved
    group by day order by day`;
  return rows.map((row) => ({
    day: row.day,
    cashDong: Number(row.cash),
    transferDong: Number(row.transfer),
    reversedDong: Number(row.reversed),
    givenBackDong: Number(row.given_back),
    receipts: Number(row.receipts),
    registerDong: Number(row.register),
  }));
}

/** What stands waived by waivers of these days, in đồng. */
export async function waivedIn(sql: Sql, agencyId: AgencyId, { from, before }: DaysAsked): Promise<number> {
  const [row] = await sql<{ dong: string }[]>`
    select coalesce(sum(b.waived_dong), 0) as dong from fee_waiver w join fee_balance b on b.submission_id = w.submission_id
    where b.agency_id = ${agencyId} and not exists (select 1 from fee_waiver_end n where n.waiver_id = w.id)
      and (w.waived_at at time zone 'Asia/Ho_Chi_Minh')::date >= ${from} and (w.waived_at at time zone 'Asia/Ho_Chi_Minh')::date < ${before}`;
  return Number(row?.dong ?? 0);
}

type LineRow = {
  kind: FeeLine["kind"];
  year: number;
  number: number;
  entered_at: string;
  code: DossierCode;
  payer: string;
  way: FeeWay;
  amount_dong: string;
  by: string;
  reason: string | null;
};

/** Every payment, what was taken back and given back, in the order in which they were booked. */
export async function feeLines(sql: Sql, agencyId: AgencyId, asked: DaysAsked): Promise<readonly FeeLine[]> {
  const rows = await sql<LineRow[]>`
    select e.kind, r.year, r.number, e.entered_at, s.code, e.payer, e.way,
      fee_dong_held(e.kind, e.amount_dong) as amount_dong, p.full_name as by, e.reason
    from fee_entry e join submission s on s.id = e.submission_id join person p on p.id = e.person_id
      left join fee_entry undone on undone.id = e.reverses
      join fee_receipt r on r.entry_id = coalesce(undone.gives_back, e.gives_back, e.reverses, e.id)
    where e.agency_id = ${agencyId} and ${enteredIn(sql, asked)} order by e.entered_at, r.year, r.number, e.kind`;
  return rows.map(({ kind, year, number, entered_at, code, payer, way, amount_dong, by, reason }) => {
    const told = { kind, receipt: { year, number }, at: instantOf(entered_at), code, payer, way, by };
    return { ...told, amountDong: Number(amount_dong), reason: reason ?? "" };
  });
}

type UnevenRow = {
  id: DossierId;
  code: DossierCode;
  applicant_name: string;
  contact: string | null;
  opened_at: string;
  outstanding_dong: string;
  done: boolean;
};

const unevenOf = (row: UnevenRow): UnevenFee => ({
  dossierId: row.id,
  code: row.code,
  applicantName: row.applicant_name,
  contact: row.contact,
  openedAt: instantOf(row.opened_at),
  outstandingDong: Number(row.outstanding_dong),
  isDone: row.done,
});

const selectUneven = (sql: Sql) => sql`
  select d.id, s.code, d.applicant_name, d.contact, s.opened_at, b.outstanding_dong,
    exists (select 1 from dossier o where o.submission_id = s.id and o.status in ('released', 'handed_over')) as done
  from submission s join fee_balance b on b.submission_id = s.id
    join dossier d on d.submission_id = s.id and d.ordinal_in_submission = 1`;

const openedIn = (sql: Sql, { from, before }: DaysAsked) => sql`
  s.opened_at >= ${from}::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
    and s.opened_at < ${before}::date::timestamp at time zone 'Asia/Ho_Chi_Minh'`;

/** Received in these days and not even, the oldest first. */
export async function unevenOpened(
  sql: Sql,
  agencyId: AgencyId,
  asked: DaysAsked,
  limit: number,
): Promise<readonly UnevenFee[]> {
  const rows = await sql<UnevenRow[]>`${selectUneven(sql)}
    where s.agency_id = ${agencyId} and ${openedIn(sql, asked)} and b.outstanding_dong <> 0
    order by s.opened_at, s.id limit ${limit}`;
  return rows.map(unevenOf);
}

/** The newest day before, on which papers were received; null where there is none. */
export async function lastOpenedBefore(sql: Sql, agencyId: AgencyId, before: LocalDate): Promise<LocalDate | null> {
  const [row] = await sql<{ day: LocalDate | null }[]>`
    select to_char(max(s.opened_at) at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day from submission s
    where s.agency_id = ${agencyId} and ${openedIn(sql, { from: "0001-01-01" as LocalDate, before })}`;
  return row?.day ?? null;
}

/** Those with a line issued in these days: where the register and the money differ. */
export async function unevenIssued(
  sql: Sql,
  agencyId: AgencyId,
  { from, before }: DaysAsked,
  limit: number,
): Promise<readonly UnevenFee[]> {
  const rows = await sql<UnevenRow[]>`${selectUneven(sql)}
    where s.agency_id = ${agencyId} and b.outstanding_dong <> 0 and s.id in (
      select o.submission_id from register_line l join dossier o on o.id = l.dossier_id
      where l.agency_id = ${agencyId} and l.status = 'issued' and l.printed_on >= ${from} and l.printed_on < ${before})
    order by s.opened_at, s.id limit ${limit}`;
  return rows.map(unevenOf);
}
