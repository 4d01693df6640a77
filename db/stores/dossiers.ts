import type { Sql, TransactionSql } from "postgres";
import type { CoarseScan } from "../../src/core/coarse-scan.ts";
import type { Actor, Dossier, Intake } from "../../src/core/dossier.ts";
import type { AgencyId, CertificateId, DossierId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { Procedure } from "../../src/core/procedure.ts";
import type { KeptRefusal, Refusal, RefusalGround } from "../../src/core/refusal-grounds.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import type { Attested } from "../../src/usecases/attest-copy.ts";
import { noteEvent } from "./events.ts";
import { lockAllPresented, lockDossier } from "./locks.ts";
import { instantOf } from "./rows.ts";
import { endSecret, renewSecret } from "./submissions.ts";

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
  electronic_copies: number;
  on_paper_only: boolean;
  procedure: Procedure;
  opened_at: string;
  due_at: string;
  again_at: string | null;
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
  electronicCopies: row.electronic_copies,
  onPaperOnly: row.on_paper_only,
  procedure: row.procedure,
  openedAt: instantOf(row.opened_at),
  dueAt: instantOf(row.due_at),
  againAt: row.again_at === null ? null : instantOf(row.again_at),
});

export async function findDossier(sql: Sql, id: DossierId, agencyId: AgencyId): Promise<Dossier | null> {
  const [row] = await sql<DossierRow[]>`select * from dossier where id = ${id} and agency_id = ${agencyId}`;
  return row === undefined ? null : dossierOf(row);
}

/** Of a dossier that was found: what only the counter needs. */
export async function intakeOf(sql: Sql, id: DossierId): Promise<Intake> {
  const [row] = await sql<Intake[]>`
    select s.identity_kind as "identityKind", d.contact, d.paper_copies as "paperCopies"
    from dossier d join submission s on s.id = d.submission_id where d.id = ${id}`;
  return row ?? { identityKind: null, contact: null, paperCopies: 0 };
}

/** The link given before, of all papers presented together, opens nothing from now on. */
export async function keepLink(
  sql: Sql,
  dossier: Dossier,
  link: { readonly secretHash: Bytes; readonly secretExpiresAt: Instant },
  actor: Actor,
): Promise<void> {
  await sql.begin(async (tx) => {
    await lockAllPresented(tx, dossier.id);
    await renewSecret(tx, dossier.id, link);
    await noteEvent(tx, dossier.id, "link_renewed", actor.personId);
  });
}

/** @param actor null where the holder did it by the own link; a link that was ended before leaves no second line */
export async function keepLinkEnd(sql: Sql, dossier: Dossier, actor: Actor | null, at: Instant): Promise<void> {
  await sql.begin(async (tx) => {
    await lockAllPresented(tx, dossier.id); // the line of the event asks for the paper: an attestation has it, and asks for the link's row
    if (await endSecret(tx, dossier.id, at)) await noteEvent(tx, dossier.id, "link_ended", actor?.personId ?? null);
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
    select * from dossier where agency_id = ${agencyId} and status not in ('released', 'refused', 'voided', 'reused', 'handed_over', 'withdrawn')
    order by opened_at, id limit ${limit}`;
  return rows.map(dossierOf);
}

export type AskedLink = { readonly secretHash: Bytes; readonly ordinal: number | null };

/**
 * The papers behind a link, unless it has expired: the one that is asked for, or all that were presented together. The
 * link of a letter leads to the papers that it tells of, and ends with that of the slip.
 *
 * @param ordinal of the paper in its submission; null for all
 */
export async function findDossiersBySecret(
  sql: Sql | TransactionSql,
  { secretHash, ordinal }: AskedLink,
  at: Instant,
): Promise<Dossier[]> {
  const rows = await sql<DossierRow[]>`
    select d.* from submission s join dossier d on d.submission_id = s.id
    where s.secret_expires_at > ${at} and s.link_ended_at is null and (
      (s.secret_hash = ${secretHash} and (${ordinal}::int is null or d.ordinal_in_submission = ${ordinal}))
      or (d.id in (select t.dossier_id from dispatch l join dispatch t on l.id in (t.id, t.with_id) where l.link_hash = ${secretHash})
        and (${ordinal}::int is null or d.ordinal_in_submission = ${ordinal})))
    order by d.ordinal_in_submission`;
  return rows.map(dossierOf);
}

export async function dossierOfCertificate(sql: Sql, id: CertificateId): Promise<Dossier | null> {
  const [row] = await sql<DossierRow[]>`
    select d.* from dossier d join certificate c on c.dossier_id = d.id where c.id = ${id}`;
  return row === undefined ? null : dossierOf(row);
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
 * else, and the dossier is `received` again by then; so does another form of a page.
 */
export async function keepAttestation(
  sql: Sql,
  dossier: Dossier,
  { pages, fields, coarse }: Attested,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockDossier(tx, { dossierId: dossier.id }); // or a page that is left out right now would still be counted
    const moved = await tx`
      update dossier set status = 'attested'
      where id = ${dossier.id} and status = 'read'
        and declared_pages = ${pages} and (select count(*) from standing_page where dossier_id = ${dossier.id}) = ${pages}
        and not exists (select 1 from forgery_record f where f.dossier_id = ${dossier.id})
        and not exists (select 1 from page_as_chosen p where p.dossier_id = ${dossier.id} and not exists (select 1 from confirmation c
          where c.dossier_id = ${dossier.id} and c.page = p.number and c.stream_sha256 = p.sha256))`;
    if (moved.count !== 1) return false;
    if (coarse !== null) await keepCoarseScan(tx, dossier, coarse, actor, at);
    await tx`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
      values (${dossier.id}, ${actor.personId}, true, ${pages}, ${at})`;
    for (const field of fields)
      await tx`insert into attested_field (dossier_id, field) values (${dossier.id}, ${field})`;
    await noteEvent(tx, dossier.id, "attested", actor.personId);
    return true;
  });
}

/** SCAN-1: before the attestation, which the database refuses without it. */
async function keepCoarseScan(
  tx: TransactionSql,
  { id }: Dossier,
  { pages, reason }: CoarseScan,
  { personId }: Actor,
  at: Instant,
): Promise<void> {
  await tx`insert into coarse_scan (dossier_id, pages, reason, person_id, told_at)
    values (${id}, ${[...pages]}, ${reason}, ${personId}, ${at})`;
  await noteEvent(tx, id, "coarse_scan_told", personId);
}

export async function keepRefusal(
  sql: Sql,
  dossier: Dossier,
  refusal: Refusal,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select id from dossier where id = ${dossier.id} for update`;
    const moved = await tx`
      update dossier set status = 'refused' where id = ${dossier.id} and status in ('received', 'read', 'attested')
        and not exists (select 1 from paper_line l where l.dossier_id = dossier.id and l.status <> 'voided')`;
    if (moved.count !== 1) return false;
    await tx`insert into refusal (dossier_id, ground, reason, page, person_id, refused_at)
      values (${dossier.id}, ${refusal.ground}, ${refusal.reason}, ${refusal.page}, ${actor.personId}, ${at})`;
    await noteEvent(tx, dossier.id, "refused", actor.personId);
    return true;
  });
}
