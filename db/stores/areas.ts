import type { Sql, TransactionSql } from "postgres";
import type { Area, AreaChanges, AreaFault } from "../../src/core/areas.ts";
import type { Instant, Result, Sha256 } from "../../src/core/kernel.ts";

const oneImport = 4_811_208; // this program's own number for the advisory lock of an import

const newest = (sql: Sql | TransactionSql) => sql<Area[]>`
  select distinct on (code) code, name, kind, parent_code as parent, merged_into as "mergedInto"
  from area_saying order by code, id desc`;

/** What is said now, by code. */
export async function knownAreas(sql: Sql | TransactionSql): Promise<ReadonlyMap<string, Area>> {
  return new Map((await newest(sql)).map((area) => [area.code, area]));
}

/**
 * A whole list or nothing of it, in one transaction; of two at once the second is judged by what the first left.
 *
 * @param judge what of the list is new, beside what is known
 */
export async function importAreasWith(
  sql: Sql,
  judge: (known: ReadonlyMap<string, Area>) => Result<AreaChanges, readonly AreaFault[]>,
  source: { readonly sha256: Sha256; readonly at: Instant },
): Promise<Result<AreaChanges, readonly AreaFault[]>> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${oneImport})`;
    const judged = judge(await knownAreas(tx));
    if (!judged.ok) return judged;
    const { added, changed } = judged.value;
    const said = JSON.stringify([...added, ...changed]);
    await tx`insert into area (code) select code from jsonb_to_recordset(${said}::text::jsonb) as a (code text)
      on conflict (code) do nothing`;
    await tx`insert into area_saying (code, name, kind, parent_code, merged_into, file_sha256, said_at)
      select code, name, kind, parent, "mergedInto", ${source.sha256}, ${source.at}
      from jsonb_to_recordset(${said}::text::jsonb)
        as a (code text, name text, kind text, parent text, "mergedInto" text)`;
    return judged;
  });
}
