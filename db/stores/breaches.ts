import type { Sql } from "postgres";
import type { Breach, BreachId, BreachStep } from "../../src/core/breach.ts";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { NewBreach, NewBreachStep } from "../../src/usecases/note-breach.ts";
import { instantOf } from "./rows.ts";

type BreachRow = Omit<Breach, "foundAt" | "notedAt" | "steps"> & { found_at: string; noted_at: string };
type StepRow = Omit<BreachStep, "at"> & { breach_id: BreachId; step_at: string };

/** Newest first, each with its steps. DATA-4. */
export async function breachesOf(sql: Sql, agencyId: AgencyId): Promise<readonly Breach[]> {
  const rows = await sql<BreachRow[]>`
    select b.id, b.found_at, b.happened, b.concerns, b.done, p.full_name as by, b.noted_at
    from data_breach b join person p on p.id = b.person_id where b.agency_id = ${agencyId} order by b.found_at desc, b.id`;
  const steps = await sql<StepRow[]>`
    select s.breach_id, s.what, s.step_at, s.says, p.full_name as by from data_breach_step s
      join data_breach b on b.id = s.breach_id join person p on p.id = s.person_id
    where b.agency_id = ${agencyId} order by s.step_at, s.noted_at, s.id`;
  return rows.map(({ found_at, noted_at, ...row }) => ({
    ...row,
    foundAt: instantOf(found_at),
    notedAt: instantOf(noted_at),
    steps: steps
      .filter(({ breach_id }) => breach_id === row.id)
      .map(({ what, step_at, says, by }) => ({ what, at: instantOf(step_at), says, by })),
  }));
}

/** @returns false, and nothing is kept, where something else stands under that id */
export async function keepBreach(sql: Sql, breach: NewBreach, actor: Actor, at: Instant): Promise<boolean> {
  const { id, foundAt, happened, concerns, done } = breach;
  await sql`insert into data_breach (id, agency_id, found_at, happened, concerns, done, person_id, noted_at)
    values (${id}, ${actor.agencyId}, ${foundAt}, ${happened}, ${concerns}, ${done}, ${actor.personId}, ${at})
    on conflict (id) do nothing`;
  const same =
    await sql`select 1 from data_breach where id = ${id} and agency_id = ${actor.agencyId} and found_at = ${foundAt}
    and (happened, concerns, done) = (${happened}, ${concerns}, ${done})`;
  return same.length > 0;
}

/** @returns false, and nothing is kept, where something else stands under that id */
export async function keepBreachStep(
  sql: Sql,
  id: BreachId,
  step: NewBreachStep,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  await sql`insert into data_breach_step (id, breach_id, what, step_at, says, person_id, noted_at)
    values (${step.id}, ${id}, ${step.what}, ${step.at}, ${step.says}, ${actor.personId}, ${at}) on conflict (id) do nothing`;
  const same = await sql`select 1 from data_breach_step where id = ${step.id} and breach_id = ${id}
    and (what, step_at, says) = (${step.what}, ${step.at}, ${step.says})`;
  return same.length > 0;
}
