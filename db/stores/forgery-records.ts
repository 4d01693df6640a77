import type { Sql, TransactionSql } from "postgres";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import { type KeptForgeryRecord, mayBeRecorded, type SuspectedStanding } from "../../src/core/forgery.ts";
import type { DossierId } from "../../src/core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { Failure } from "../../src/usecases/failure.ts";
import type { NewForgeryRecord } from "../../src/usecases/record-forgery.ts";
import { noteEvent } from "./events.ts";
import { lockDossier } from "./locks.ts";
import { instantOf } from "./rows.ts";

type Row = Omit<KeptForgeryRecord, "seenAt" | "at"> & { readonly seen_at: string; readonly noted_at: string };

/** Oldest first. REFUSE-2. */
export async function forgeryRecordsOf(sql: Sql, id: DossierId): Promise<readonly KeptForgeryRecord[]> {
  const rows = await sql<Row[]>`
    select f.ordinal, f.seen_at, f.presented_by as "presentedBy", f.seen, f.kept, f.handed_to as "handedTo",
      p.full_name as by, f.noted_at
    from forgery_record f join person p on p.id = f.person_id where f.dossier_id = ${id} order by f.ordinal`;
  return rows.map(({ seen_at, noted_at, ...row }) => ({
    ...row,
    seenAt: instantOf(seen_at),
    at: instantOf(noted_at),
  }));
}

/** Nothing is kept where something else stands under that id, or where the paper was attested or ended meanwhile. */
export async function keepForgeryRecord(
  sql: Sql,
  dossier: Dossier,
  record: NewForgeryRecord,
  actor: Actor,
  at: Instant,
): Promise<Result<null, Failure>> {
  const { id, seenAt, presentedBy, seen, kept, handedTo } = record;
  return sql.begin(async (tx) => {
    await lockDossier(tx, { dossierId: dossier.id }); // two records at once have two ordinals
    const standing = await standingOf(tx, dossier.id); // asked behind the lock: the trigger refuses by an exception
    if (!mayBeRecorded(standing)) return fail({ code: "wrong_stage", status: standing.status });
    const added = await tx`
      insert into forgery_record (id, dossier_id, ordinal, seen_at, presented_by, seen, kept, handed_to, person_id, noted_at)
      select ${id}, ${dossier.id}, coalesce(max(ordinal), 0) + 1, ${seenAt}, ${presentedBy}, ${seen}, ${kept}, ${handedTo},
        ${actor.personId}, ${at}
      from forgery_record where dossier_id = ${dossier.id}
      on conflict (id) do nothing`;
    if (added.count === 1) await noteEvent(tx, dossier.id, "forgery_recorded", actor.personId);
    const same = await tx`select 1 from forgery_record where id = ${id} and dossier_id = ${dossier.id}
      and (seen_at, presented_by, seen, kept) = (${seenAt}, ${presentedBy}, ${seen}, ${kept})
      and handed_to is not distinct from ${handedTo}`;
    return same.length > 0 ? ok(null) : fail({ code: "malformed_request", field: "id" });
  });
}

async function standingOf(tx: TransactionSql, id: DossierId): Promise<SuspectedStanding> {
  const [row] = await tx<SuspectedStanding[]>`
    select d.status, r.ground, exists (select 1 from forgery_record f where f.dossier_id = d.id) as "isRecorded"
    from dossier d left join refusal r on r.dossier_id = d.id where d.id = ${id}`;
  if (row === undefined) throw new Error("a dossier is never deleted");
  return row;
}
