import type { Sql } from "postgres";
import type { Actor, Signer } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { daysOf, type KeptPrint, type Period, type PeriodTotals } from "../../src/core/register-print.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

/** A book of a kind in an agency: whose numbers run together. */
export type Series = { readonly agencyId: AgencyId; readonly suffix: string };

type TotalsRow = {
  first_number: number | null;
  last_number: number | null;
  issued: number;
  voided: number;
  in_progress: number;
  annulled: number;
  copies: number;
  fee_dong: string;
};

/** The lines dated in the period, counted. */
export async function totalsOf(sql: Sql, { agencyId, suffix }: Series, period: Period): Promise<PeriodTotals> {
  const { from, before } = daysOf(period);
  const [row] = await sql<TotalsRow[]>`
    select min(c.number) as first_number, max(c.number) as last_number,
      count(*) filter (where c.status = 'issued')::int as issued,
      count(*) filter (where c.status = 'voided')::int as voided,
      count(*) filter (where c.status = 'in_progress')::int as in_progress,
      count(a.certificate_id)::int as annulled,
      coalesce(sum(c.copies) filter (where c.status = 'issued'), 0)::int as copies,
      coalesce(sum(c.fee_dong) filter (where c.status = 'issued'), 0)::bigint as fee_dong
    from register_line c left join annulment a on a.certificate_id = c.id
    where c.agency_id = ${agencyId} and c.suffix = ${suffix} and c.printed_on >= ${from} and c.printed_on < ${before}`;
  if (row === undefined) throw new Error("counting answers a row");
  return {
    period,
    firstNumber: row.first_number,
    lastNumber: row.last_number,
    issued: row.issued,
    voided: row.voided,
    inProgress: row.in_progress,
    annulled: row.annulled,
    copies: row.copies,
    feeDong: Number(row.fee_dong),
  };
}

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

/** @returns false when another print of the period was kept first: that one stands */
export async function keepPrint(
  sql: Sql,
  series: Series,
  totals: PeriodTotals,
  signed: { readonly blobId: BlobId; readonly signer: Signer; readonly signedAt: Instant },
  actor: Actor,
): Promise<boolean> {
  const { period, firstNumber, lastNumber, issued, voided, copies, feeDong } = totals;
  const { blobId, signer, signedAt } = signed;
  return sql.begin(async (tx) => {
    const kept = await tx`
      insert into register_print (agency_id, suffix, period, blob_id, first_number, last_number, issued, voided, copies,
        fee_dong, officer_id, signer_name, signer_title, mandate_id, signed_at)
      values (${series.agencyId}, ${series.suffix}, ${period}, ${blobId}, ${firstNumber}, ${lastNumber}, ${issued},
        ${voided}, ${copies}, ${feeDong}, ${actor.personId}, ${signer.signerName}, ${[...signer.mandate.titleLines]},
        ${signer.mandate.id}, ${signedAt})
      on conflict (agency_id, suffix, period) do nothing`;
    if (kept.count === 1) {
      await noteAct(tx, { actor, what: "register_signed", about: period, at: signedAt });
    }
    return kept.count === 1;
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
