import type { Sql } from "postgres";
import type { DossierId, PersonId } from "../../src/core/ids.ts";
import type { EndedStep } from "../../src/core/statistics/long-steps.ts";
import { stepEndings } from "../../src/core/statistics/step-trace.ts";
import { instantOf } from "./rows.ts";
import { type CountAsked, within } from "./statistics-asked.ts";

type Row = {
  dossier_id: DossierId;
  code: string;
  ordinal: number;
  what: string;
  person_id: PersonId | null;
  by: string | null;
  began: string;
  ended: string;
};

const rowsAtOnce = 200;

/**
 * Steps of an agency's dossiers that ended in these days, the longest by the clock first, in batches. A step begins where the
 * one before ended, the first one with the first event of its dossier: as `traceOf` has it.
 */
export async function* endedSteps(
  sql: Sql,
  asked: Pick<CountAsked, "agencyId" | "from" | "before">,
): AsyncGenerator<readonly EndedStep[]> {
  const endings = Object.keys(stepEndings);
  const rows = sql<Row[]>`
    with touched as (
      select distinct e.dossier_id from dossier_event e join dossier d on d.id = e.dossier_id
      where d.agency_id = ${asked.agencyId} and ${within(sql, sql`e.happened_at`, asked)}
    ), step as (
      select e.id, e.dossier_id, e.what, e.person_id, e.happened_at as ended,
        lag(e.happened_at, 1, e.happened_at) over (partition by e.dossier_id order by e.id) as began
      from dossier_event e join touched t on t.dossier_id = e.dossier_id
      where e.what = any(${endings}) or e.id = (select min(f.id) from dossier_event f where f.dossier_id = e.dossier_id)
    )
    select s.dossier_id, u.code, d.ordinal_in_submission as ordinal, s.what, s.person_id, p.full_name as by, s.began, s.ended
    from step s join dossier d on d.id = s.dossier_id join submission u on u.id = d.submission_id
      left join person p on p.id = s.person_id
    where s.what = any(${endings}) and ${within(sql, sql`s.ended`, asked)}
    order by s.ended - s.began desc, s.id`.cursor(rowsAtOnce);
  for await (const batch of rows) yield batch.flatMap(stepOf);
}

function stepOf(row: Row): readonly EndedStep[] {
  const step = stepEndings[row.what];
  if (step === undefined) return [];
  return [
    {
      ...{ step, personId: row.person_id, by: row.by, from: instantOf(row.began), to: instantOf(row.ended) },
      ...{ dossierId: row.dossier_id, code: row.code, ordinal: row.ordinal },
    },
  ];
}
