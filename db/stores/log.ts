import type { Sql, TransactionSql } from "postgres";
import type { BookId, CertificateId } from "../../src/core/ids.ts";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import type { PaperLineId } from "../../src/core/paper-line.ts";
import { bytesOf, instantOf } from "./rows.ts";

const oneWriter = 7_041_958_001; // advisory lock of the log: indexes and checkpoints have one writer over all processes

export type NewLeaf = {
  readonly event: string;
  readonly certificateId: CertificateId | null;
  /** Of a number that went to paper. */
  readonly paperLineId?: PaperLineId | null;
  /** Which copy of the certificate; 1 unless told, also where the event is of the whole. */
  readonly copy?: number;
  readonly bookId: BookId;
  readonly salt: Bytes | null;
  readonly now: Instant;
  /** Called with the leaf's time, which never falls from one index to the next. */
  readonly leafAt: (at: Instant) => Bytes;
};

/** The next index, without gap; the same event of the same copy or book is kept once. */
export const appendLeaf = (sql: Sql, entry: NewLeaf): Promise<void> => appendLeaves(sql, [entry]);

/** The same for several, in their order, all or none. */
export async function appendLeaves(sql: Sql, entries: readonly NewLeaf[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${oneWriter})`;
    for (const entry of entries) await appendOne(tx, entry);
  });
}

async function appendOne(tx: TransactionSql, entry: NewLeaf): Promise<void> {
  const copy = entry.copy ?? 1;
  const paperLineId = entry.paperLineId ?? null;
  const subject = entry.certificateId ?? paperLineId ?? entry.bookId;
  const [known] = await tx`
      select index from log_entry where event = ${entry.event} and coalesce(certificate_id, paper_line_id, book_id) = ${subject}
      and copy = ${copy}`;
  if (known !== undefined) return;
  const [last] = await tx<{ index: string; logged_at: string }[]>`
      select index, logged_at from log_entry order by index desc limit 1`;
  const floor = last === undefined ? 0 : secondsOf(instantOf(last.logged_at));
  const at = instantOfSeconds(Math.max(secondsOf(entry.now), floor));
  await tx`insert into log_entry (index, event, certificate_id, paper_line_id, copy, book_id, leaf, salt, logged_at)
      values (${last === undefined ? 0 : Number(last.index) + 1}, ${entry.event}, ${entry.certificateId}, ${paperLineId}, ${copy}, ${entry.bookId},
        ${entry.leafAt(at)}, ${entry.salt}, ${at})`;
}

export async function leavesFrom(sql: Sql, index: number, limit: number): Promise<Bytes[]> {
  const rows = await sql<{ leaf: Uint8Array }[]>`
    select leaf from log_entry where index >= ${index} order by index limit ${limit}`;
  return rows.map((row) => bytesOf(row.leaf));
}

export type LoggedLeaf = {
  readonly index: number;
  readonly leaf: Bytes;
  readonly salt: Bytes | null;
  readonly at: Instant;
};

/** That a copy was issued: the certificate itself, or a further copy of it. */
export async function issuedLeaf(sql: Sql, lineId: CertificateId, copy: number): Promise<LoggedLeaf | null> {
  const [row] = await sql<{ index: string; leaf: Uint8Array; salt: Uint8Array | null; logged_at: string }[]>`
    select index, leaf, salt, logged_at from log_entry where event = ${copy === 1 ? "issued" : "further_copy"} and certificate_id = ${lineId} and copy = ${copy}`;
  if (row === undefined) return null;
  return {
    index: Number(row.index),
    leaf: bytesOf(row.leaf),
    salt: row.salt === null ? null : bytesOf(row.salt),
    at: instantOf(row.logged_at),
  };
}

/** Advisory lock: whoever holds it keeps everybody else from writing the status list. */
export const statusWriterLock: number = oneWriter + 2;

/** Only one process at a time writes the status list, so that no older one is written over a newer. */
export const asOnlyStatusWriter = <T>(sql: Sql, act: () => Promise<T>): Promise<T> => alone(sql, statusWriterLock, act);

/** Only one process at a time writes tiles and checkpoint. */
export const asOnlyWriter = <T>(sql: Sql, act: () => Promise<T>): Promise<T> => alone(sql, oneWriter + 1, act);

async function alone<T>(sql: Sql, lock: number, act: () => Promise<T>): Promise<T> {
  const result = await sql.begin(async (tx) => {
    // Idle as long as `act` works elsewhere: were it ended for that, another writer would begin beside this one.
    await tx`set local idle_in_transaction_session_timeout = 0`;
    // A host that vanishes without a word lets go after a minute: of itself a system asks after it in two hours. Nothing over a socket file.
    await tx`select set_config('tcp_keepalives_idle', '30', true), set_config('tcp_keepalives_interval', '10', true),
      set_config('tcp_keepalives_count', '3', true)`;
    await tx`select pg_advisory_xact_lock(${lock})`;
    return { value: await act() };
  });
  return result.value as T;
}

/** The newest tree that this store promised, durable before its checkpoint is signed; null before the first. */
export async function promisedHead(sql: Sql): Promise<{ size: number; root: Bytes } | null> {
  const [row] = await sql<{ size: string; root: Uint8Array }[]>`select size, root from log_head`;
  return row === undefined ? null : { size: Number(row.size), root: bytesOf(row.root) };
}

/** Durable on return. The database refuses a smaller tree, and another of the same size. */
export async function promiseHead(sql: Sql, head: { readonly size: number; readonly root: Bytes }): Promise<void> {
  await sql`
    insert into log_head (size, root) values (${head.size}, ${head.root})
    on conflict (single) do update set size = excluded.size, root = excluded.root, promised_at = now()`;
}
