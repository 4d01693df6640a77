import type { Sql } from "postgres";
import type { AgencyId, BlobId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { bytesOf, instantOf } from "./rows.ts";

/** A copy that waits for a signature made elsewhere; the bytes are in the blob. */
export type PreparedRow = {
  readonly id: string;
  readonly agencyId: AgencyId;
  readonly dossierId: DossierId;
  readonly certificateId: CertificateId;
  readonly act: "sign" | "seal";
  readonly personId: PersonId;
  readonly credentialId: string;
  readonly blobId: BlobId;
  readonly toBeSigned: Bytes;
  readonly preparedAt: Instant;
};

export async function keepPreparedSignature(sql: Sql, row: PreparedRow): Promise<void> {
  await sql`insert into prepared_signature (id, agency_id, dossier_id, certificate_id, act, person_id, credential_id, blob_id,
      to_be_signed, prepared_at)
    values (${row.id}, ${row.agencyId}, ${row.dossierId}, ${row.certificateId}, ${row.act}, ${row.personId},
      ${row.credentialId}, ${row.blobId}, ${row.toBeSigned}, ${row.preparedAt})`;
}

type Raw = {
  id: string;
  agency_id: AgencyId;
  dossier_id: DossierId;
  certificate_id: CertificateId;
  act: PreparedRow["act"];
  person_id: PersonId;
  credential_id: string;
  blob_id: BlobId;
  to_be_signed: Uint8Array;
  prepared_at: string;
};

/** Takes it for one attempt by the person it was prepared for: a second one, or another person's, finds nothing. */
export async function takePreparedSignature(
  sql: Sql,
  id: string,
  personId: PersonId,
  at: Instant,
): Promise<PreparedRow | null> {
  const [row] = await sql<Raw[]>`
    update prepared_signature set used_at = ${at} where id = ${id} and person_id = ${personId} and used_at is null returning *`;
  if (row === undefined) return null;
  return {
    id: row.id,
    agencyId: row.agency_id,
    dossierId: row.dossier_id,
    certificateId: row.certificate_id,
    act: row.act,
    personId: row.person_id,
    credentialId: row.credential_id,
    blobId: row.blob_id,
    toBeSigned: bytesOf(row.to_be_signed),
    preparedAt: instantOf(row.prepared_at),
  };
}
