import type { Sql, TransactionSql } from "postgres";
import type {
  DispatchedThing,
  DispatchPolicy,
  DispatchReason,
  DispatchState,
  Settling,
} from "../../src/core/dispatch.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { noteEvent } from "./events.ts";
import { instantOf } from "./rows.ts";

/** A result that no way has brought to its citizen so far. */
export type Undelivered = {
  readonly dossierId: DossierId;
  readonly title: string;
  readonly applicantName: string;
  readonly contact: string | null;
  readonly what: DispatchedThing;
  /** Of the last dispatch; null where no way was given at all. */
  readonly state: DispatchState | null;
  readonly reason: DispatchReason | null;
  readonly since: Instant;
  readonly nextTryAt: Instant | null;
  /** When an official last called in vain. */
  readonly notReachedAt: Instant | null;
};

/** Nobody fetched it (or looked since it was annulled), no official reached the citizen since. */
const isOwed = (sql: Sql | TransactionSql) => sql`
  not exists (select 1 from dossier_event e where e.dossier_id = d.id and e.what in ('delivered', 'notice_delivered')
    and (u.what <> 'annulled' or e.happened_at >= u.made_at))
  and not exists (select 1 from dispatch_settling t where t.dossier_id = d.id and t.how <> 'not_reached'
    and t.settled_at >= u.made_at)`;

/** The newest dispatch of a dossier of which none arrived (a copy that came does not tell that it was annulled); a deferred one only once it has been tried for an hour. */
const failing = (sql: Sql | TransactionSql, agencyId: AgencyId, now: Instant) => sql`
  from dispatch u join dossier d on d.id = u.dossier_id
  where u.agency_id = ${agencyId} and u.state in ('deferred', 'refused', 'given_up')
    and (u.state <> 'deferred' or u.made_at < ${now}::timestamptz - interval '1 hour')
    and not exists (select 1 from dispatch o where o.dossier_id = u.dossier_id and o.id <> u.id
      and (o.what = 'annulled' or u.what <> 'annulled') and (o.state in ('waiting', 'sent') or (o.state in ('deferred', 'refused', 'given_up')
        and (o.made_at, o.id) > (u.made_at, u.id))))
    and ${isOwed(sql)}`;

/** For the notice above the queue. */
export async function countUndelivered(sql: Sql, agencyId: AgencyId, now: Instant): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count ${failing(sql, agencyId, now)}`;
  return row?.count ?? 0;
}

type Row = Omit<Undelivered, "since" | "nextTryAt" | "notReachedAt"> & {
  since: string;
  nextTryAt: string | null;
  notReachedAt: string | null;
};

const facts = (sql: Sql) => sql`d.id as "dossierId", d.title, d.applicant_name as "applicantName", d.contact,
  (select max(t.settled_at) from dispatch_settling t where t.dossier_id = d.id) as "notReachedAt"`;

const undeliveredOf = (row: Row): Undelivered => ({
  ...row,
  since: instantOf(row.since),
  nextTryAt: row.nextTryAt === null ? null : instantOf(row.nextTryAt),
  notReachedAt: row.notReachedAt === null ? null : instantOf(row.notReachedAt),
});

/** Oldest first. */
export async function listUndelivered(sql: Sql, agencyId: AgencyId, now: Instant, limit: number) {
  const rows = await sql<Row[]>`
    select ${facts(sql)}, u.what, u.state, u.reason, u.made_at as since, u.next_try_at as "nextTryAt"
    ${failing(sql, agencyId, now)} order by u.made_at, u.id limit ${limit}`;
  return rows.map(undeliveredOf);
}

/**
 * Released days ago, no way given, and never fetched by the link of the slip. Older ones than two months are left out:
 * whoever waited so long will ask.
 */
export async function listUnfetched(sql: Sql, agencyId: AgencyId, now: Instant, limit: number) {
  const rows = await sql<Row[]>`
    select ${facts(sql)}, 'copy' as what, null as state, null as reason, u.made_at as since, null as "nextTryAt"
    from (select c.dossier_id, c.released_at as made_at, 'copy' as what from certificate c where c.agency_id = ${agencyId}
        and c.status = 'issued' and c.released_at between ${now}::timestamptz - interval '60 days'
        and ${now}::timestamptz - interval '3 days') u
      join dossier d on d.id = u.dossier_id
    where not exists (select 1 from dispatch s where s.dossier_id = d.id and s.state <> 'withdrawn') and ${isOwed(sql)}
    order by u.made_at, d.id limit ${limit}`;
  return rows.map(undeliveredOf);
}

export async function keepSettling(
  sql: Sql,
  { id }: Dossier,
  how: Settling,
  personId: PersonId,
  at: Instant,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into dispatch_settling (dossier_id, person_id, how, settled_at)
      values (${id}, ${personId}, ${how}, ${at})`;
    await noteEvent(tx, id, `told_${how}`, personId);
  });
}

/** The one that counts now; null where none was set. */
export async function dispatchPolicyOf(sql: Sql, agencyId: AgencyId): Promise<DispatchPolicy | null> {
  const [row] = await sql<{ attaches: boolean; most_bytes: number }[]>`
    select attaches, most_bytes from dispatch_policy where agency_id = ${agencyId} order by id desc limit 1`;
  return row === undefined ? null : { attaches: row.attaches, mostBytes: row.most_bytes };
}

/** One transaction with the note. */
export async function keepDispatchPolicy(sql: Sql, policy: DispatchPolicy, note: Note): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into dispatch_policy (agency_id, attaches, most_bytes, set_at)
      values (${note.actor.agencyId}, ${policy.attaches}, ${policy.mostBytes}, ${note.at})`;
    await noteAct(tx, note);
  });
}
