import type { Sql } from "postgres";
import type { AgencyId, BlobId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { MandateId } from "../../src/core/mandate.ts";
import { bytesOf, instantOf } from "./rows.ts";

/** A copy, or a notice of refusal, that waits for a signature made elsewhere; the bytes are in the blob. */
export type PreparedRow = {
  readonly id: string;
  readonly agencyId: AgencyId;
  readonly dossierId: DossierId;
  /** Null for a notice. */
  readonly certificateId: CertificateId | null;
  readonly act: "sign" | "seal" | "notice";
  readonly personId: PersonId;
  readonly credentialId: string;
  /** Null for a seal. */
  readonly mandateId: MandateId | null;
  readonly blobId: BlobId;
  readonly toBeSigned: Bytes;
  readonly preparedAt: Instant;
};

/**
 * Of one copy, act and person one waits: what the same person prepared of it before is ended. The dossier's lock puts two that come
 * at once one behind the other; the index of the table refuses what passes it.
 *
 * @returns files of what was ended, for the caller to erase
 */
export async function keepPreparedSignature(sql: Sql, row: PreparedRow): Promise<readonly BlobId[]> {
  const { dossierId, certificateId, act, personId, preparedAt } = row;
  return sql.begin(async (tx) => {
    await tx`select from dossier where id = ${dossierId} for no key update`;
    const ended = await tx<{ blob_id: BlobId }[]>`
      update prepared_signature set used_at = ${preparedAt} where dossier_id = ${dossierId} and act = ${act}
        and person_id = ${personId} and certificate_id is not distinct from ${certificateId} and used_at is null returning blob_id`;
    await tx`insert into prepared_signature (id, agency_id, dossier_id, certificate_id, act, person_id, credential_id, mandate_id,
        blob_id, to_be_signed, prepared_at)
      values (${row.id}, ${row.agencyId}, ${dossierId}, ${certificateId}, ${act}, ${personId},
        ${row.credentialId}, ${row.mandateId}, ${row.blobId}, ${row.toBeSigned}, ${preparedAt})`;
    return ended.map(({ blob_id }) => blob_id);
  });
}

type Raw = {
  id: string;
  agency_id: AgencyId;
  dossier_id: DossierId;
  certificate_id: CertificateId | null;
  act: PreparedRow["act"];
  person_id: PersonId;
  credential_id: string;
  mandate_id: MandateId | null;
  blob_id: BlobId;
  to_be_signed: Uint8Array;
  prepared_at: string;
};

/**
 * Takes it for one attempt by the person it was prepared for: a second one, another person's, or one by the way of another act,
 * which asks for another duty, finds nothing.
 */
export async function takePreparedSignature(
  sql: Sql,
  { id, act }: Pick<PreparedRow, "id" | "act">,
  personId: PersonId,
  at: Instant,
): Promise<PreparedRow | null> {
  const [row] = await sql<Raw[]>`
    update prepared_signature set used_at = ${at} where id = ${id} and act = ${act} and person_id = ${personId}
      and used_at is null returning *`;
  if (row === undefined) return null;
  return {
    id: row.id,
    agencyId: row.agency_id,
    dossierId: row.dossier_id,
    certificateId: row.certificate_id,
    act: row.act,
    personId: row.person_id,
    credentialId: row.credential_id,
    mandateId: row.mandate_id,
    blobId: row.blob_id,
    toBeSigned: bytesOf(row.to_be_signed),
    preparedAt: instantOf(row.prepared_at),
  };
}

/**
 * Ends what this person began of the same act on this dossier, or on these copies of it, and never completed: it begins anew, and
 * what an earlier attempt still brings finds nothing.
 *
 * @param begun `copies` null: all of them
 * @returns its files, for the caller to erase
 */
export async function endOwnSignatures(
  sql: Sql,
  begun: Pick<PreparedRow, "dossierId" | "act" | "personId"> & { readonly copies: readonly CertificateId[] | null },
  at: Instant,
): Promise<readonly BlobId[]> {
  const { dossierId, act, personId, copies } = begun;
  const rows = await sql<{ blob_id: BlobId }[]>`
    update prepared_signature set used_at = ${at}
    where dossier_id = ${dossierId} and act = ${act} and person_id = ${personId} and used_at is null
      and ${copies === null ? sql`true` : sql`certificate_id = any(${[...copies]})`} returning blob_id`;
  return rows.map(({ blob_id }) => blob_id);
}

/**
 * Ends what nobody completed, and finds the files of all that is over: of that too whose attempt died before its file was
 * erased. Erasing them is left to who asked, and a sweep that dies is done again by the next.
 *
 * @param before the printed day of what was prepared then is past
 * @param most bounds one sweep
 */
export async function endAbandonedSignatures(
  sql: Sql,
  { before, at, most }: { readonly before: Instant; readonly at: Instant; readonly most: number },
): Promise<readonly BlobId[]> {
  const rows = await sql<{ blob_id: BlobId }[]>`
    with over as (select p.id from prepared_signature p join blob b on b.id = p.blob_id
      where b.erased_at is null and coalesce(p.used_at, p.prepared_at) < ${before}
      order by p.prepared_at limit ${most} for update of p skip locked)
    update prepared_signature p set used_at = coalesce(p.used_at, ${at}) from over where p.id = over.id returning p.blob_id`;
  return rows.map(({ blob_id }) => blob_id);
}
