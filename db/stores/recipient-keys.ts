import type { Sql, TransactionSql } from "postgres";
import type { RecipientId, RecipientKeyId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { KeyScope, RecipientKey } from "../../src/core/recipients.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import type { Caller } from "../../src/usecases/recipients/admit-key.ts";
import type { KeyEnd } from "../../src/usecases/recipients/recipient-keys.ts";
import { noteAct } from "./admin-events.ts";
import { type RecipientRow, recipientOf } from "./recipients.ts";
import { bytesOf, instantOf } from "./rows.ts";

type KeyRow = {
  id: RecipientKeyId;
  recipient_id: RecipientId;
  scopes: KeyScope[];
  replaces: RecipientKeyId | null;
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
};

const keyOf = (row: KeyRow): RecipientKey => ({
  id: row.id,
  recipientId: row.recipient_id,
  scopes: row.scopes,
  replaces: row.replaces,
  createdAt: instantOf(row.created_at),
  expiresAt: instantOf(row.expires_at),
  lastUsedAt: row.last_used_at === null ? null : instantOf(row.last_used_at),
  revokedAt: row.revoked_at === null ? null : instantOf(row.revoked_at),
});

const columns = (sql: Sql) => sql`id, recipient_id, scopes, replaces, created_at, expires_at, last_used_at, revoked_at`;

/** Newest first; the keyed hashes stay where they are. */
export async function keysOf(sql: Sql, recipientId: RecipientId): Promise<readonly RecipientKey[]> {
  const rows = await sql<KeyRow[]>`
    select ${columns(sql)} from recipient_key where recipient_id = ${recipientId} order by created_at desc, id`;
  return rows.map(keyOf);
}

export async function findKeyOf(sql: Sql, id: RecipientKeyId, recipientId: RecipientId): Promise<RecipientKey | null> {
  const [row] = await sql<KeyRow[]>`
    select ${columns(sql)} from recipient_key where id = ${id} and recipient_id = ${recipientId}`;
  return row === undefined ? null : keyOf(row);
}

type CallerRow = KeyRow & Omit<RecipientRow, "id"> & { secret_hash: Uint8Array };

/** For the one who presents it: key, recipient and keyed hash as they are at this moment. */
export async function findCaller(
  sql: Sql,
  id: RecipientKeyId,
): Promise<(Caller & { readonly secretHash: Bytes }) | null> {
  const [row] = await sql<CallerRow[]>`
    select k.id, k.recipient_id, k.scopes, k.replaces, k.created_at, k.expires_at, k.last_used_at, k.revoked_at,
      k.secret_hash, r.agency_id, r.name, r.email, r.domain, r.active, r.registered_at
    from recipient_key k join recipient r on r.id = k.recipient_id where k.id = ${id}`;
  if (row === undefined) return null;
  const recipient = recipientOf({ ...row, id: row.recipient_id });
  return { recipient, key: keyOf(row), secretHash: bytesOf(row.secret_hash) };
}

export async function touchKey(sql: Sql, id: RecipientKeyId, usedAt: Instant): Promise<void> {
  await sql`update recipient_key set last_used_at = greatest(last_used_at, ${usedAt}) where id = ${id}`;
}

/** @returns false when the key to be replaced has ended, or somebody else replaced it first */
export async function keepKeyWith(
  sql: Sql,
  key: RecipientKey,
  secretHash: Bytes,
  ends: KeyEnd | null,
  note: Note,
): Promise<boolean> {
  const { id, recipientId, scopes, replaces, createdAt, expiresAt } = key;
  return sql.begin(async (tx) => {
    if (ends !== null && !(await endKey(tx, ends, createdAt))) return false;
    await tx`
      insert into recipient_key (id, recipient_id, secret_hash, scopes, replaces, created_by, created_at, expires_at)
      values (${id}, ${recipientId}, ${secretHash}, ${[...scopes]}, ${replaces}, ${note.actor.personId}, ${createdAt},
        ${expiresAt})`;
    await noteAct(tx, note);
    return true;
  });
}

/** Locked before it is asked whether it was replaced: of two rotations at once the second sees the first one's key. */
async function endKey(tx: TransactionSql, { id, at, revoked }: KeyEnd, now: Instant): Promise<boolean> {
  await tx`select id from recipient_key where id = ${id} for update`;
  const ended = await tx`
    update recipient_key set
      expires_at = case when ${revoked} then expires_at else ${at}::timestamptz end,
      revoked_at = case when ${revoked} then ${at}::timestamptz end
    where id = ${id} and revoked_at is null and expires_at > ${now}
      and not exists (select 1 from recipient_key later where later.replaces = ${id})`;
  return ended.count === 1;
}

/** @returns false when it was revoked before */
export async function revokeKeyWith(sql: Sql, id: RecipientKeyId, at: Instant, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const revoked = await tx`update recipient_key set revoked_at = ${at} where id = ${id} and revoked_at is null`;
    if (revoked.count === 1) await noteAct(tx, note);
    return revoked.count === 1;
  });
}
