import type { Sql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { DossierId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { WordedAnswer } from "../../src/usecases/answer-data.ts";
import type { KeptRequest } from "./data-requests.ts";
import { noteEvent } from "./events.ts";

/** An answer in words, with the restriction that it begins. @returns false when it was answered meanwhile, or the dossier had gone on */
export async function keepWorded(
  sql: Sql,
  { id, dossierId, kind, status }: KeptRequest,
  { outcome, says }: WordedAnswer,
  { personId }: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [same] = await tx`select 1 from dossier where id = ${dossierId} and status = ${status} for update`;
    if (same === undefined) return false;
    const kept = await tx`insert into data_answer (request_id, person_id, items, outcome, answered_at)
      values (${id}, ${personId}, '[]', ${outcome}, ${at}) on conflict do nothing`;
    if (kept.count !== 1) return false;
    await tx`update data_request_words set answered = ${says} where request_id = ${id}`;
    if (kind === "restrict" && outcome === "done")
      await tx`insert into data_restriction (request_id, dossier_id, since) values (${id}, ${dossierId}, ${at})
        on conflict (dossier_id) where lifted_at is null do nothing`;
    await noteEvent(tx, dossierId, `answered_${kind}`, personId);
    return true;
  });
}

/** @returns false when it was answered or extended meanwhile */
export async function keepExtension(
  sql: Sql,
  { id, dossierId }: KeptRequest,
  { reason, dueAt, at }: { readonly reason: string; readonly dueAt: Instant; readonly at: Instant },
  { personId }: Actor,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select 1 from dossier where id = ${dossierId} for update`; // an answer takes the same lock
    const kept = await tx`insert into data_extension (request_id, person_id, reason, due_at, extended_at)
      select ${id}, ${personId}, ${reason}, ${dueAt}, ${at} where not exists (select 1 from data_answer where request_id = ${id})
      on conflict do nothing`;
    if (kept.count === 1) await noteEvent(tx, dossierId, "data_term_extended", personId);
    return kept.count === 1;
  });
}

/** At its holder's wish officials do not look at the content. DATA-3. */
export async function isRestricted(sql: Sql, id: DossierId): Promise<boolean> {
  const [row] = await sql`select 1 from data_restriction where dossier_id = ${id} and lifted_at is null`;
  return row !== undefined;
}
