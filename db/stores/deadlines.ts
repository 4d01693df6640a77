import type { Sql } from "postgres";
import type { DeadlineStep, ExtensionReason, NewStep } from "../../src/core/deadline-steps.ts";
import { isAwaited } from "../../src/core/deadlines.ts";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import { noteEvent } from "./events.ts";
import { lockDossier } from "./locks.ts";
import { instantOf } from "./rows.ts";

type StepRow = {
  ordinal: number;
  kind: DeadlineStep["kind"];
  due_at: string;
  reason: string;
  working_days: number | null;
  agreed_with: string | null;
  agreed_on: string | null;
  agreement: string | null;
  decided_by: string;
  recorded_by: string;
  recorded_at: string;
};

/** Every appointment of a dossier, the promise first. */
export async function deadlineSteps(sql: Sql, id: DossierId): Promise<readonly DeadlineStep[]> {
  const rows = await sql<StepRow[]>`
    select s.ordinal, s.kind, s.due_at, s.reason, s.working_days, s.agreed_with, s.agreed_on::text, s.agreement,
      d.full_name as decided_by, r.full_name as recorded_by, s.recorded_at
    from deadline_step s join person d on d.id = s.decided_by join person r on r.id = s.recorded_by
    where s.dossier_id = ${id} order by s.ordinal`;
  return rows.map(stepOf);
}

function stepOf(row: StepRow): DeadlineStep {
  const { ordinal, decided_by: decidedBy, recorded_by: recordedBy } = row;
  const step = { ordinal, decidedBy, recordedBy, dueAt: instantOf(row.due_at), at: instantOf(row.recorded_at) };
  switch (row.kind) {
    case "promised":
      return { ...step, kind: "promised" };
    case "extended":
      return { ...step, kind: "extended", reason: row.reason as ExtensionReason, workingDays: row.working_days ?? 0 };
    case "agreed":
      return { ...step, kind: "agreed", ...agreementOf(row) };
    case "apology":
      return { ...step, kind: "apology", reason: row.reason };
  }
}

const agreementOf = ({ agreed_with, agreed_on, agreement }: StepRow) => ({
  agreedWith: agreed_with ?? "",
  agreedOn: (agreed_on ?? "") as LocalDate,
  agreement: agreement ?? "",
});

/**
 * Durable on return; what the law forbids the database refuses too (migration 0033).
 *
 * @returns false where another step came in between, or nothing is owed any more
 */
export async function keepDeadlineStep(
  sql: Sql,
  id: DossierId,
  step: NewStep,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockDossier(tx, { dossierId: id });
    const [dossier] = await tx<{ status: DossierStatus; noticeWaits: boolean }[]>`
      select status, status = 'refused' and not exists (select 1 from refusal_notice where dossier_id = ${id}) as "noticeWaits"
      from dossier where id = ${id}`;
    if (dossier === undefined || !isAwaited(dossier)) return false;
    const [last] = await tx<{ ordinal: number }[]>`
      select max(ordinal) as ordinal from deadline_step where dossier_id = ${id}`;
    if (last?.ordinal !== step.ordinal - 1) return false;
    await tx`insert into deadline_step ${tx({ dossier_id: id, ...rowOf(step, actor, at) })}`;
    await noteEvent(tx, id, `deadline_${step.kind}`, actor.personId);
    return true;
  });
}

const rowOf = (step: NewStep, actor: Actor, at: Instant) => ({
  ordinal: step.ordinal,
  kind: step.kind,
  due_at: step.dueAt,
  reason: step.kind === "agreed" ? "" : step.reason,
  working_days: step.kind === "extended" ? step.workingDays : null,
  agreed_with: step.kind === "agreed" ? step.agreedWith : null,
  agreed_on: step.kind === "agreed" ? step.agreedOn : null,
  agreement: step.kind === "agreed" ? step.agreement : null,
  decided_by: step.decidedBy,
  recorded_by: actor.personId,
  recorded_at: at,
});

/** Who may decide on time: the agency's people who certify. */
export async function deciders(
  sql: Sql,
  agencyId: AgencyId,
): Promise<readonly { readonly id: PersonId; readonly fullName: string }[]> {
  const rows = await sql<{ id: PersonId; full_name: string }[]>`
    select p.id, p.full_name from person p join person_role r on r.person_id = p.id and r.role = 'signer'
    where p.agency_id = ${agencyId} and p.active order by p.full_name, p.id`;
  return rows.map(({ id, full_name: fullName }) => ({ id, fullName }));
}

/** Title of who decided, as it is registered beside the certificate that counted then; empty where there was none. */
export async function titleOfDecider(sql: Sql, id: DossierId, ordinal: number): Promise<readonly string[]> {
  const [row] = await sql<{ title_lines: string[] }[]>`
    select c.title_lines from deadline_step s join credential c on c.person_id = s.decided_by and c.role = 'official'
      and c.valid_from <= s.recorded_at and s.recorded_at <= c.valid_to
    where s.dossier_id = ${id} and s.ordinal = ${ordinal} order by c.valid_from desc limit 1`;
  return row?.title_lines ?? [];
}
