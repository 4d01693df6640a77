import type { Sql, TransactionSql } from "postgres";
import type { Actor, Signer } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { daysOf, type KeptPrint, monthsOf, type Period, type PeriodTotals } from "../../src/core/register-print.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

/** A book of a kind in an agency: whose numbers run together. */
export type Series = { readonly agencyId: AgencyId; readonly suffix: string };

type TotalsRow = {
  period: Period;
  first_number: number | null;
  last_number: number | null;
  issued: number | null;
  voided: number | null;
  in_progress: number | null;
  annulled: number | null;
  copies: number | null;
  fee_dong: string | null;
  corrections: number | null;
  copies_more: number | null;
  fee_more: string | null;
};

/** The lines dated in the period, counted, with what corrections that are counted in it change. */
export async function totalsOf(sql: Sql, series: Series, period: Period): Promise<PeriodTotals> {
  const [row] = await countedBy(sql, series, period, period.length);
  return row ?? noLines(period);
}

/** Each month of the year in order, by one question. */
export async function totalsOfMonths(sql: Sql, series: Series, year: number): Promise<PeriodTotals[]> {
  const counted = await countedBy(sql, series, String(year) as Period, 7);
  return monthsOf(year).map((month) => counted.find(({ period }) => period === month) ?? noLines(month));
}

const noLines = (period: Period): PeriodTotals => ({
  ...{ period, firstNumber: null, lastNumber: null, issued: 0, voided: 0, inProgress: 0, annulled: 0 },
  ...{ copies: 0, feeDong: 0, corrections: 0 },
});

/** @param signs of a day that name the period it is counted in: 4 for years, 7 for months */
async function countedBy(
  sql: Sql | TransactionSql,
  { agencyId, suffix }: Series,
  within: Period,
  signs: number,
): Promise<PeriodTotals[]> {
  const { from, before } = daysOf(within);
  const rows = await sql<TotalsRow[]>`
    select * from (
      select left(c.printed_on::text, ${signs}::int) as period, min(c.number) as first_number, max(c.number) as last_number,
        count(*) filter (where c.status = 'issued')::int as issued,
        count(*) filter (where c.status = 'voided')::int as voided,
        count(*) filter (where c.status = 'in_progress')::int as in_progress,
        count(a.certificate_id)::int as annulled,
        coalesce(sum(c.copies) filter (where c.status = 'issued'), 0)::int as copies,
        coalesce(sum(c.fee_dong) filter (where c.status = 'issued'), 0)::bigint as fee_dong
      from register_line c left join annulment a on a.certificate_id = c.id
      where c.agency_id = ${agencyId} and c.suffix = ${suffix} and c.printed_on >= ${from} and c.printed_on < ${before}
      group by 1) lines
    full join (
      select left(r.counted_in, ${signs}::int) as period, count(*)::int as corrections,
        coalesce(sum(r.reads::int - r.was::int) filter (where r.part = 'copies'), 0)::int as copies_more,
        coalesce(sum(r.reads::int - r.was::int) filter (where r.part = 'fee'), 0)::bigint as fee_more
      from register_correction r
      where r.agency_id = ${agencyId} and r.suffix = ${suffix} and left(r.counted_in, ${within.length}::int) = ${within}
      group by 1) corrected using (period)
    order by period`;
  return rows.map(countsOf);
}

const countsOf = (row: TotalsRow): PeriodTotals => ({
  period: row.period,
  firstNumber: row.first_number,
  lastNumber: row.last_number,
  issued: row.issued ?? 0,
  voided: row.voided ?? 0,
  inProgress: row.in_progress ?? 0,
  annulled: row.annulled ?? 0,
  copies: (row.copies ?? 0) + (row.copies_more ?? 0),
  feeDong: Number(row.fee_dong ?? 0) + Number(row.fee_more ?? 0),
  corrections: row.corrections ?? 0,
});

/** What of a year was signed. */
export async function printsOf(sql: Sql, { agencyId, suffix }: Series, year: number): Promise<KeptPrint[]> {
  const rows = await sql<{ period: Period; blob_id: BlobId; signer_name: string; signed_at: string }[]>`
    select period, blob_id, signer_name, signed_at from register_print
    where agency_id = ${agencyId} and suffix = ${suffix} and left(period, 4) = ${String(year)} order by period`;
  return rows.map(({ period, blob_id, signer_name, signed_at }) => ({
    period,
    blobId: blob_id,
    signerName: signer_name,
    signedAt: instantOf(signed_at),
  }));
}

/** @returns `stands` where another print of the period was kept first; `changed` where a line was corrected since it was made */
export async function keepPrint(
  sql: Sql,
  series: Series,
  totals: PeriodTotals,
  signed: { readonly blobId: BlobId; readonly signer: Signer; readonly signedAt: Instant },
  actor: Actor,
): Promise<"kept" | "stands" | "changed"> {
  const { period, firstNumber, lastNumber, issued, voided, copies, feeDong, corrections } = totals;
  const { blobId, signer, signedAt } = signed;
  return sql.begin(async (tx) => {
    await tx`select hold_register(${series.agencyId}, ${series.suffix})`;
    const [now] = await countedBy(tx, series, period, period.length);
    if ((now?.corrections ?? 0) !== corrections) return "changed";
    const kept = await tx`
      insert into register_print (agency_id, suffix, period, blob_id, first_number, last_number, issued, voided, copies,
        fee_dong, corrections, officer_id, signer_name, signer_title, mandate_id, signed_at)
      values (${series.agencyId}, ${series.suffix}, ${period}, ${blobId}, ${firstNumber}, ${lastNumber}, ${issued},
        ${voided}, ${copies}, ${feeDong}, ${corrections}, ${actor.personId}, ${signer.signerName}, ${[...signer.mandate.titleLines]},
        ${signer.mandate.id}, ${signedAt})
      on conflict (agency_id, suffix, period) do nothing`;
    if (kept.count !== 1) return "stands";
    await noteAct(tx, { actor, what: "register_signed", about: period, at: signedAt });
    return "kept";
  });
}

/** When the books of a year were opened and closed, in their order. */
export async function booksOfYear(
  sql: Sql,
  { agencyId, suffix }: Series,
  year: number,
): Promise<{ ordinal: number; openedOn: LocalDate; closedOn: LocalDate | null }[]> {
  const rows = await sql<{ ordinal: number; opened_on: string; closed_on: string | null }[]>`
    select ordinal, to_char(opened_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as opened_on,
      to_char(closed_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as closed_on
    from book where agency_id = ${agencyId} and suffix = ${suffix} and year = ${year} order by ordinal`;
  return rows.map(({ ordinal, opened_on, closed_on }) => ({
    ordinal,
    openedOn: opened_on as LocalDate,
    closedOn: closed_on as LocalDate | null,
  }));
}
