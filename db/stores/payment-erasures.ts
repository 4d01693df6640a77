import type { Sql, TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import { prove } from "./erasure-proofs.ts";

const most = 500;

/** As migration 0106 wants them: a name, and what must be at least ten signs long. */
const blank = "–––";
const longBlank = "–".repeat(10);

type Part = "fee_entry" | "fee_waiver" | "fee_waiver_end" | "statement_line" | "statement_set_aside";
type Due = { readonly part: Part; readonly id: string; readonly agency_id: AgencyId };

/**
 * KEEP-1: names of payers, what transfers say, and what was shown for waivers, of one agency and before. Sums, days and numbers
 * of receipts stay: books are kept longer than names. Of papers with a restriction all stays until it is lifted (DATA-3).
 *
 * @returns how many things
 */
export async function eraseDuePayments(sql: Sql, before: Instant, at: Instant): Promise<number> {
  return sql.begin(async (tx) => {
    const due = await tx<Due[]>`
      select part, id, agency_id from payment_words where since < ${before} order by agency_id, id limit ${most}`;
    const [first] = due;
    if (first === undefined) return 0;
    const own = due.filter(({ agency_id }) => agency_id === first.agency_id);
    const idsOf = (part: Part) => own.filter((one) => one.part === part).map(({ id }) => id);
    await tx`update fee_entry set payer = ${blank}, reason = case when reason is null then null else ${longBlank} end
      where id = any(${idsOf("fee_entry")})`;
    await tx`update fee_waiver set evidence = ${longBlank} where id = any(${idsOf("fee_waiver")})`;
    await tx`update fee_waiver_end set reason = ${longBlank} where waiver_id = any(${idsOf("fee_waiver_end")})`;
    await tx`update statement_line set content = ${blank} where id = any(${idsOf("statement_line")})`;
    await tx`update statement_set_aside set reason = ${longBlank} where line_id = any(${idsOf("statement_set_aside")})`;
    await prove(
      tx,
      { agencyId: first.agency_id, rule: "payment", requestId: null, at },
      own.map(({ id }) => id),
    );
    return own.length;
  });
}

/** Of a visit whose papers have all ended: who asked, and what was written out. @returns whether there was anything */
export async function blankOffSite(tx: TransactionSql, id: SubmissionId): Promise<boolean> {
  const gone = await tx`
    update off_site o set asked_by = ${blank}, ground_note = case when o.ground_note is null then null else ${blank} end,
      place = case when w.place_goes then ${blank} else o.place end
    from off_site_words w where w.id = o.id and o.submission_id = ${id} and o.asked_by <> ${blank}`; // of two at once the second finds it done
  return gone.count > 0;
}
