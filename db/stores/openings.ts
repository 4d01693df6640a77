import type { Sql, TransactionSql } from "postgres";
import type { Grant, GrantId, Opening, OpeningId, ReceiverProof } from "../../src/core/grant.ts";
import type { CertificateId, DossierId, RecipientId } from "../../src/core/ids.ts";
import type { NewOpening } from "../../src/usecases/grants/open-grant.ts";
import { tellDelivered } from "./copy-events.ts";
import { noteGrantEvent } from "./grants.ts";
import { instantOf } from "./rows.ts";

type OpeningRow = {
  id: OpeningId;
  grant_id: GrantId;
  ordinal: number;
  opened_at: string;
  proof: ReceiverProof;
  recipient_id: RecipientId | null;
  opened_by: string;
};

const openingOf = (row: OpeningRow): Opening => ({
  id: row.id,
  grantId: row.grant_id,
  ordinal: row.ordinal,
  openedAt: instantOf(row.opened_at),
  proof: row.proof,
  recipientId: row.recipient_id,
  openedBy: row.opened_by,
});

/**
 * One use, under the grant's row lock; an opening of that id that is there already is answered, and spends none.
 *
 * @param requestId of a counter's request that the citizen confirmed: it opens once, and answers that opening again
 * @returns null when all uses are spent, the grant was revoked meanwhile, or the request is not confirmed
 */
export async function keepOpening(
  sql: Sql,
  { id, certificateId }: Grant,
  opening: NewOpening,
  requestId: string | null,
): Promise<Opening | null> {
  return sql.begin(async (tx) => {
    const [grant] = await tx<{ uses: number; revoked: boolean }[]>`
      select uses, revoked_at is not null as revoked from copy_grant where id = ${id} for update`;
    if (grant === undefined || grant.revoked) return null;
    const [same] = await tx<OpeningRow[]>`select * from grant_opening where id = ${opening.id} and grant_id = ${id}`;
    if (same !== undefined) return openingOf(same);
    const before = requestId === null ? null : await openedBefore(tx, id, requestId);
    if (before === "not_confirmed") return null;
    return before ?? spendUse(tx, opening, { uses: grant.uses, certificateId }, requestId);
  });
}

async function spendUse(
  tx: TransactionSql,
  opening: NewOpening,
  { uses, certificateId }: Pick<Grant, "uses" | "certificateId">,
  requestId: string | null,
): Promise<Opening | null> {
  const { id, grantId, openedAt, proof, recipientId, openedBy } = opening;
  const [made] = await tx<{ used: number }[]>`
    select count(*)::int as used from grant_opening where grant_id = ${grantId}`;
  const ordinal = (made?.used ?? 0) + 1;
  if (ordinal > uses) return null;
  await tx`
    insert into grant_opening (id, grant_id, ordinal, opened_at, proof, recipient_id, opened_by)
    values (${id}, ${grantId}, ${ordinal}, ${openedAt}, ${proof}, ${recipientId}, ${openedBy})`;
  if (requestId !== null) await tx`update counter_request set opening_id = ${id} where id = ${requestId}`;
  await noteGrantEvent(tx, grantId, "opened");
  if (recipientId !== null) await tellDelivered(tx, { certificateId, recipientId, at: openedAt });
  return { ...opening, ordinal };
}

async function openedBefore(
  tx: TransactionSql,
  grantId: GrantId,
  requestId: string,
): Promise<Opening | "not_confirmed" | null> {
  const [request] = await tx<{ opening_id: OpeningId | null }[]>`
    select opening_id from counter_request
    where id = ${requestId} and grant_id = ${grantId} and confirmed_at is not null for update`;
  if (request === undefined) return "not_confirmed";
  if (request.opening_id === null) return null;
  const [row] = await tx<OpeningRow[]>`select * from grant_opening where id = ${request.opening_id}`;
  return row === undefined ? null : openingOf(row);
}

export async function findOpening(sql: Sql, id: OpeningId): Promise<Opening | null> {
  const [row] = await sql<OpeningRow[]>`select * from grant_opening where id = ${id}`;
  return row === undefined ? null : openingOf(row);
}

/** Of every grant of a copy, newest first: what its holder is shown. */
export async function openingsOfCopy(sql: Sql, id: CertificateId): Promise<Opening[]> {
  const rows = await sql<OpeningRow[]>`
    select o.* from grant_opening o join copy_grant g on g.id = o.grant_id
    where g.certificate_id = ${id} order by o.opened_at desc, o.ordinal desc`;
  return rows.map(openingOf);
}

type HolderOpening = Pick<Opening, "proof" | "openedBy" | "openedAt"> & { readonly procedure: string };

/** What the holder is told of each opening, newest first. */
export async function openingsOfDossier(sql: Sql, id: DossierId, limit: number): Promise<HolderOpening[]> {
  const rows = await sql<(Pick<OpeningRow, "proof" | "opened_by" | "opened_at"> & { procedure: string })[]>`
    select o.proof, o.opened_by, o.opened_at, g.procedure
    from grant_opening o join copy_grant g on g.id = o.grant_id join certificate c on c.id = g.certificate_id
    where c.dossier_id = ${id} order by o.opened_at desc, o.id limit ${limit}`;
  return rows.map(({ proof, opened_by, opened_at, procedure }) => {
    return { proof, openedBy: opened_by, openedAt: instantOf(opened_at), procedure };
  });
}
