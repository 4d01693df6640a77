import type { Sql } from "postgres";
import type { Actor, Dossier, Intake } from "../../src/core/dossier.ts";
import type { AgencyId, CertificateId, DossierId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { KeptRefusal, Refusal, RefusalGround } from "../../src/core/refusal-grounds.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import type { KeptWithDossier } from "../../src/usecases/open-dossier.ts";
import { noteEvent } from "./events.ts";
import { instantOf } from "./rows.ts";

type DossierRow = {
  id: string;
  agency_id: string;
  status: DossierStatus;
  applicant_name: string;
  kind: string;
  title: string;
  holder_name: string;
  document_number: string | null;
  issued_by: string | null;
  issued_on: string | null;
  declared_pages: number;
  opened_at: string;
};

const dossierOf = (row: DossierRow): Dossier => ({
  id: row.id as DossierId,
  agencyId: row.agency_id as AgencyId,
  status: row.status,
  applicantName: row.applicant_name,
  kind: row.kind,
  title: row.title,
  holderName: row.holder_name,
  documentNumber: row.document_number,
  issuedBy: row.issued_by,
  issuedOn: row.issued_on,
  declaredPages: row.declared_pages,
  openedAt: instantOf(row.opened_at),
});

export async function keepDossier(sql: Sql, dossier: Dossier, kept: KeptWithDossier): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into dossier ${tx({
      id: dossier.id,
      agency_id: dossier.agencyId,
      status: dossier.status,
      applicant_name: dossier.applicantName,
      identity_digits_hash: kept.identityDigitsHash,
      contact: kept.contact,
      identity_kind: kept.identityKind,
      paper_copies: kept.paperCopies,
      kind: dossier.kind,
      title: dossier.title,
      holder_name: dossier.holderName,
      document_number: dossier.documentNumber,
      issued_by: dossier.issuedBy,
      issued_on: dossier.issuedOn,
      declared_pages: dossier.declaredPages,
      secret_hash: kept.secretHash,
      secret_expires_at: kept.secretExpiresAt,
      opened_by: kept.openedBy.personId,
      opened_at: dossier.openedAt,
    })}`;
    await noteEvent(tx, dossier.id, "opened", kept.openedBy.personId);
  });
}

export async function findDossier(sql: Sql, id: DossierId, agencyId: AgencyId): Promise<Dossier | null> {
  const [row] = await sql<DossierRow[]>`select * from dossier where id = ${id} and agency_id = ${agencyId}`;
  return row === undefined ? null : dossierOf(row);
}

/** Of a dossier that was found: what only the counter needs. */
export async function intakeOf(sql: Sql, id: DossierId): Promise<Intake> {
  const [row] = await sql<Intake[]>`
    select identity_kind as "identityKind", contact, paper_copies as "paperCopies" from dossier where id = ${id}`;
  return row ?? { identityKind: null, contact: null, paperCopies: 0 };
}

/** The link given before opens nothing from now on. */
export async function keepLink(
  sql: Sql,
  dossier: Dossier,
  { secretHash, secretExpiresAt }: { readonly secretHash: Bytes; readonly secretExpiresAt: Instant },
  actor: Actor,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`update dossier set secret_hash = ${secretHash}, secret_expires_at = ${secretExpiresAt}
      where id = ${dossier.id}`;
    await noteEvent(tx, dossier.id, "link_renewed", actor.personId);
  });
}

type RefusalRow = { ground: RefusalGround; reason: string; page: number | null; by: string; refused_at: string };

/** What was written when the dossier was refused, and by whom; null for one that was not. */
export async function refusalOf(sql: Sql, id: DossierId): Promise<KeptRefusal | null> {
  const [row] = await sql<RefusalRow[]>`
    select r.ground, r.reason, r.page, p.full_name as by, r.refused_at
    from refusal r join person p on p.id = r.person_id where r.dossier_id = ${id}`;
  if (row === undefined) return null;
  const { ground, reason, page, by } = row;
  return { ground, reason, page, by, at: instantOf(row.refused_at) };
}

/** Oldest first: what has waited longest comes first. */
export async function waitingDossiers(sql: Sql, agencyId: AgencyId, limit: number): Promise<Dossier[]> {
  const rows = await sql<DossierRow[]>`
    select * from dossier where agency_id = ${agencyId} and status not in ('released', 'refused', 'voided', 'reused')
    order by opened_at, id limit ${limit}`;
  return rows.map(dossierOf);
}

export async function findDossierBySecret(sql: Sql, secretHash: Bytes, at: Instant): Promise<Dossier | null> {
  const [row] = await sql<DossierRow[]>`
    select * from dossier where secret_hash = ${secretHash} and secret_expires_at > ${at}`;
  return row === undefined ? null : dossierOf(row);
}

export async function dossierOfCertificate(sql: Sql, id: CertificateId): Promise<Dossier | null> {
  const [row] = await sql<DossierRow[]>`
    select d.* from dossier d join certificate c on c.dossier_id = d.id where c.id = ${id}`;
  return row === undefined ? null : dossierOf(row);
}

export async function identityDigitsHash(sql: Sql, id: DossierId): Promise<Uint8Array | null> {
  const [row] = await sql<{ hash: Uint8Array }[]>`select identity_digits_hash as hash from dossier where id = ${id}`;
  return row?.hash ?? null;
}

export async function keepDeclaredPages(sql: Sql, dossier: Dossier, pages: number, actor: Actor): Promise<boolean> {
  return sql.begin(async (tx) => {
    const changed = await tx`
      update dossier set declared_pages = ${pages} where id = ${dossier.id} and status in ('received', 'read')`;
    if (changed.count === 1) await noteEvent(tx, dossier.id, "declaration_corrected", actor.personId);
    return changed.count === 1;
  });
}

/**
 * Also compares what is attested with what stands now: a scan added in between makes the statement about something
 * else, and the dossier is `received` again by then.
 */
export async function keepAttestation(
  sql: Sql,
  dossier: Dossier,
  pages: number,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const moved = await tx`
      update dossier set status = 'attested'
      where id = ${dossier.id} and status = 'read'
        and declared_pages = ${pages} and (select count(*) from page where dossier_id = ${dossier.id}) = ${pages}`;
    if (moved.count !== 1) return false;
    await tx`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
      values (${dossier.id}, ${actor.personId}, true, ${pages}, ${at})`;
    await noteEvent(tx, dossier.id, "attested", actor.personId);
    return true;
  });
}

export async function keepRefusal(
  sql: Sql,
  dossier: Dossier,
  refusal: Refusal,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const moved = await tx`
      update dossier set status = 'refused' where id = ${dossier.id} and status in ('received', 'read', 'attested')`;
    if (moved.count !== 1) return false;
    await tx`insert into refusal (dossier_id, ground, reason, page, person_id, refused_at)
      values (${dossier.id}, ${refusal.ground}, ${refusal.reason}, ${refusal.page}, ${actor.personId}, ${at})`;
    await noteEvent(tx, dossier.id, "refused", actor.personId);
    return true;
  });
}
