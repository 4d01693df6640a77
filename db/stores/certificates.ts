import type { Sql, TransactionSql } from "postgres";
import type { Actor, Certificate } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId, BookId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate, Sha256 } from "../../src/core/kernel.ts";
import type { ComparingPolicyId, MandateId } from "../../src/core/mandate.ts";
import { bookText } from "../../src/core/register.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { planDispatches } from "./dispatches.ts";
import { noteEvent } from "./events.ts";
import { planEvidence, planFurtherEvidence } from "./evidence.ts";
import { clearCopies, printedAs } from "./further-copies.ts";
import { lockDossier } from "./locks.ts";
import { instantOf } from "./rows.ts";

type CertificateRow = {
  id: string;
  line_id: string;
  copy: number;
  copies: number;
  agency_id: string;
  dossier_id: string;
  book_id: string;
  suffix: string;
  year: number;
  ordinal: number;
  number: number;
  status: Certificate["status"];
  printed: string;
  numbered_at: string;
  officer_id: string;
  signer_name: string;
  signer_title: string[];
  mandate_id: MandateId | null;
  comparing_policy_id: ComparingPolicyId | null;
  status_index: string;
  code_blob_id: string;
  person_signed_blob_id: string | null;
  sealed_blob_id: string | null;
  sealed_at: string | null;
  identity_sha256: string | null;
  identity_length: number | null;
};

const certificateOf = (row: CertificateRow): Certificate => ({
  id: row.id as CertificateId,
  lineId: row.line_id as CertificateId,
  copy: row.copy,
  copies: row.copies,
  agencyId: row.agency_id as AgencyId,
  dossierId: row.dossier_id as DossierId,
  bookId: row.book_id as BookId,
  bookText: bookText(row),
  number: row.number,
  status: row.status,
  printedOn: row.printed as LocalDate,
  numberedAt: instantOf(row.numbered_at),
  officerId: row.officer_id as PersonId,
  signerName: row.signer_name,
  signerTitle: row.signer_title,
  mandateId: row.mandate_id,
  comparingPolicyId: row.comparing_policy_id,
  statusIndex: Number(row.status_index),
  codeBlobId: row.code_blob_id as BlobId,
  personSignedBlobId: row.person_signed_blob_id as BlobId | null,
  sealedBlobId: row.sealed_blob_id as BlobId | null,
  sealedAt: row.sealed_at === null ? null : instantOf(row.sealed_at),
  identity:
    row.identity_sha256 === null || row.identity_length === null
      ? null
      : { sha256: row.identity_sha256 as Sha256, length: row.identity_length },
});

const selectCertificate = (sql: Sql | TransactionSql) => sql`
  select c.*, l.comparing_policy_id, b.ordinal, to_char(c.printed_on, 'YYYY-MM-DD') as printed
  from certified_copy c join certificate l on l.id = c.line_id join book b on b.id = c.book_id`;

/** A certificate, or a further copy by its own id. */
export async function findCertificate(sql: Sql | TransactionSql, id: CertificateId): Promise<Certificate | null> {
  const [row] = await sql<CertificateRow[]>`${selectCertificate(sql)} where c.id = ${id}`;
  return row === undefined ? null : certificateOf(row);
}

/** The one certificate of a dossier that is not voided; of many copies the first. */
export async function livingCertificate(sql: Sql | TransactionSql, dossierId: DossierId): Promise<Certificate | null> {
  const [row] = await sql<CertificateRow[]>`
    ${selectCertificate(sql)} where c.dossier_id = ${dossierId} and c.status <> 'voided' and c.copy = 1`;
  return row === undefined ? null : certificateOf(row);
}

/** One of the copies of a line, from 1. */
export async function copyOfLine(sql: Sql, lineId: CertificateId, ordinal: number): Promise<Certificate | null> {
  const [row] = await sql<
    CertificateRow[]
  >`${selectCertificate(sql)} where c.line_id = ${lineId} and c.copy = ${ordinal}`;
  return row === undefined ? null : certificateOf(row);
}

/** For an upload without a code: the copy whose signed prefix has this digest. DESIGN decision 5. */
export async function findCertificateByIdentity(sql: Sql, identity: Sha256): Promise<Certificate | null> {
  const [row] = await sql<CertificateRow[]>`${selectCertificate(sql)} where c.identity_sha256 = ${identity}`;
  return row === undefined ? null : certificateOf(row);
}

/**
 * Loses to a signature kept first, and to a line that was voided and numbered anew meanwhile (decision 8). Signer, date
 * and signature are kept together: another official may have taken the line up since this one did.
 */
export async function keepPersonSigned(
  sql: Sql,
  certificate: Certificate,
  blobId: BlobId,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    if (!(await isPrintedSo(tx, certificate))) return false;
    if (!(await moveDossier(tx, certificate, ["numbered"], "person_signed"))) return false;
    await tx`
      update certificate set person_signed_blob_id = ${blobId}, person_signed_at = ${at},
        printed_on = ${certificate.printedOn}, officer_id = ${actor.personId},
        signer_name = ${certificate.signerName}, signer_title = ${[...certificate.signerTitle]},
        mandate_id = ${certificate.mandateId}, comparing_policy_id = ${certificate.comparingPolicyId}
      where id = ${certificate.id}`;
    await noteEvent(tx, certificate.dossierId, "person_signed", actor.personId);
    return true;
  });
}

