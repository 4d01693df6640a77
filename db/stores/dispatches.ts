import type { Sql, TransactionSql } from "postgres";
import type { Dispatch, DispatchedThing, DispatchOutcome, DispatchWay, Email } from "../../src/core/dispatch.ts";
import type { BlobId, DispatchId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { dossierStatuses, isLast } from "../../src/core/stages.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { noteEvent } from "./events.ts";
import { lockAllPresented, lockLetter, lockLettersOfAll } from "./locks.ts";
import { instantOf } from "./rows.ts";

/** The kind of job that makes the attempts of the dispatch named by its subject. */
export const dispatchJob = "deliver_dispatch";

const lastStatuses = dossierStatuses.filter(isLast);

type Row = Omit<Dispatch, "nextTryAt" | "madeAt" | "endedAt"> & {
  nextTryAt: string | null;
  madeAt: string;
  endedAt: string | null;
};

const columns = (sql: Sql | TransactionSql) => sql`
  s.id, s.dossier_id as "dossierId", s.agency_id as "agencyId", s.way, s.what, s.state, s.attempts, s.reason,
  s.next_try_at as "nextTryAt", s.made_at as "madeAt", s.ended_at as "endedAt"`;

const dispatchOf = (row: Row): Dispatch => ({
  ...row,
  nextTryAt: row.nextTryAt === null ? null : instantOf(row.nextTryAt),
  madeAt: instantOf(row.madeAt),
  endedAt: row.endedAt === null ? null : instantOf(row.endedAt),
});

/** Newest first. */
export async function dispatchesOf(sql: Sql, dossierId: DossierId): Promise<readonly Dispatch[]> {
  const rows = await sql<Row[]>`select ${columns(sql)} from dispatch s where s.dossier_id = ${dossierId}
    order by s.made_at desc, s.ended_at is null desc, s.id limit 20`;
  return rows.map(dispatchOf);
}

/** Null for one that has ended. */
export async function openDispatch(sql: Sql, id: DispatchId): Promise<Dispatch | null> {
  const [row] = await sql<Row[]>`select ${columns(sql)} from dispatch s where s.id = ${id} and s.ended_at is null`;
  return row === undefined ? null : dispatchOf(row);
}

type AddressRow = { email: string | null; accountBlobId: BlobId | null };

export type DispatchAddress = { readonly email: string | null; readonly accountBlobId: BlobId | null };

export async function addressOf(sql: Sql, dossierId: DossierId): Promise<DispatchAddress> {
  const [row] = await sql<AddressRow[]>`
    select a.email, a.account_blob_id as "accountBlobId" from dispatch_address a join dossier d using (submission_id)
    where d.id = ${dossierId}`;
  return row ?? { email: null, accountBlobId: null };
}

type GivenAddress = DispatchAddress & { readonly by: PersonId | null; readonly at: Instant };

/** Part of the caller's transaction. What is null stays as it was. */
export async function keepAddress(
  tx: TransactionSql,
  dossierId: DossierId,
  { email, accountBlobId, by, at }: GivenAddress,
): Promise<void> {
  if (email === null && accountBlobId === null) return;
  await tx`insert into dispatch_address (submission_id, email, account_blob_id, given_by, given_at)
    select submission_id, ${email}, ${accountBlobId}, ${by}, ${at} from dossier where id = ${dossierId}
    on conflict (submission_id) do update set email = coalesce(excluded.email, dispatch_address.email),
      account_blob_id = coalesce(excluded.account_blob_id, dispatch_address.account_blob_id),
      given_by = excluded.given_by, given_at = excluded.given_at`;
}

/** Part of the transaction by which a result came to be, so that nothing is released and forgotten: one for each way given. */
export async function planDispatches(
  tx: TransactionSql,
  dossierId: DossierId,
  what: DispatchedThing,
  ways: readonly DispatchWay[] = ["email", "store"],
  withId: DispatchId | null = null,
): Promise<readonly DispatchId[]> {
  const made = await tx<{ id: DispatchId }[]>`
    insert into dispatch (id, dossier_id, agency_id, way, what, with_id, next_try_at, made_at)
    select gen_random_uuid(), d.id, d.agency_id, w.way, ${what}, ${withId}::uuid, date_trunc('second', clock_timestamp()),
      date_trunc('second', clock_timestamp())
    from dossier d join dispatch_address a using (submission_id)
      cross join lateral (values ('email', a.email is not null), ('store', a.account_blob_id is not null)) w (way, given)
    where d.id = ${dossierId} and w.given and w.way = any(${[...ways]}) and (w.way = 'email' or ${what} = 'copy')
    returning id`;
  if (withId === null)
    for (const { id: subject } of made) await enqueue(tx, { kind: dispatchJob, subject, maxAttempts: untilDone });
  return made.map(({ id }) => id);
}

/** One letter for all of them: the first carries it, the others go with it and end as it ends. */
async function planOneLetter(
  tx: TransactionSql,
  papers: readonly { readonly id: DossierId; readonly what: DispatchedThing }[],
): Promise<void> {
  let first: DispatchId | null = null;
  for (const { id, what } of papers) {
    const [made = null] = await planDispatches(tx, id, what, ["email"], first);
    first ??= made;
  }
}

/** What else a letter tells of; empty for one of a single paper. */
export async function goingWith(sql: Sql, id: DispatchId): Promise<readonly DispatchedThing[]> {
  const rows = await sql<
    { what: DispatchedThing }[]
  >`select what from dispatch where with_id = ${id} and ended_at is null`;
  return rows.map(({ what }) => what);
}

type Ready = { id: DossierId; what: DispatchedThing | null; sent: boolean };

/** In one transaction; see `KeepingWorld` of give-address.ts. Papers presented together have one address. */
export async function keepEmail(
  sql: Sql,
  dossierId: DossierId,
  email: Email,
  by: PersonId | null,
  at: Instant,
): Promise<void> {
  await sql.begin(async (tx) => {
    await lockAllPresented(tx, dossierId); // who releases, refuses or annuls meanwhile sees this address, or is seen here
    await lockLettersOfAll(tx, dossierId); // before it is asked what was sent: an attempt that is under way is waited for
    const papers = await tx<Ready[]>`
      select o.id, case when o.status = 'released' and x.annulled then 'annulled'
          when o.status = 'released' then 'copy'
          when o.status = 'refused' and exists (select 1 from refusal_notice n where n.dossier_id = o.id) then 'notice' end
          as what,
        exists (select 1 from dispatch s where s.dossier_id = o.id and s.way = 'email' and s.state = 'sent'
          and (s.what = 'annulled' or not x.annulled)) as sent
      from dossier d join dossier o using (submission_id) cross join lateral (select exists (select 1 from annulment a
        join certificate c on c.id = a.certificate_id where c.dossier_id = o.id) as annulled) x
      where d.id = ${dossierId} order by o.id`;
    if (await isTypedTwice(tx, dossierId, email, at)) return;
    await tx`update dispatch set state = 'withdrawn', reason = 'another_address', next_try_at = null, ended_at = ${at}
      where dossier_id = any(${papers.map(({ id }) => id)}) and way = 'email' and ended_at is null`;
    const isAnother = await endLinksElsewhere(tx, dossierId, email);
    await keepAddress(tx, dossierId, { email, accountBlobId: null, by, at });
    await noteEvent(tx, dossierId, "email_given", by);
    const ready = papers.flatMap(({ id, what, sent }) =>
      what !== null && (id === dossierId || !sent || isAnother) ? [{ id, what }] : [],
    );
    for (const { id } of ready.filter(({ what }) => what === "annulled"))
      await planDispatches(tx, id, "annulled", ["email"]);
    await planOneLetter(
      tx,
      ready.filter(({ what }) => what !== "annulled"),
    );
  });
}

/**
 * A letter that went to a mistyped address opens nothing any more once another is given. A first address ends nothing, or
 * who gives it on the own page would be shown out; where the former one was erased its letters tell that there was one.
 *
 * @returns whether the address is not the one that was known
 */
async function endLinksElsewhere(tx: TransactionSql, dossierId: DossierId, email: Email): Promise<boolean> {
  const [former] = await tx<{ same: boolean; isElsewhere: boolean }[]>`
    select a.email is not distinct from ${email} as same, a.email <> ${email} or exists (select 1 from dispatch s
      join dossier o on o.id = s.dossier_id where o.submission_id = d.submission_id and s.link_hash is not null) as "isElsewhere"
    from dossier d left join dispatch_address a using (submission_id) where d.id = ${dossierId}`;
  const isAnother = former?.same !== true;
  if (isAnother && former?.isElsewhere === true) {
    await endVisits(tx, dossierId); // before the links: a visit proved meanwhile finds no link
    await endLetterLinks(tx, dossierId);
  }
  return isAnother;
}

async function isTypedTwice(tx: TransactionSql, dossierId: DossierId, email: Email, at: Instant): Promise<boolean> {
  const again = await tx`
    select 1 from dossier d join dispatch_address a using (submission_id) join dispatch s on s.dossier_id = d.id
    where d.id = ${dossierId} and a.email = ${email} and s.way = 'email' and s.state not in ('refused', 'given_up')
      and s.made_at > ${at}::timestamptz - interval '1 minute'`;
  return again.length > 0;
}

/** What became of an attempt. @returns the file that nobody needs any more: the number of an account that has its copy */
export async function noteAttempt(
  tx: TransactionSql,
  id: DispatchId,
  outcome: DispatchOutcome,
): Promise<BlobId | null> {
  const { state, reason, nextTryAt, endedAt } = outcome;
  await lockLetter(tx, id);
  const noted = await tx<{ dossier_id: DossierId; way: DispatchWay }[]>`
    update dispatch set state = ${state}, reason = ${reason}, attempts = attempts + 1, next_try_at = ${nextTryAt},
      ended_at = ${endedAt} where (id = ${id} or with_id = ${id}) and ended_at is null returning dossier_id, way`;
  const [kept] = noted;
  if (kept === undefined) return null;
  if (endedAt !== null)
    for (const { dossier_id, way } of noted) await noteEvent(tx, dossier_id, `${way}_${state}`, null);
  return kept.way === "store" && state === "sent" ? letGoOfAccount(tx, kept.dossier_id) : null;
}

/** Not while another paper of the same submission may still be sent there. */
async function letGoOfAccount(tx: TransactionSql, dossierId: DossierId): Promise<BlobId | null> {
  const [row] = await tx<{ submission_id: string; id: BlobId | null }[]>`
    select a.submission_id, a.account_blob_id as id from dispatch_address a join dossier d using (submission_id)
    where d.id = ${dossierId} and not exists (select 1 from dossier o where o.submission_id = d.submission_id and (
      o.status <> all(${lastStatuses})
      or exists (select 1 from dispatch s where s.dossier_id = o.id and s.way = 'store' and s.ended_at is null)))
    for update of a`;
  if (row === undefined) return null;
  await tx`update dispatch_address set account_blob_id = null where submission_id = ${row.submission_id}`;
  return row.id;
}

/** The link in a letter opens from before the letter leaves, until the counter gives out another link. */
export async function keepLetterLink(sql: Sql, id: DispatchId, linkHash: Bytes): Promise<void> {
  await sql`update dispatch set link_hash = ${linkHash}
    where id = ${id} and ended_at is null and link_hash is distinct from ${linkHash}`;
}

/** Whoever had proved the digits at a link is nobody again: a visit outlives its page by minutes, and hands copies over. */
export const endVisits = (tx: TransactionSql, id: DossierId) =>
  tx`delete from guest_session where dossier_id in (
    select d.id from dossier d where d.submission_id = (select submission_id from dossier where id = ${id}))`;

/** Part of the renewal: with the link of the slip those of letters open nothing any more, whichever paper they are of. */
export async function endLetterLinks(tx: TransactionSql, dossierId: DossierId): Promise<void> {
  await tx`update dispatch set link_hash = null where link_hash is not null and dossier_id in (
    select o.id from dossier d join dossier o using (submission_id) where d.id = ${dossierId})`;
}

/** What the letter's link follows from; `ended` where letters carry none. */
export async function secretHashOf(sql: Sql, dossierId: DossierId): Promise<Uint8Array | "ended" | null> {
  const [row] = await sql<{ hash: Uint8Array; ended: boolean }[]>`
    select s.secret_hash as hash, s.link_ended_at is not null as ended
    from submission s join dossier d on d.submission_id = s.id where d.id = ${dossierId}`;
  if (row === undefined) return null;
  return row.ended ? "ended" : row.hash;
}

/** Dispatches that are due and that no job has, as after a job was given up because its worker died. */
export async function enqueueDueDispatches(sql: Sql, now: Instant): Promise<void> {
  const rows = await sql<{ id: DispatchId }[]>`
    select s.id from dispatch s where s.ended_at is null and s.with_id is null and s.next_try_at <= ${now} and not exists (
      select 1 from job where kind = ${dispatchJob} and subject = s.id and finished_at is null) limit 500`;
  for (const { id: subject } of rows) await enqueue(sql, { kind: dispatchJob, subject, maxAttempts: untilDone });
}
