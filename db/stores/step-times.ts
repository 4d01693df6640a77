import type { Sql } from "postgres";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { RoleChange } from "../../src/core/statistics/duty.ts";
import type { StepTime, TracedStep } from "../../src/core/statistics/step-times.ts";
import type { KeptStepTime } from "../../src/usecases/administration/keep-step-times.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

type Row = {
  step: TracedStep;
  minutes: number | null;
  valid_from: LocalDate;
  kept_by: string;
  kept_at: string;
};

/** All that the agency wrote down, in the order of writing. */
export async function stepTimesOf(sql: Sql, agencyId: AgencyId): Promise<readonly KeptStepTime[]> {
  const rows = await sql<Row[]>`
    select t.step, t.minutes, t.valid_from::text, p.full_name as kept_by, t.kept_at
    from step_time t join person p on p.id = t.kept_by where t.agency_id = ${agencyId} order by t.id`;
  return rows.map((row) => ({
    ...{ step: row.step, minutes: row.minutes, validFrom: row.valid_from },
    ...{ keptBy: row.kept_by, keptAt: instantOf(row.kept_at) },
  }));
}

/** One transaction with the note. */
export async function keepStepTimesWith(sql: Sql, times: readonly StepTime[], note: Note): Promise<void> {
  const kept = { agency_id: note.actor.agencyId, kept_by: note.actor.personId, kept_at: note.at };
  await sql.begin(async (tx) => {
    await tx`insert into step_time ${tx(times.map(({ step, minutes, validFrom }) => ({ ...kept, step, minutes, valid_from: validFrom })))}`;
    await noteAct(tx, note);
  });
}

/** What these people were entrusted with, change by change. */
export async function roleChangesOf(
  sql: Sql,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, readonly RoleChange[]>> {
  const rows = await sql<{ person_id: PersonId; role: string; given: boolean; at: string }[]>`
    select person_id, role, given, at from role_change where person_id = any(${[...people]}::uuid[]) order by id`;
  const changes = new Map<PersonId, RoleChange[]>(people.map((id) => [id, []]));
  for (const { person_id, role, given, at } of rows) changes.get(person_id)?.push({ role, given, at: instantOf(at) });
  return changes;
}
