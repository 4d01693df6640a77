import type { Sql, TransactionSql } from "postgres";
import type { GrantId, OpeningId } from "../../src/core/grant.ts";
import type { DossierId, RecipientId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { type AskedLink, findDossiersBySecret } from "./dossiers.ts";
import { noteGrantEvent } from "./grants.ts";
import { instantOf } from "./rows.ts";

/** Who a guest proved to be. */
export type Guest =
  | { readonly kind: "citizen"; readonly dossierId: DossierId }
  | { readonly kind: "recipient"; readonly recipientId: RecipientId }
  | { readonly kind: "counter"; readonly requestId: string };

/** A citizen comes by a link, for a paper behind it. */
export type Comer =
  | (Extract<Guest, { kind: "citizen" }> & { readonly link: AskedLink })
  | Exclude<Guest, { kind: "citizen" }>;

type Times = { readonly createdAt: Instant; readonly expiresAt: Instant };

/** Of a citizen nothing is kept where the link was ended, or another given out, in this moment. */
export async function keepGuest(sql: Sql, idHash: Bytes, guest: Comer, times: Times): Promise<void> {
  const { createdAt, expiresAt } = times;
  if (guest.kind === "citizen") return sql.begin((tx) => keepCitizen(tx, idHash, guest, times)).then(() => undefined);
  await sql`
    insert into guest_session (id_hash, recipient_id, counter_request_id, created_at, expires_at)
    values (${idHash}, ${guest.kind === "recipient" ? guest.recipientId : null},
      ${guest.kind === "counter" ? guest.requestId : null}, ${createdAt}, ${expiresAt})`;
}

/** Whoever ends the link or gives out another waits under the submission's lock, and ends this visit; or this waits, and finds the link dead. */
async function keepCitizen(
  tx: TransactionSql,
  idHash: Bytes,
  { dossierId, link }: Extract<Comer, { kind: "citizen" }>,
  { createdAt, expiresAt }: Times,
): Promise<void> {
  await tx`select s.id from submission s join dossier d on d.submission_id = s.id where d.id = ${dossierId} for share of s`;
  const papers = await findDossiersBySecret(tx, link, createdAt); // by a statement of its own: see lockDossier
  if (!papers.some(({ id }) => id === dossierId)) return;
  await tx`insert into guest_session (id_hash, dossier_id, created_at, expires_at)
    values (${idHash}, ${dossierId}, ${createdAt}, ${expiresAt})`;
}

export async function findGuest(sql: Sql, idHash: Bytes, at: Instant): Promise<Guest | null> {
  const [row] = await sql<
    { dossier_id: DossierId | null; recipient_id: RecipientId | null; counter_request_id: string | null }[]
  >`
    select dossier_id, recipient_id, counter_request_id from guest_session
    where id_hash = ${idHash} and expires_at > ${at}`;
  if (row === undefined) return null;
  if (row.dossier_id !== null) return { kind: "citizen", dossierId: row.dossier_id };
  if (row.recipient_id !== null) return { kind: "recipient", recipientId: row.recipient_id };
  return row.counter_request_id === null ? null : { kind: "counter", requestId: row.counter_request_id };
}

export async function endGuest(sql: Sql, idHash: Bytes): Promise<void> {
  await sql`delete from guest_session where id_hash = ${idHash}`;
}

/** Forgets guests whose time is over, and codes and unconfirmed requests of a day ago. */
export async function sweepGuests(sql: Sql, now: Instant, before: Instant): Promise<void> {
  await sql`delete from guest_session where expires_at <= ${now}`;
  await sql`delete from recipient_code where expires_at <= ${before}`;
  await sql`delete from counter_request r where expires_at <= ${before} and opening_id is null
    and not exists (select 1 from guest_session s where s.counter_request_id = r.id)`;
}

export type CounterRequest = {
  readonly id: string;
  readonly grantId: GrantId;
  readonly expiresAt: Instant;
  readonly confirmedAt: Instant | null;
  readonly openingId: OpeningId | null;
};

type RequestRow = {
  id: string;
  grant_id: GrantId;
  expires_at: string;
  confirmed_at: string | null;
  opening_id: OpeningId | null;
};

const requestOf = (row: RequestRow): CounterRequest => ({
  id: row.id,
  grantId: row.grant_id,
  expiresAt: instantOf(row.expires_at),
  confirmedAt: row.confirmed_at === null ? null : instantOf(row.confirmed_at),
  openingId: row.opening_id,
});

export async function keepCounterRequest(
  sql: Sql,
  { id, grantId, expiresAt }: Pick<CounterRequest, "id" | "grantId" | "expiresAt">,
  askedAt: Instant,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into counter_request (id, grant_id, asked_at, expires_at)
      values (${id}, ${grantId}, ${askedAt}, ${expiresAt})`;
    await noteGrantEvent(tx, grantId, "asked_at_counter");
  });
}

export async function findCounterRequest(sql: Sql, id: string): Promise<CounterRequest | null> {
  const [row] = await sql<RequestRow[]>`select * from counter_request where id = ${id}`;
  return row === undefined ? null : requestOf(row);
}

/** Of a grant: those that still wait for the citizen. */
export async function waitingRequests(sql: Sql, grantId: GrantId, at: Instant): Promise<CounterRequest[]> {
  const rows = await sql<RequestRow[]>`
    select * from counter_request where grant_id = ${grantId} and expires_at > ${at} and confirmed_at is null
    order by asked_at desc limit 20`;
  return rows.map(requestOf);
}

/** @returns false when its time was over, or somebody confirmed it before */
export async function confirmRequest(sql: Sql, { id, grantId }: CounterRequest, at: Instant): Promise<boolean> {
  return sql.begin(async (tx) => {
    const confirmed = await tx`update counter_request set confirmed_at = ${at}
      where id = ${id} and confirmed_at is null and expires_at > ${at}`;
    if (confirmed.count !== 1) return false;
    await noteGrantEvent(tx, grantId, "confirmed_by_citizen");
    return true;
  });
}
