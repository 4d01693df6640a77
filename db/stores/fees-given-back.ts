import type { Sql, TransactionSql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { FeeEntryId, FeeWay, GivenBack } from "../../src/core/fee-account.ts";
import type { PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import type { Failure } from "../../src/usecases/failure.ts";
import type { GivenBackToKeep, UndoneToKeep } from "../../src/usecases/fees/give-back.ts";
import { noteEvent } from "./events.ts";
import { lockWithPapers } from "./locks.ts";
import { instantOf } from "./rows.ts";

type GivenRow = {
  id: FeeEntryId;
  gives_back: FeeEntryId;
  way: FeeWay;
  amount_dong: string;
  payer: string;
  reason: string;
  entered_at: string;
  person_id: PersonId;
  by: string;
  undone_at: string | null;
  undone_by: string | null;
  undone_reason: string | null;
};

const givenOf = (row: GivenRow): GivenBack => ({
  id: row.id,
  way: row.way,
  amountDong: Number(row.amount_dong),
  payer: row.payer,
  reason: row.reason,
  at: instantOf(row.entered_at),
  personId: row.person_id,
  by: row.by,
  undone:
    row.undone_at === null
      ? null
      : { reason: row.undone_reason ?? "", at: instantOf(row.undone_at), by: row.undone_by ?? "" },
});

/** FEE-8: with the payment it is of, oldest first, those undone too. */
export async function givenBackOf(
  sql: Sql | TransactionSql,
  id: SubmissionId,
): Promise<readonly (GivenBack & { readonly paymentId: FeeEntryId })[]> {
  const rows = await sql<GivenRow[]>`
    select g.id, g.gives_back, g.way, g.amount_dong, g.payer, g.reason, g.entered_at, g.person_id, p.full_name as by,
      undone.entered_at as undone_at, undone.reason as undone_reason, other.full_name as undone_by
    from fee_entry g join person p on p.id = g.person_id left join fee_entry undone on undone.reverses = g.id
      left join person other on other.id = undone.person_id
    where g.submission_id = ${id} and g.kind = 'given_back' order by g.entered_at, g.id`;
  return rows.map((row) => ({ ...givenOf(row), paymentId: row.gives_back }));
}

/**
 * One transaction under the row locks of papers and submission, as payments are: of two counters that give the same money
 * back the second is told what is left, and a payment at that moment sees what went.
 */
export async function keepGivenBack(
  sql: Sql,
  { id, submissionId, dossierId, payment, way, amountDong, payer, reason }: GivenBackToKeep,
  actor: Actor,
  at: Instant,
): Promise<Result<null, Failure>> {
  return sql.begin(async (tx) => {
    await lockWithPapers(tx, submissionId);
    const [booked] = await tx<{ gives_back: string }[]>`select gives_back from fee_entry where id = ${id}`;
    if (booked !== undefined) return booked.gives_back === payment.id ? ok(null) : fail({ code: "malformed_request" });
    const mostDong = await mostBack(tx, submissionId, payment.id);
    if (amountDong > mostDong) return fail({ code: "fee_too_much_back", mostDong });
    await tx`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, gives_back, reason, person_id, entered_at)
      values (${id}, ${actor.agencyId}, ${submissionId}, 'given_back', ${way}, ${amountDong}, ${payer}, ${payment.id}, ${reason},
        ${actor.personId}, ${at})`;
    await noteEvent(tx, dossierId, "fee_given_back", actor.personId);
    return ok(null);
  });
}

async function mostBack(tx: TransactionSql, submissionId: SubmissionId, paymentId: FeeEntryId): Promise<number> {
  const [row] = await tx<{ dong: string }[]>`
    select greatest(0, least(-b.outstanding_dong, p.amount_dong - fee_given_back(p.id))) as dong
    from fee_entry p join fee_balance b on b.submission_id = p.submission_id
    where p.id = ${paymentId} and p.submission_id = ${submissionId}
      and not exists (select 1 from fee_entry back where back.reverses = p.id)`;
  return Number(row?.dong ?? 0);
}

/** One transaction; sent twice it is one. */
export async function keepUndone(
  sql: Sql,
  { id, submissionId, dossierId, given, reason }: UndoneToKeep,
  actor: Actor,
  at: Instant,
): Promise<Result<null, Failure>> {
  return sql.begin(async (tx) => {
    await lockWithPapers(tx, submissionId);
    const [undone] = await tx`select 1 from fee_entry where reverses = ${given.id}`;
    if (undone !== undefined) return ok(null);
    await tx`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, reverses, reason, person_id, entered_at)
      values (${id}, ${actor.agencyId}, ${submissionId}, 'given_back_undone', ${given.way}, ${given.amountDong}, ${given.payer},
        ${given.id}, ${reason}, ${actor.personId}, ${at})`;
    await noteEvent(tx, dossierId, "fee_given_back_undone", actor.personId);
    return ok(null);
  });
}
