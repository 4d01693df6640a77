import type { Sql } from "postgres";
import type { WorkingYear } from "../../src/core/calendar.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

/** The newest version of each year that was kept. */
export async function workingYears(sql: Sql, agencyId: AgencyId): Promise<readonly WorkingYear[]> {
  const rows = await sql<{ content: WorkingYear }[]>`
    select distinct on (year) content from working_year where agency_id = ${agencyId} order by year, ordinal desc`;
  return rows.map(({ content }) => content);
}

/** The same of many agencies in one question; who kept none is not in it. */
export async function workingYearsOf(
  sql: Sql,
  agencyIds: readonly AgencyId[],
): Promise<ReadonlyMap<AgencyId, readonly WorkingYear[]>> {
  const rows = await sql<{ agency_id: AgencyId; content: WorkingYear }[]>`
    select distinct on (agency_id, year) agency_id, content from working_year
    where agency_id = any(${[...agencyIds]}) order by agency_id, year, ordinal desc`;
  const years = new Map<AgencyId, WorkingYear[]>();
  for (const { agency_id, content } of rows) years.set(agency_id, [...(years.get(agency_id) ?? []), content]);
  return years;
}

/** One version of a year, with who kept it and when. */
export type KeptYear = {
  readonly ordinal: number;
  readonly content: WorkingYear;
  readonly by: string;
  readonly at: Instant;
};

type KeptRow = { ordinal: number; content: WorkingYear; full_name: string; kept_at: string };

/** Every version of a year, the newest first. */
export async function versionsOf(sql: Sql, agencyId: AgencyId, year: number): Promise<readonly KeptYear[]> {
  const rows = await sql<KeptRow[]>`
    select w.ordinal, w.content, p.full_name, w.kept_at from working_year w join person p on p.id = w.kept_by
    where w.agency_id = ${agencyId} and w.year = ${year} order by w.ordinal desc limit 100`;
  return rows.map(({ ordinal, content, full_name: by, kept_at }) => ({ ordinal, content, by, at: instantOf(kept_at) }));
}

/**
 * One transaction with the note.
 *
 * @param ordinal 1 after the version that was looked at
 * @returns false where somebody else kept a version in between
 */
export async function keepYear(sql: Sql, year: WorkingYear, ordinal: number, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const { agencyId, personId } = note.actor;
    await tx`select 1 from agency where id = ${agencyId} for update`;
    const [last] = await tx<{ ordinal: number | null }[]>`
      select max(ordinal) as ordinal from working_year where agency_id = ${agencyId} and year = ${year.year}`;
    if ((last?.ordinal ?? 0) + 1 !== ordinal) return false;
    await tx`insert into working_year (agency_id, year, ordinal, content, kept_by, kept_at)
      values (${agencyId}, ${year.year}, ${ordinal}, ${JSON.stringify(year)}::text::jsonb, ${personId}, ${note.at})`;
    await noteAct(tx, note);
    return true;
  });
}
