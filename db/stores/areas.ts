import type { Sql, TransactionSql } from "postgres";
import type { Area, AreaBringer, AreaChanges, AreaFault } from "../../src/core/areas.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant, Result, Sha256 } from "../../src/core/kernel.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";

const oneImport = 4_811_208; // this program's own number for the advisory lock of an import

const newest = (sql: Sql | TransactionSql) => sql<Area[]>`
  select code, name, kind, parent_code as parent, merged_into as "mergedInto" from area_now order by code`;

/** What is said now, by code. */
export async function knownAreas(sql: Sql | TransactionSql): Promise<ReadonlyMap<string, Area>> {
  return new Map((await newest(sql)).map((area) => [area.code, area]));
}

/**
 * A whole list or nothing of it, in one transaction; of two at once the second is judged by what the first left.
 *
 * @param judge what of the list is new, beside what is known
 * @param by the administrator who brought it; null where the operator did, by command
 */
export async function importAreasWith(
  sql: Sql,
  judge: (known: ReadonlyMap<string, Area>, bringer: AreaBringer | null) => Result<AreaChanges, readonly AreaFault[]>,
  source: { readonly sha256: Sha256; readonly at: Instant },
  by: { readonly agencyId: AgencyId; readonly note: (changes: AreaChanges) => Note } | null = null,
): Promise<Result<AreaChanges, readonly AreaFault[]>> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${oneImport})`;
    const judged = judge(await knownAreas(tx), by === null ? null : await areaBringer(tx, by.agencyId));
    if (!judged.ok) return judged;
    const { added, changed } = judged.value;
    const said = JSON.stringify([...added, ...changed]);
    await tx`insert into area (code) select code from jsonb_to_recordset(${said}::text::jsonb) as a (code text)
      on conflict (code) do nothing`;
    await tx`insert into area_saying (code, name, kind, parent_code, merged_into, file_sha256, said_at)
      select code, name, kind, parent, "mergedInto", ${source.sha256}, ${source.at}
      from jsonb_to_recordset(${said}::text::jsonb)
        as a (code text, name text, kind text, parent text, "mergedInto" text)`;
    if (by !== null) await noteAct(tx, by.note(judged.value));
    return judged;
  });
}

/**
 * Areas that other agencies are of, and those that are watched for: in which province they lie decides who looks at whom, and
 * is not an administrator's to say; nor is what an area is called that is not the own agency's alone. AUTH-5.
 */
export async function areaBringer(sql: Sql | TransactionSql, agencyId: AgencyId): Promise<AreaBringer> {
  const rows = await sql<{ code: string }[]>`
    select area_code as code from agency where area_code is not null and id <> ${agencyId}
    union select area_code from province_watch_now`;
  const held = rows.map(({ code }) => code);
  const own = await areaOfAgency(sql, agencyId);
  return { held, own: own === null || held.includes(own) ? null : own };
}

/** The code of the area that an agency is of; null where nobody named it yet. */
export async function areaOfAgency(sql: Sql | TransactionSql, agencyId: AgencyId): Promise<string | null> {
  const [row] = await sql<{ area_code: string | null }[]>`select area_code from agency where id = ${agencyId}`;
  return row?.area_code ?? null;
}

/** @returns false, and nothing is kept, where there is no such area or it was merged into another */
export async function nameAreaOfAgency(sql: Sql, code: string, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const named = await tx`update agency set area_code = ${code} where id = ${note.actor.agencyId}
      and exists (select 1 from area_now where code = ${code} and merged_into is null)`;
    if (named.count === 1) await noteAct(tx, note);
    return named.count === 1;
  });
}
