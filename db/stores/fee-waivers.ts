import type { Sql, TransactionSql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { FeeExemption, FeeExemptionId, FeeRelease, FeeWaiver, FeeWaiverId } from "../../src/core/fee-account.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import type { WaiverToKeep } from "../../src/usecases/fees/waive-fee.ts";
import { noteAct } from "./admin-events.ts";
import { noteEvent } from "./events.ts";
import { enqueuePaidReleases, releasePaid } from "./fee-releases.ts";
import { lockWithPapers } from "./locks.ts";
import { instantOf } from "./rows.ts";

type WaiverRow = {
  id: FeeWaiverId;
  evidence: string;
  person_id: PersonId;
  waived_at: string;
  by: string;
  reason: string;
  legal_basis: string;
  percent: number;
};

/** The one that stands; null where none does. */
export async function feeWaiverOf(sql: Sql | TransactionSql, id: SubmissionId): Promise<FeeWaiver | null> {
  const [row] = await sql<WaiverRow[]>`
    select w.id, w.evidence, w.person_id, w.waived_at, p.full_name as by, x.reason, x.legal_basis, x.percent
    from fee_waiver w join fee_exemption x on x.id = w.exemption_id join person p on p.id = w.person_id
    where w.submission_id = ${id} and not exists (select 1 from fee_waiver_end e where e.waiver_id = w.id)`;
  if (row === undefined) return null;
  const { id: waiverId, evidence, person_id: personId, by, reason, legal_basis: legalBasis, percent } = row;
  const exemption = { reason, legalBasis, percent };
  return { id: waiverId, evidence, personId, by, at: instantOf(row.waived_at), exemption };
}

/** One transaction under the row locks of papers and submission. @returns false where one stands already */
export async function keepWaiver(
  sql: Sql,
  { id, submissionId, dossierId, exemptionId, evidence }: WaiverToKeep,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockWithPapers(tx, submissionId);
    if ((await feeWaiverOf(tx, submissionId)) !== null) return false;
    await tx`insert into fee_waiver (id, submission_id, exemption_id, evidence, person_id, waived_at)
      values (${id}, ${submissionId}, ${exemptionId}, ${evidence}, ${actor.personId}, ${at})`;
    await noteEvent(tx, dossierId, "fee_waived", actor.personId);
    await releasePaid(tx, submissionId);
    return true;
  });
}

/** Sent twice it is one. */
export async function endWaiver(
  sql: Sql,
  waiver: { readonly id: FeeWaiverId; readonly dossierId: DossierId; readonly reason: string },
  actor: Actor,
  at: Instant,
): Promise<void> {
  await sql.begin(async (tx) => {
    const [waived] = await tx<
      { id: SubmissionId }[]
    >`select submission_id as id from fee_waiver where id = ${waiver.id}`;
    if (waived !== undefined) await lockWithPapers(tx, waived.id);
    const ended = await tx`insert into fee_waiver_end (waiver_id, reason, person_id, ended_at)
      values (${waiver.id}, ${waiver.reason}, ${actor.personId}, ${at}) on conflict (waiver_id) do nothing`;
    if (ended.count === 1) await noteEvent(tx, waiver.dossierId, "fee_waiver_ended", actor.personId);
  });
}

type ExemptionRow = {
  id: FeeExemptionId;
  reason: string;
  legal_basis: string;
  from: LocalDate;
  to: LocalDate | null;
  percent: number;
  ended_at: string | null;
  enteredBy: PersonId;
};

/** The agency's, newest first, ended ones too. */
export async function feeExemptions(sql: Sql, agencyId: AgencyId): Promise<readonly FeeExemption[]> {
  const rows = await sql<ExemptionRow[]>`
    select x.id, x.reason, x.legal_basis, to_char(x.from_day, 'YYYY-MM-DD') as from, to_char(x.to_day, 'YYYY-MM-DD') as to,
      x.percent, x.kept_by as "enteredBy", e.ended_at
    from fee_exemption x left join fee_exemption_end e on e.exemption_id = x.id
    where x.agency_id = ${agencyId} order by x.kept_at desc, x.id`;
  return rows.map(({ legal_basis: legalBasis, ended_at, ...row }) => {
    return { ...row, legalBasis, endedAt: ended_at === null ? null : instantOf(ended_at) };
  });
}

type ExemptionToKeep = Omit<FeeExemption, "endedAt" | "enteredBy">;

/** One transaction with the note. */
export async function keepExemption(sql: Sql, exemption: ExemptionToKeep, note: Note): Promise<void> {
  const { id, reason, legalBasis, from, to, percent } = exemption;
  await sql.begin(async (tx) => {
    const { agencyId, personId } = note.actor;
    await tx`insert into fee_exemption (id, agency_id, reason, legal_basis, from_day, to_day, percent, kept_by, kept_at)
      values (${id}, ${agencyId}, ${reason}, ${legalBasis}, ${from}, ${to}, ${percent}, ${personId}, ${note.at})`;
    await noteAct(tx, note);
  });
}

/** One transaction with the note; sent twice it is one. */
export async function endExemption(sql: Sql, id: FeeExemptionId, note: Note): Promise<void> {
  await sql.begin(async (tx) => {
    const ended = await tx`insert into fee_exemption_end (exemption_id, person_id, ended_at)
      values (${id}, ${note.actor.personId}, ${note.at}) on conflict (exemption_id) do nothing`;
    if (ended.count === 1) await noteAct(tx, note);
  });
}

/** The one that counts now; null where none was set. */
export async function feeReleaseOf(sql: Sql, agencyId: AgencyId): Promise<FeeRelease | null> {
  const [row] = await sql<{ release: FeeRelease }[]>`
    select release from fee_policy where agency_id = ${agencyId} order by id desc limit 1`;
  return row?.release ?? null;
}

/** One transaction with the note; what waited for its fee and waits no more goes on. */
export async function keepFeeRelease(sql: Sql, release: FeeRelease, note: Note): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into fee_policy (agency_id, release, set_at) values (${note.actor.agencyId}, ${release}, ${note.at})`;
    await enqueuePaidReleases(tx);
    await noteAct(tx, note);
  });
}
