import type { Sql, TransactionSql } from "postgres";
import type { Actor, Dossier, Original } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId, DossierId, OriginalId } from "../../src/core/ids.ts";
import type { Sha256 } from "../../src/core/kernel.ts";
import type { KeptPage } from "../../src/usecases/read-original.ts";
import type { Scan, StoredScan } from "../../src/usecases/receive-scan.ts";
import { enqueue } from "../jobs.ts";
import { noteEvent } from "./events.ts";
import { insertPage } from "./pages.ts";

type OriginalRow = {
  id: string;
  dossier_id: string;
  agency_id: string;
  ordinal: number;
  status: Original["status"];
  refusal_reason: string | null;
  blob_id: string;
  sha256: string;
  size_bytes: string;
  file_name: string | null;
  declared_type: string | null;
};

const originalOf = (row: OriginalRow): Original => ({
  id: row.id as OriginalId,
  dossierId: row.dossier_id as DossierId,
  agencyId: row.agency_id as AgencyId,
  ordinal: row.ordinal,
  status: row.status,
  refusalReason: row.refusal_reason,
  blobId: row.blob_id as BlobId,
  sha256: row.sha256 as Sha256,
  sizeBytes: Number(row.size_bytes),
  fileName: row.file_name,
  declaredType: row.declared_type,
});

/** The dossier's row lock puts scans that arrive at once in one order. */
export async function addOriginal(
  sql: Sql,
  id: OriginalId,
  dossier: Dossier,
  stored: StoredScan,
  scan: Scan,
  actor: Actor,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [locked] = await tx`
      select id from dossier where id = ${dossier.id} and status in ('received', 'read') for update`;
    if (locked === undefined) return false;
    await tx`update dossier set status = 'received' where id = ${dossier.id} and status = 'read'`;
    await insertOriginal(tx, { id, dossierId: dossier.id, stored, scan }, actor);
    return true;
  });
}

export type NewOriginal = {
  readonly id: OriginalId;
  readonly dossierId: DossierId;
  readonly stored: StoredScan;
  readonly scan: Pick<Scan, "fileName" | "declaredType">;
};

/** Behind the scans that the paper has, under its lock; with the job that reads it. */
export async function insertOriginal(
  tx: TransactionSql,
  { id, dossierId, stored, scan }: NewOriginal,
  actor: Actor,
): Promise<void> {
  await tx`
    insert into original (id, dossier_id, ordinal, status, blob_id, sha256, size_bytes, file_name, declared_type,
      received_by, received_at)
    values (${id}, ${dossierId},
      (select coalesce(max(ordinal), 0) + 1 from original where dossier_id = ${dossierId}),
      'waiting', ${stored.blobId}, ${stored.sha256}, ${stored.sizeBytes}, ${scan.fileName}, ${scan.declaredType},
      ${actor.personId}, date_trunc('second', clock_timestamp()))`;
  await enqueue(tx, { kind: "read_original", subject: id });
  await noteEvent(tx, dossierId, "scan_received", actor.personId);
}

export async function findOriginal(sql: Sql, id: OriginalId): Promise<Original | null> {
  const [row] = await sql<OriginalRow[]>`
    select o.*, d.agency_id from original o join dossier d on d.id = o.dossier_id where o.id = ${id}`;
  return row === undefined ? null : originalOf(row);
}

export async function originalsOf(sql: Sql, dossierId: DossierId): Promise<Original[]> {
  const rows = await sql<OriginalRow[]>`
    select o.*, d.agency_id from original o join dossier d on d.id = o.dossier_id
    where o.dossier_id = ${dossierId} order by o.ordinal`;
  return rows.map(originalOf);
}

export async function keepPages(sql: Sql, original: Original, pages: readonly KeptPage[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select id from dossier where id = ${original.dossierId} for update`;
    const taken = await tx`update original set status = 'read' where id = ${original.id} and status = 'waiting'`;
    if (taken.count !== 1) return; // a repeated job after a crash between commit and its own end
    for (const [i, page] of pages.entries()) await insertPage(tx, original, i + 1, page);
    await becomeRead(tx, original.dossierId);
    await noteEvent(tx, original.dossierId, "scan_read", null);
  });
}

export async function refuseOriginal(sql: Sql, original: Original, reason: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select id from dossier where id = ${original.dossierId} for update`;
    const taken = await tx`
      update original set status = 'refused', refusal_reason = ${reason} where id = ${original.id} and status = 'waiting'`;
    if (taken.count !== 1) return;
    await becomeRead(tx, original.dossierId);
    await noteEvent(tx, original.dossierId, "scan_refused", null);
  });
}

/** `read` when no scan waits and there is at least one page. */
async function becomeRead(tx: Parameters<typeof noteEvent>[0], dossierId: DossierId): Promise<void> {
  await tx`
    update dossier set status = 'read' where id = ${dossierId} and status = 'received'
      and not exists (select 1 from original where dossier_id = ${dossierId} and status = 'waiting')
      and exists (select 1 from page where dossier_id = ${dossierId})`;
}

export async function keepConfirmation(
  sql: Sql,
  dossier: Dossier,
  page: number,
  streamSha256: Sha256,
  actor: Actor,
): Promise<void> {
  await sql`insert into confirmation (dossier_id, page, stream_sha256, person_id, confirmed_at)
    values (${dossier.id}, ${page}, ${streamSha256}, ${actor.personId}, date_trunc('second', clock_timestamp()))`;
}

/** Scans whose reading was given up in an outage are read again: else their dossiers would wait for ever. */
export async function readWaitingAgain(sql: Sql): Promise<void> {
  const waiting = await sql<{ id: string }[]>`
    select o.id from original o join dossier d on d.id = o.dossier_id
    where o.status = 'waiting' and d.status = 'received' and not exists (
      select 1 from job where kind = 'read_original' and subject = o.id and finished_at is null)`;
  for (const { id } of waiting) await enqueue(sql, { kind: "read_original", subject: id });
}
