import type { Sql } from "postgres";
import type { CheckDoor, CopyCheck } from "../../src/core/copy-check.ts";
import type { CertificateId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { instantOf } from "./rows.ts";

/** A check as the door knows it: the copy by its place in the status list, which the record tells. */
export type NotedCheck = CopyCheck & { readonly statusIndex: number };

/** Many in one statement. What was noted in the same minute by the same door is noted once. */
export async function keepChecks(sql: Sql, checks: readonly NotedCheck[]): Promise<void> {
  const noted = checks.map(({ statusIndex, at, door }) => ({ status_index: statusIndex, at, door }));
  await sql`
    insert into copy_check (certificate_id, checked_at, door)
    select checked.line_id, noted.at, noted.door
    from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as noted (status_index bigint, at timestamptz, door text)
      join certified_copy checked on checked.status_index = noted.status_index
    on conflict do nothing`;
}

/** Newest first. */
export async function newestChecks(sql: Sql, id: CertificateId, limit: number): Promise<CopyCheck[]> {
  const rows = await sql<{ checked_at: string; door: CheckDoor }[]>`
    select checked_at, door from copy_check where certificate_id = ${id} order by checked_at desc, door limit ${limit}`;
  return rows.map(({ checked_at, door }) => ({ at: instantOf(checked_at), door }));
}

/** @returns how many were forgotten */
export async function sweepChecks(sql: Sql, before: Instant): Promise<number> {
  return (await sql`delete from copy_check where checked_at < ${before}`).count;
}
