import type { Sql } from "postgres";
import type { DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { type Access, type AccessKind, rightOf } from "../../src/core/personal-data.ts";
import { instantOf } from "./rows.ts";

/**
 * One line a person, thing and minute, however often it is asked for. DATA-1.
 *
 * @param personId null: whoever holds the citizen's link
 */
export async function noteAccess(
  sql: Sql,
  dossierId: DossierId,
  what: AccessKind,
  personId: PersonId | null,
  minute: Instant,
): Promise<void> {
  const { purpose, basis } = rightOf(what);
  await sql`
    insert into access_entry (dossier_id, what, person_id, duties, purpose, basis, happened_at)
    values (${dossierId}, ${what}, ${personId},
      array(select role from person_role where person_id = ${personId}::uuid order by role), ${purpose}, ${basis}, ${minute})
    on conflict do nothing`;
}

type AccessRow = Omit<Access, "at"> & { happened_at: string };

/** Newest first. */
export async function accessesOf(sql: Sql, id: DossierId, limit: number): Promise<Access[]> {
  const rows = await sql<AccessRow[]>`
    select what, duties, purpose, basis, happened_at from access_entry
    where dossier_id = ${id} order by happened_at desc, id desc limit ${limit}`;
  return rows.map(({ what, duties, purpose, basis, happened_at }) => {
    return { what, duties, purpose, basis, at: instantOf(happened_at) };
  });
}