/** Where further copies are signed already, this one says of day and signer what they say. COPIES-1. */
async function isPrintedSo(tx: TransactionSql, certificate: Certificate): Promise<boolean> {
  if (certificate.copies === 1) return true;
  await lockDossier(tx, certificate);
  const [line] =
    await tx`select c.id from certificate c where c.id = ${certificate.id} and ${printedAs(tx, certificate)}`;
  return line !== undefined;
}

/**
 * First statement of every step: the dossier's row lock, then the step only if this very line is still the living one,
 * so that a line voided or taken back meanwhile moves nothing.
 */
async function moveDossier(
  tx: TransactionSql,
  certificate: Certificate,
  from: readonly DossierStatus[],
  to: DossierStatus,
): Promise<boolean> {
  await lockDossier(tx, certificate);
  const moved = await tx`
    update dossier set status = ${to} where id = ${certificate.dossierId} and status = any(${[...from]})
      and exists (select 1 from certificate where id = ${certificate.id} and status = 'in_progress'
        and person_signed_blob_id is not distinct from ${certificate.personSignedBlobId})`;
  return moved.count === 1;
}

/**
 * The signed bytes stay in the store as evidence; only the line lets go of them.
 *
 * @returns of further copies what is to be erased: some may bear both signatures already, though nobody was given them
 */
export async function returnToOfficer(sql: Sql, certificate: Certificate): Promise<readonly BlobId[]> {
  return sql.begin(async (tx) => {
    if (!(await moveDossier(tx, certificate, ["person_signed"], "numbered"))) return [];
    await tx`update certificate set person_signed_blob_id = null, person_signed_at = null where id = ${certificate.id}`;
    await noteEvent(tx, certificate.dossierId, "printed_date_passed", null);
    return [...(await clearCopies(tx, certificate.id))];
  });
}

export type KeptSeal = {
  readonly blobId: BlobId;
  readonly identity: { readonly sha256: Sha256; readonly length: number };
  readonly sealedAt: Instant;
};

export async function keepSealed(sql: Sql, certificate: Certificate, seal: KeptSeal, clerk: Actor): Promise<boolean> {
  return sql.begin(async (tx) => {
    if (!(await moveDossier(tx, certificate, ["person_signed"], "sealed"))) return false;
    await tx`
      update certificate set sealed_blob_id = ${seal.blobId}, sealed_at = ${seal.sealedAt},
        clerk_id = ${clerk.personId}, identity_sha256 = ${seal.identity.sha256}, identity_length = ${seal.identity.length}
      where id = ${certificate.id} and status = 'in_progress'`;
    await enqueue(tx, { kind: "publish_certificate", subject: certificate.id, maxAttempts: untilDone });
    await noteEvent(tx, certificate.dossierId, "sealed", clerk.personId);
    return true;
  });
}

export async function markLogged(sql: Sql, certificate: Certificate): Promise<void> {
  await sql.begin(async (tx) => {
    const moved = await tx`
      update dossier set status = 'logged' where id = ${certificate.dossierId} and status = 'sealed'`;
    if (moved.count === 1) await noteEvent(tx, certificate.dossierId, "logged", null);
  });
}

/** FEE-6: where the agency's rule is so, it stays in the log until its fee is paid; the payment asks for this again. */
export async function release(sql: Sql, certificate: Certificate): Promise<void> {
  await sql.begin(async (tx) => {
    await lockDossier(tx, certificate); // whoever takes a payment back meanwhile is waited for
    const moved = await tx`
      update dossier set status = 'released' where id = ${certificate.dossierId} and status = 'logged'
        and not fee_withholds(submission_id, agency_id)`;
    if (moved.count !== 1) return;
    await tx`update certificate set status = 'issued', released_at = date_trunc('second', clock_timestamp())
      where id = ${certificate.id}`;
    await noteEvent(tx, certificate.dossierId, "released", null);
    await planDispatches(tx, certificate.dossierId, "copy");
    await planEvidence(tx, certificate);
    if (certificate.copies > 1) await planFurtherEvidence(tx, certificate);
  });
}

export async function keepVoid(sql: Sql, certificate: Certificate, reason: string, actor: Actor): Promise<boolean> {
  return sql.begin(async (tx) => {
    if (!(await moveDossier(tx, certificate, ["numbered", "person_signed"], "voided"))) return false;
    await voidLine(tx, certificate, reason, actor.personId);
    return true;
  });
}

export async function voidLine(
  tx: TransactionSql,
  certificate: Certificate,
  reason: string,
  personId: PersonId | null,
): Promise<void> {
  await tx`
    update certificate set status = 'voided', void_reason = ${reason}, voided_by = ${personId},
      voided_at = date_trunc('second', clock_timestamp()) where id = ${certificate.id}`;
  await enqueue(tx, { kind: "publish_void", subject: certificate.id, maxAttempts: untilDone });
  await noteEvent(tx, certificate.dossierId, "voided", personId);
}
