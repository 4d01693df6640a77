import type { Sql } from "postgres";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import type { DossierId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { Withdrawal } from "../../src/core/withdrawal.ts";
import { noteEvent } from "./events.ts";
import { instantOf } from "./rows.ts";

/** @param actor null where the applicant did it by the own link; false when a number was taken meanwhile */
export async function keepWithdrawal(
  sql: Sql,
  dossier: Dossier,
  reason: string,
  actor: Actor | null,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    // Locked first: one statement that waits for the lock would look for the line as of before it waited.
    await tx`select 1 from dossier where id = ${dossier.id} for update`;
    const [open] = await tx`
      select 1 from dossier where id = ${dossier.id} and status in ('received', 'read', 'attested')
      and not exists (select 1 from paper_line l where l.dossier_id = dossier.id and l.status <> 'voided')
      and (${actor !== null} or not exists (select 1 from forgery_record f where f.dossier_id = dossier.id))`; // REFUSE-2: not by who presented it
    if (open === undefined) return false;
    await tx`insert into withdrawal (dossier_id, person_id, reason, withdrawn_at)
      values (${dossier.id}, ${actor?.personId ?? null}, ${reason}, ${at})`;
    await tx`update dossier set status = 'withdrawn' where id = ${dossier.id}`;
    await noteEvent(tx, dossier.id, "withdrawn", actor?.personId ?? null);
    return true;
  });
}

export async function withdrawalOf(sql: Sql, id: DossierId): Promise<Withdrawal | null> {
  const [row] = await sql<{ by: string | null; reason: string; withdrawn_at: string }[]>`
    select p.full_name as by, w.reason, w.withdrawn_at from withdrawal w left join person p on p.id = w.person_id
    where w.dossier_id = ${id}`;
  return row === undefined ? null : { by: row.by, reason: row.reason, at: instantOf(row.withdrawn_at) };
}
