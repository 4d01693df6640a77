import type { Sql, TransactionSql } from "postgres";
import { type Actor, type Certificate, mostCopies } from "../../src/core/dossier.ts";
import type { BlobId, CertificateId } from "../../src/core/ids.ts";
import type { Bytes } from "../../src/core/kernel.ts";
import type { KeptSeal } from "./certificates.ts";
import { lockDossier } from "./locks.ts";

/** Everything that further copies of a new line begin with. */
export type FreshCopies = {
  /** Holds the secret that their codes follow from. */
  readonly codesBlobId: BlobId;
  /** From copy 2 on, in order. */
  readonly copies: readonly { readonly id: CertificateId; readonly codeHash: Bytes }[];
};

/** Part of the transaction that takes the number: the copies of it are there from its first second. COPIES-1. */
export async function beginFurtherCopies(
  tx: TransactionSql,
  lineId: CertificateId,
  { copies }: FreshCopies,
): Promise<void> {
  const rows = copies.map(({ id, codeHash }, i) => {
    return { id, ordinal: i + 2, code_hash: Buffer.from(codeHash).toString("hex") };
  });
  // in order, so that their places in the status list are as well
  await tx`
    insert into further_copy (id, certificate_id, ordinal, code_hash)
    select id, ${lineId}, ordinal, decode(code_hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as fresh (id uuid, ordinal integer, code_hash text)
    order by ordinal`;
}

/** Ids of the further copies of a line that still lack what the act gives, in order; of a part those behind a copy only. */
export async function copiesLacking(
  sql: Sql,
  lineId: CertificateId,
  what: "signature" | "seal",
  part: { readonly after: number; readonly most: number } = { after: 0, most: mostCopies },
): Promise<readonly CertificateId[]> {
  const rows = await sql<{ id: CertificateId }[]>`
    select id from further_copy where certificate_id = ${lineId} and ordinal > ${part.after}
      and ${what === "seal" ? sql`sealed_blob_id is null` : sql`person_signed_blob_id is null`}
    order by ordinal limit ${part.most}`;
  return rows.map(({ id }) => id);
}

/** Ids of all further copies of a line, in order. */
export async function furtherCopies(sql: Sql, lineId: CertificateId): Promise<readonly CertificateId[]> {
  const rows = await sql<{ id: CertificateId }[]>`
    select id from further_copy where certificate_id = ${lineId} order by ordinal`;
  return rows.map(({ id }) => id);
}

/** False where another signature was kept first, or the line is dated or signed otherwise by now. */
export async function keepCopySigned(sql: Sql, copy: Certificate, blobId: BlobId): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockDossier(tx, copy);
    const [line] = await tx`
      select c.id from certificate c join dossier d on d.id = c.dossier_id
      where c.id = ${copy.lineId} and c.status = 'in_progress' and d.status = 'numbered' and ${printedAs(tx, copy)}`;
    if (line === undefined) return false;
    const kept = await tx`
      update further_copy set person_signed_blob_id = ${blobId} where id = ${copy.id} and person_signed_blob_id is null`;
    return kept.count === 1;
  });
}

/** Day and signer stand on every copy: those of one number must tell the same. */
export const printedAs = (
  tx: TransactionSql,
  { printedOn, officerId, signerName, signerTitle, mandateId }: Certificate,
) => tx`
  c.printed_on = ${printedOn} and c.officer_id = ${officerId} and c.signer_name = ${signerName}
    and c.signer_title = ${[...signerTitle]} and c.mandate_id is not distinct from ${mandateId}`;

/** False where another seal was kept first. The bytes before the seal stand in it; the caller erases them. */
export async function keepCopySealed(sql: Sql, copy: Certificate, seal: KeptSeal, clerk: Actor): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockDossier(tx, copy);
    const [line] = await tx`
      select c.id from certificate c join dossier d on d.id = c.dossier_id
      where c.id = ${copy.lineId} and c.status = 'in_progress' and d.status = 'person_signed'`;
    if (line === undefined) return false;
    const kept = await tx`
      update further_copy set person_signed_blob_id = null, sealed_blob_id = ${seal.blobId}, sealed_at = ${seal.sealedAt},
        clerk_id = ${clerk.personId}, identity_sha256 = ${seal.identity.sha256}, identity_length = ${seal.identity.length}
      where id = ${copy.id} and person_signed_blob_id = ${copy.personSignedBlobId}`; // none of a copy that is sealed
    return kept.count === 1;
  });
}

/**
 * The further copies begin again without signatures, since what is printed on them holds no more.
 *
 * @returns what they were, for the caller to erase after the commit: nobody was ever given it
 */
export async function clearCopies(tx: TransactionSql, lineId: CertificateId): Promise<readonly BlobId[]> {
  const rows = await tx<{ signed: BlobId | null; sealed: BlobId | null }[]>`
    with before as (
      select id, person_signed_blob_id as signed, sealed_blob_id as sealed from further_copy
      where certificate_id = ${lineId} and (person_signed_blob_id is not null or sealed_blob_id is not null))
    update further_copy f set person_signed_blob_id = null, sealed_blob_id = null, sealed_at = null, clerk_id = null,
      identity_sha256 = null, identity_length = null
    from before where f.id = before.id returning before.signed, before.sealed`;
  return rows.flatMap(({ signed, sealed }) => [signed, sealed].filter((id) => id !== null));
}

/** How many copies of a line are signed, and sealed; the first is counted as soon as its further ones are. */
export async function countCopies(
  sql: Sql,
  lineId: CertificateId,
): Promise<{ readonly signed: number; readonly sealed: number }> {
  const [row] = await sql<{ signed: number; sealed: number }[]>`
    select count(*) filter (where person_signed_blob_id is not null or sealed_blob_id is not null)::int as signed,
      count(*) filter (where sealed_blob_id is not null)::int as sealed
    from certified_copy where line_id = ${lineId}`;
  return row ?? { signed: 0, sealed: 0 };
}
