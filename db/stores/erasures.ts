import type { Sql, TransactionSql } from "postgres";
import type { AgencyId, BlobId, CertificateId, DossierId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import type { KeptThing } from "../../src/core/terms.ts";
import { type Cause, prove } from "./erasure-proofs.ts";
import { endGrants, eraseGrantsOf } from "./grant-erasures.ts";
import { lockAllPresented } from "./locks.ts";
import { blankOffSite } from "./payment-erasures.ts";

/** Destroys the keys and proves it. The files go after the commit: without a key they say nothing. */
async function destroyKeys(tx: TransactionSql, cause: Cause, ids: readonly BlobId[]): Promise<BlobId[]> {
  const gone = await tx<{ id: BlobId }[]>`
    update blob set key_wrapped = null, erased_at = ${cause.at} where id = any(${[...ids]}) and key_wrapped is not null
    returning id`;
  await prove(
    tx,
    cause,
    gone.map(({ id }) => id),
  );
  return gone.map(({ id }) => id);
}

const most = 500;

/** Of the first copy and of further ones. */
const personalBlobs = (tx: TransactionSql) =>
  tx`(select * from personal_blob union all select * from further_personal_blob)`;

/** Some of one agency's files whose dossiers ended before. @returns the files that may go now */
export async function eraseDueBlobs(
  sql: Sql,
  part: "scan" | "copy" | "contact",
  before: Instant,
  at: Instant,
): Promise<BlobId[]> {
  return sql.begin(async (tx) => {
    const due = await tx<{ id: BlobId; agency_id: AgencyId; dossier_id: DossierId }[]>`
      select b.id, e.agency_id, e.dossier_id from dossier_end e join ${personalBlobs(tx)} p using (dossier_id)
        join blob b on b.id = p.blob_id
      where e.ended_at < ${before} and p.part = ${part} and b.key_wrapped is not null
        and not exists (select 1 from data_restriction r where r.dossier_id = e.dossier_id and r.lifted_at is null)
      order by e.agency_id, b.id limit ${most}`;
    const [first] = due;
    if (first === undefined) return [];
    const own = due.filter(({ agency_id }) => agency_id === first.agency_id);
    if (part === "copy") {
      const dossiers = own.map(({ dossier_id }) => dossier_id);
      await forgetEvidence(tx, dossiers);
      await endGrants(tx, dossiers, at);
    }
    return destroyKeys(
      tx,
      { agencyId: first.agency_id, rule: part, requestId: null, at },
      own.map(({ id }) => id),
    );
  });
}

/** No evidence is appended any more to a copy that is gone. */
async function forgetEvidence(tx: TransactionSql, ids: readonly DossierId[]): Promise<void> {
  await tx`delete from evidence_plan where certificate_id in (select id from certified_copy where dossier_id = any(${[...ids]}))`;
}

/** @returns whether there was any */
async function clearContact(tx: TransactionSql, id: DossierId): Promise<boolean> {
  const called = await tx`update dossier set contact = null where id = ${id} and contact is not null`;
  const mailed = await tx`update dispatch_address set email = null where email is not null
    and submission_id = (select submission_id from dossier where id = ${id})`;
  const [presented] = await tx<{ id: SubmissionId }[]>`select submission_id as id from dossier where id = ${id}`;
  const isVisitTold = presented !== undefined && (await blankOffSite(tx, presented.id));
  const words = await tx`delete from data_request_words w using data_request r join data_answer a on a.request_id = r.id
    where r.id = w.request_id and r.dossier_id = ${id}`;
  return called.count + mailed.count + words.count > 0 || isVisitTold;
}

/** With a contact, or an address or a visit's words that no paper presented beside it needs any longer. */
const contactsBefore = (tx: TransactionSql, before: Instant) => tx`
  from dossier_end e join dossier d on d.id = e.dossier_id left join dispatch_address a using (submission_id)
  where e.ended_at < ${before} and ${notRestricted(tx, tx`d.submission_id`)} and (d.contact is not null or a.email is not null or exists (select 1 from data_request_words w
      join data_request r on r.id = w.request_id join data_answer n on n.request_id = r.id where r.dossier_id = d.id)
    or exists (select 1 from off_site_words w where w.submission_id = d.submission_id))
    and not exists (select 1 from dossier o left join dossier_end oe on oe.dossier_id = o.id
      where o.submission_id = d.submission_id and (oe.ended_at is null or oe.ended_at >= ${before}))`;

/** DATA-3: of papers of which one is restricted nothing goes by itself. */
const notRestricted = (tx: TransactionSql, submission: ReturnType<TransactionSql>) =>
  tx`not exists (select 1 from restricted_submission r where r.submission_id = ${submission})`;

export async function eraseDueContacts(sql: Sql, before: Instant, at: Instant): Promise<number> {
  return sql.begin(async (tx) => {
    const [first] = await tx<{ agency_id: AgencyId }[]>`
      select e.agency_id ${contactsBefore(tx, before)} order by 1 limit 1`;
    if (first === undefined) return 0;
    const gone = await tx<{ id: DossierId }[]>`
      select d.id ${contactsBefore(tx, before)} and d.agency_id = ${first.agency_id} order by d.id limit ${most}`;
    // Those without a contact too, or the address that they share would be held before them.
    await lockAllPresented(tx, ...gone.map(({ id }) => id));
    for (const { id } of gone) await clearContact(tx, id);
    await prove(
      tx,
      { agencyId: first.agency_id, rule: "contact", requestId: null, at },
      gone.map(({ id }) => id),
    );
    return gone.length;
  });
}

/** Of petitions answered before: whoever wrote is not called any more. */
export async function erasePetitionContacts(sql: Sql, before: Instant, at: Instant): Promise<number> {
  return sql.begin(async (tx) => {
    const due = tx`contact is not null and exists (
      select 1 from petition_answer a where a.petition_id = p.id and a.answered_at < ${before})`;
    const [first] = await tx<
      { agency_id: AgencyId }[]
    >`select agency_id from petition p where ${due} order by 1 limit 1`;
    if (first === undefined) return 0;
    const gone = await tx<{ id: string }[]>`
      update petition p set contact = null where ${due} and agency_id = ${first.agency_id} returning id`;
    await prove(
      tx,
      { agencyId: first.agency_id, rule: "contact", requestId: null, at },
      gone.map(({ id }) => id),
    );
    return gone.length;
  });
}

export async function forgetDueAccesses(sql: Sql, before: Instant, at: Instant): Promise<number> {
  return sql.begin(async (tx) => {
    const [first] = await tx<{ agency_id: AgencyId }[]>`
      select d.agency_id from access_entry a join dossier d on d.id = a.dossier_id
      where a.happened_at < ${before} and ${notRestricted(tx, tx`d.submission_id`)} order by 1 limit 1`;
    if (first === undefined) return 0;
    const gone = await tx<{ id: string }[]>`
      delete from access_entry where id in (select a.id from access_entry a join dossier d on d.id = a.dossier_id
        where a.happened_at < ${before} and ${notRestricted(tx, tx`d.submission_id`)} and d.agency_id = ${first.agency_id} limit ${most}) returning id`;
    await prove(
      tx,
      { agencyId: first.agency_id, rule: "access", requestId: null, at },
      gone.map(({ id }) => id),
    );
    return gone.length;
  });
}

export async function isScanErased(sql: Sql, id: DossierId): Promise<boolean> {
  const [row] = await sql`
    select 1 from original o join blob b on b.id = o.blob_id
    where o.dossier_id = ${id} and o.status <> 'refused' and b.erased_at is not null limit 1`;
  return row !== undefined;
}

/** Of the first copy, with which all others of its number go. */
export async function isCopyErased(sql: Sql, id: CertificateId): Promise<boolean> {
  const [row] = await sql`
    select 1 from certificate c join blob b on b.id = c.sealed_blob_id where c.id = ${id} and b.erased_at is not null`;
  return row !== undefined;
}

type Erasing = {
  readonly agencyId: AgencyId;
  readonly dossierId: DossierId;
  readonly requestId: string;
  readonly at: Instant;
};

/** What a request names, of one dossier; part of the transaction of its answer. */
export async function eraseOfDossier(
  tx: TransactionSql,
  things: readonly KeptThing[],
  { agencyId, dossierId, requestId, at }: Erasing,
): Promise<BlobId[]> {
  const files: BlobId[] = [];
  for (const rule of things) {
    const cause = { agencyId, rule, requestId, at };
    if (rule === "contact") await prove(tx, cause, (await clearContact(tx, dossierId)) ? [dossierId] : []);
    if (rule === "grant") await eraseGrantsOf(tx, cause, dossierId);
    else if (rule !== "access" && rule !== "payment")
      files.push(...(await eraseFilesOf(tx, { ...cause, rule }, dossierId)));
  }
  return files;
}

async function eraseFilesOf(tx: TransactionSql, cause: Cause, id: DossierId): Promise<BlobId[]> {
  if (cause.rule === "copy") {
    await forgetEvidence(tx, [id]);
    await endGrants(tx, [id], cause.at);
  }
  const own = await tx<{ id: BlobId }[]>`
    select blob_id as id from ${personalBlobs(tx)} p where dossier_id = ${id} and part = ${cause.rule}`;
  return destroyKeys(
    tx,
    cause,
    own.map((one) => one.id),
  );
}
