import type { Sql } from "postgres";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId, DossierId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { ErasureItem } from "../../src/core/personal-data.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import { type DataWish, isAnsweredAtOnce, type KeptThing } from "../../src/core/terms.ts";
import { eraseOfDossier } from "./erasures.ts";
import { noteEvent } from "./events.ts";
import { instantOf } from "./rows.ts";

export type NewRequest = {
  readonly id: string;
  readonly kind: DataWish;
  /** Of corrections and restrictions; null of others. */
  readonly says: string | null;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
};

/** One open request of a kind stands for all that are sent while it waits; an export is answered with what it gives. */
export async function keepRequest(sql: Sql, dossier: Dossier, request: NewRequest): Promise<void> {
  const { id, kind, says, askedAt, dueAt } = request;
  await sql.begin(async (tx) => {
    await tx`select 1 from dossier where id = ${dossier.id} for update`;
    const [open] = await tx`
      select 1 from data_request r where r.dossier_id = ${dossier.id} and r.kind = ${kind}
        and not exists (select 1 from data_answer a where a.request_id = r.id)`;
    if (open !== undefined) return;
    await tx`insert into data_request (id, dossier_id, agency_id, kind, asked_at, due_at)
      values (${id}, ${dossier.id}, ${dossier.agencyId}, ${kind}, ${askedAt}, ${dueAt})`;
    await noteEvent(tx, dossier.id, `asked_${kind}`, null);
    if (says !== null) await tx`insert into data_request_words (request_id, asked) values (${id}, ${says})`;
    if (kind === "lift")
      await tx`update data_restriction set lifted_at = ${askedAt} where dossier_id = ${dossier.id} and lifted_at is null`;
    if (isAnsweredAtOnce(kind))
      await tx`insert into data_answer (request_id, items, answered_at) values (${id}, '[]', ${askedAt})`;
  });
}

export type KeptRequest = {
  readonly id: string;
  readonly dossierId: DossierId;
  /** Of the submission; behind it which of its papers, from the second on. */
  readonly code: string;
  readonly status: DossierStatus;
  readonly kind: DataWish;
  readonly askedAt: Instant;
  /** With its extension. */
  readonly dueAt: Instant;
  readonly extension: { readonly at: Instant; readonly reason: string } | null;
  readonly answeredAt: Instant | null;
  readonly items: readonly ErasureItem[];
  readonly outcome: "done" | "declined" | null;
  /** Null of other kinds, and once erased with the contact. */
  readonly words: { readonly asked: string; readonly answered: string | null } | null;
};

type RequestRow = {
  id: string;
  dossier_id: string;
  code: string;
  ordinal: number;
  status: DossierStatus;
  kind: DataWish;
  asked_at: string;
  due_at: string;
  answered_at: string | null;
  items: string | null;
  outcome: "done" | "declined" | null;
  extended_at: string | null;
  reason: string | null;
  asked: string | null;
  answered: string | null;
};

const selectRequest = (sql: Sql) => sql`
  select r.id, r.dossier_id, s.code, d.ordinal_in_submission as ordinal, d.status, r.kind, r.asked_at, coalesce(x.due_at, r.due_at) as due_at, x.extended_at, x.reason,
    a.answered_at, a.items::text as items, a.outcome, w.asked, w.answered
  from data_request r join dossier d on d.id = r.dossier_id join submission s on s.id = d.submission_id
    left join data_answer a on a.request_id = r.id
    left join data_extension x on x.request_id = r.id left join data_request_words w on w.request_id = r.id`;

const requestOf = (row: RequestRow): KeptRequest => ({
  id: row.id,
  dossierId: row.dossier_id as DossierId,
  code: row.ordinal === 1 ? row.code : `${row.code} (${row.ordinal})`,
  status: row.status,
  kind: row.kind,
  askedAt: instantOf(row.asked_at),
  dueAt: instantOf(row.due_at),
  answeredAt: row.answered_at === null ? null : instantOf(row.answered_at),
  extension: row.extended_at === null ? null : { at: instantOf(row.extended_at), reason: row.reason ?? "" },
  items: row.items === null ? [] : JSON.parse(row.items),
  outcome: row.outcome,
  words: row.asked === null ? null : { asked: row.asked, answered: row.answered },
});

/** Newest first. */
export async function requestsOfDossier(sql: Sql, id: DossierId): Promise<KeptRequest[]> {
  const rows = await sql<RequestRow[]>`${selectRequest(sql)}
    where r.dossier_id = ${id} order by r.asked_at desc, r.id limit 20`;
  return rows.map(requestOf);
}

/** What waits comes first, by its due date; then what was answered, newest first. */
export async function requestsOfAgency(sql: Sql, agencyId: AgencyId, limit: number): Promise<KeptRequest[]> {
  const rows = await sql<RequestRow[]>`${selectRequest(sql)}
    where r.agency_id = ${agencyId}
    order by a.answered_at is not null, case when a.answered_at is null then coalesce(x.due_at, r.due_at) end, a.answered_at desc, r.id
    limit ${limit}`;
  return rows.map(requestOf);
}

export async function findRequest(sql: Sql, id: string, agencyId: AgencyId): Promise<KeptRequest | null> {
  const [row] = await sql<RequestRow[]>`${selectRequest(sql)} where r.id = ${id} and r.agency_id = ${agencyId}`;
  return row === undefined ? null : requestOf(row);
}

/** @returns the files that may go now; null when it was answered meanwhile, or the dossier had gone on */
export async function keepErasure(
  sql: Sql,
  { id, dossierId, status }: KeptRequest,
  items: readonly ErasureItem[],
  actor: Actor,
  at: Instant,
): Promise<BlobId[] | null> {
  return sql.begin(async (tx) => {
    const [same] = await tx`select 1 from dossier where id = ${dossierId} and status = ${status} for update`;
    if (same === undefined) return null;
    const kept = await tx`insert into data_answer (request_id, person_id, items, answered_at)
      values (${id}, ${actor.personId}, ${JSON.stringify(items)}::text::jsonb, ${at}) on conflict do nothing`;
    if (kept.count !== 1) return null;
    const things = items.flatMap(({ item, outcome }) => (outcome === "erased" ? [item as KeptThing] : []));
    const files = await eraseOfDossier(tx, things, { agencyId: actor.agencyId, dossierId, requestId: id, at });
    await noteEvent(tx, dossierId, "erasure_answered", actor.personId);
    return files;
  });
}
