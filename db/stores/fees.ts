import type { Sql, TransactionSql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { FeeAccount, FeeBalance, FeeCharge, FeeEntryId, FeePayment, FeeWay } from "../../src/core/fee-account.ts";
import { outstandingOf } from "../../src/core/fee-account.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import type { Failure } from "../../src/usecases/failure.ts";
import type { PaymentToKeep, ReversalToKeep } from "../../src/usecases/fees/book-payment.ts";
import type { LinePayment } from "../../src/usecases/fees/reconcile.ts";
import { noteEvent } from "./events.ts";
import { releasePaid } from "./fee-releases.ts";
import { feeWaiverOf } from "./fee-waivers.ts";
import { givenBackOf } from "./fees-given-back.ts";
import { lockWithPapers } from "./locks.ts";
import { instantOf } from "./rows.ts";

type BalanceRow = { gross_dong: string; waived_dong: string; paid_dong: string };

const balanceOf = (row: BalanceRow | undefined): FeeBalance => ({
  grossDong: Number(row?.gross_dong ?? 0),
  waivedDong: Number(row?.waived_dong ?? 0),
  paidDong: Number(row?.paid_dong ?? 0),
});

/** FEE-2: what is owed and paid for papers presented together. */
export async function feeBalanceOf(sql: Sql | TransactionSql, id: SubmissionId): Promise<FeeBalance> {
  const [row] = await sql<BalanceRow[]>`
    select gross_dong, waived_dong, paid_dong from fee_balance where submission_id = ${id}`;
  return balanceOf(row);
}

type ChargeRow = {
  dossier_id: DossierId;
  ordinal: number;
  title: string;
  declared_pages: number;
  electronic_copies: number;
  paper_copies: number;
  on_paper_only: boolean;
  electronic_dong: string;
  paper_dong: string;
};

const chargeOf = (row: ChargeRow): FeeCharge => ({
  dossierId: row.dossier_id,
  ordinal: row.ordinal,
  title: row.title,
  pages: row.declared_pages,
  electronicCopies: row.on_paper_only ? 0 : row.electronic_copies,
  paperCopies: row.paper_copies,
  electronicDong: Number(row.electronic_dong),
  paperDong: Number(row.paper_dong),
});

type PaymentRow = {
  id: FeeEntryId;
  way: FeeWay;
  amount_dong: string;
  payer: string;
  entered_at: string;
  person_id: PersonId;
  by: string;
  year: number;
  number: number;
  taken_back_at: string | null;
  taken_back_by: string | null;
  reason: string | null;
};

const paymentOf = (row: PaymentRow, given: Awaited<ReturnType<typeof givenBackOf>>): FeePayment => ({
  id: row.id,
  way: row.way,
  amountDong: Number(row.amount_dong),
  payer: row.payer,
  at: instantOf(row.entered_at),
  personId: row.person_id,
  by: row.by,
  receipt: { year: row.year, number: row.number },
  reversal:
    row.taken_back_at === null
      ? null
      : { reason: row.reason ?? "", at: instantOf(row.taken_back_at), by: row.taken_back_by ?? "" },
  givenBack: given.filter(({ paymentId }) => paymentId === row.id),
});

const payments = (sql: Sql | TransactionSql, id: SubmissionId) => sql<PaymentRow[]>`
  select e.id, e.way, e.amount_dong, e.payer, e.entered_at, e.person_id, p.full_name as by, r.year, r.number,
    back.entered_at as taken_back_at, back.reason, other.full_name as taken_back_by
  from fee_entry e join fee_receipt r on r.entry_id = e.id join person p on p.id = e.person_id
    left join fee_entry back on back.reverses = e.id left join person other on other.id = back.person_id
  where e.submission_id = ${id} and e.kind = 'payment' order by r.year, r.number`;

/** Everything of the fee of papers presented together. */
export async function feeAccountOf(sql: Sql, id: SubmissionId, agencyId: AgencyId): Promise<FeeAccount> {
  const charges = await sql<ChargeRow[]>`select * from fee_charge where submission_id = ${id} order by ordinal`;
  const [held] = await sql<{ withholds: boolean }[]>`select fee_withholds(${id}, ${agencyId}) as withholds`;
  const given = await givenBackOf(sql, id);
  return {
    balance: await feeBalanceOf(sql, id),
    charges: charges.map(chargeOf),
    payments: (await payments(sql, id)).map((row) => paymentOf(row, given)),
    waiver: await feeWaiverOf(sql, id),
    withholds: held?.withholds ?? false,
  };
}

/**
 * One transaction under the row locks of papers and submission: the same form again finds what it booked, two counters at once do not
 * book more than is owed. The database writes the receipt (FEE-4) and refuses what these lines let through.
 */
export async function keepPayment(
  sql: Sql,
  payment: PaymentToKeep,
  actor: Actor,
  at: Instant,
): Promise<Result<null, Failure>> {
  return sql.begin(async (tx) => bookPayment(tx, payment, actor, at));
}

/** Part of the caller's transaction. */
async function bookPayment(
  tx: TransactionSql,
  payment: PaymentToKeep,
  actor: Actor,
  at: Instant,
  isAboveFee = false,
): Promise<Result<null, Failure>> {
  const { id, submissionId, dossierId, way, amountDong, payer, lineId } = payment;
  await lockWithPapers(tx, submissionId); // a paper that ends now lowers what is owed
  const [booked] = await tx<{ submission_id: string }[]>`select submission_id from fee_entry where id = ${id}`;
  if (booked !== undefined)
    return booked.submission_id === submissionId ? ok(null) : fail({ code: "malformed_request" });
  const outstandingDong = outstandingOf(await feeBalanceOf(tx, submissionId));
  if (outstandingDong <= 0 && !isAboveFee) return fail({ code: "fee_settled" });
  if (amountDong > outstandingDong && !isAboveFee) return fail({ code: "fee_too_much", outstandingDong });
  await tx`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, person_id, entered_at,
      statement_line_id, above_fee)
    values (${id}, ${actor.agencyId}, ${submissionId}, 'payment', ${way}, ${amountDong}, ${payer}, ${actor.personId}, ${at},
      ${lineId}, ${isAboveFee})`;
  await noteEvent(tx, dossierId, "fee_paid", actor.personId);
  await releasePaid(tx, submissionId);
  return ok(null);
}

/**
 * What a statement pays, each line in a transaction of its own: a break leaves the rest to be booked by the next press, and
 * nobody at a counter waits for a whole statement. A line that
 * pays already or was decided on since, or a fee that somebody paid meanwhile, is left out.
 *
 * @returns how many were booked
 */
export async function keepPayments(
  sql: Sql,
  payments: readonly LinePayment[],
  actor: Actor,
  at: Instant,
): Promise<number> {
  let booked = 0;
  for (const payment of payments) {
    if (await sql.begin((tx) => bookByLine(tx, payment, actor, at))) booked += 1;
  }
  return booked;
}

/** Papers and submission first, as everywhere, then the line: whoever attests or takes cash meanwhile waits for no circle. */
async function bookByLine(tx: TransactionSql, payment: LinePayment, actor: Actor, at: Instant): Promise<boolean> {
  await lockWithPapers(tx, payment.submissionId);
  await tx`select id from statement_line where id = ${payment.lineId} for update`;
  const [paid] = await tx`select 1 from fee_entry e where e.statement_line_id = ${payment.lineId}
    and not exists (select 1 from fee_entry back where back.reverses = e.id)`;
  const aside = await tx`select 1 from statement_set_aside where line_id = ${payment.lineId}`;
  if (aside.length > 0 !== payment.isAside) return false;
  return paid === undefined && (await bookPayment(tx, payment, actor, at, payment.isAboveFee)).ok;
}

/** One transaction; sent twice it is one. */
export async function keepReversal(
  sql: Sql,
  { id, payment, dossierId, submissionId, reason }: ReversalToKeep,
  actor: Actor,
  at: Instant,
): Promise<Result<null, Failure>> {
  return sql.begin(async (tx) => {
    await lockWithPapers(tx, submissionId);
    const [back] = await tx`select 1 from fee_entry where reverses = ${payment.id}`;
    if (back !== undefined) return ok(null);
    const [given] = await tx<{ dong: string }[]>`select fee_given_back(${payment.id}) as dong`;
    if (Number(given?.dong) > 0) return fail({ code: "fee_given_back" });
    await tx`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, reverses, reason, person_id, entered_at)
      values (${id}, ${actor.agencyId}, ${submissionId}, 'reversal', ${payment.way}, ${payment.amountDong}, ${payment.payer},
        ${payment.id}, ${reason}, ${actor.personId}, ${at})`;
    await noteEvent(tx, dossierId, "fee_taken_back", actor.personId);
    return ok(null);
  });
}

/** What is left of the fee of papers that it keeps back (FEE-6); 0 where results do not wait for it. */
export async function withheldDongOf(sql: Sql, id: DossierId): Promise<number> {
  const [row] = await sql<{ dong: string }[]>`
    select b.outstanding_dong as dong from dossier d join fee_balance b on b.submission_id = d.submission_id
    where d.id = ${id} and fee_withholds(d.submission_id, d.agency_id)`;
  return Number(row?.dong ?? 0);
}
