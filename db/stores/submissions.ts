import type { Sql, TransactionSql } from "postgres";
import type { AgencyId, DossierId } from "../../src/core/ids.ts";
import { type Bytes, type Instant, localDateOf } from "../../src/core/kernel.ts";
import type { Procedure } from "../../src/core/procedure.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import type { AnnulmentKind } from "../../src/core/status/annulment.ts";
import {
  type Channel,
  type DossierCode,
  dossierCodeOf,
  type Help,
  type PaperOfSubmission,
  type Submission,
  type SubmissionId,
} from "../../src/core/submission.ts";
import type { CodedSubmission, LookedUp } from "../../src/usecases/look-up-state.ts";
import type { KeptSubmission } from "../../src/usecases/open-dossier.ts";
import { endLetterLinks, endVisits } from "./dispatches.ts";
import { bytesOf, instantOf } from "./rows.ts";

/** The next code of the day, and the row that carries it. */
export async function keepSubmission(
  tx: TransactionSql,
  { id, agencyId, openedAt, openedBy, ...kept }: KeptSubmission,
): Promise<DossierCode> {
  const [agency] = await tx<{ code: string }[]>`select code from agency where id = ${agencyId}`;
  const day = localDateOf(openedAt);
  const [series] = await tx<{ last_serial: number }[]>`
    insert into dossier_code_series (agency_id, day, last_serial) values (${agencyId}, ${day}, 1)
    on conflict (agency_id, day) do update set last_serial = dossier_code_series.last_serial + 1
    returning last_serial`;
  if (series === undefined) throw new Error("the series of codes gave none");
  const code = dossierCodeOf(agency?.code ?? "", day, series.last_serial);
  await tx`insert into submission ${tx({
    id,
    agency_id: agencyId,
    code,
    channel: kept.channel,
    help_reason: kept.help?.reason ?? null,
    helped_by: kept.help?.by ?? null,
    read_aloud: kept.help?.readAloud ?? false,
    identity_kind: kept.identityKind,
    identity_digits_hash: kept.identityDigitsHash,
    secret_hash: kept.secretHash,
    secret_expires_at: kept.secretExpiresAt,
    opened_by: openedBy.personId,
    opened_at: openedAt,
  })}`;
  return code;
}

type SubmissionRow = {
  id: string;
  code: string;
  channel: Channel;
  opened_at: string;
  help_reason: Help["reason"] | null;
  helped_by: string | null;
  read_aloud: boolean;
  link_ended_at?: string | null;
  reception?: string | null;
  place?: string | null;
};

const helpOf = ({ help_reason: reason, helped_by: by, read_aloud: readAloud }: SubmissionRow): Help | null =>
  reason === null || by === null ? null : { reason, by, readAloud };

type PaperRow = {
  id: string;
  ordinal: number;
  status: DossierStatus;
  kind: string;
  title: string;
  document_number: string | null;
  holder_name: string;
  declared_pages: number;
  paper_copies: number;
  electronic_copies: number;
  promised_at: string;
  due_at: string;
  again_at: string | null;
  on_paper_only: boolean;
  procedure: Procedure;
};

const paperOf = (row: PaperRow): PaperOfSubmission => ({
  dossierId: row.id as DossierId,
  ordinal: row.ordinal,
  status: row.status,
  kind: row.kind,
  title: row.title,
  documentNumber: row.document_number,
  holderName: row.holder_name,
  declaredPages: row.declared_pages,
  paperCopies: row.paper_copies,
  electronicCopies: row.electronic_copies,
  onPaperOnly: row.on_paper_only,
  procedure: row.procedure,
});

/** Of a dossier that was found: what it was presented with. */
export async function submissionOf(sql: Sql, id: DossierId, agencyId: AgencyId): Promise<Submission | null> {
  const [row] = await sql<SubmissionRow[]>`
    select s.id, s.code, s.channel, s.opened_at, s.help_reason, s.helped_by, s.read_aloud, s.link_ended_at,
      r.name as reception, r.place from submission s join dossier d on d.submission_id = s.id left join reception r on r.id = s.reception_id
    where d.id = ${id} and s.agency_id = ${agencyId}`;
  return row === undefined ? null : withPapers(sql, row);
}

async function withPapers(sql: Sql, row: SubmissionRow): Promise<Submission> {
  const papers = await sql<PaperRow[]>`
    select id, ordinal_in_submission as ordinal, status, kind, title, document_number, holder_name, declared_pages,
      paper_copies, electronic_copies, on_paper_only, procedure, due_at, again_at,
      (select p.due_at from deadline_step p where p.dossier_id = dossier.id and p.ordinal = 1) as promised_at
    from dossier where submission_id = ${row.id} order by ordinal_in_submission`;
  return {
    id: row.id as SubmissionId,
    code: row.code as DossierCode,
    channel: row.channel,
    help: helpOf(row),
    reception: row.reception == null || row.place == null ? null : { name: row.reception, place: row.place },
    linkEndedAt: row.link_ended_at == null ? null : instantOf(row.link_ended_at),
    openedAt: instantOf(row.opened_at),
    promisedAt: latestOf(papers.map(({ promised_at }) => promised_at)) ?? instantOf(row.opened_at),
    dueAt: latestOf(papers.map(({ due_at }) => due_at)) ?? instantOf(row.opened_at),
    againAt: latestOf(papers.flatMap(({ again_at }) => again_at ?? [])),
    papers: papers.map(paperOf),
  };
}

/** Text of the database's instants sorts as they do. */
function latestOf(instants: readonly string[]): Instant | null {
  const last = instants.toSorted().at(-1);
  return last === undefined ? null : instantOf(last);
}

/** Of ten thousand digits: whoever guesses so often wrong without the paper in hand has tried on for days. */
export const mostWrongDigits = 100;

/** The digits of whoever presented this paper, hashed under the submission's id; how often they were guessed wrong by the link. */
export async function identityDigitsHash(
  sql: Sql,
  id: DossierId,
): Promise<{ readonly submissionId: SubmissionId; readonly hash: Bytes; readonly wrongByLink: number } | null> {
  const [row] = await sql<{ id: SubmissionId; hash: Uint8Array; wrong: number }[]>`
    select s.id, s.identity_digits_hash as hash, s.wrong_by_link as wrong from submission s join dossier d on d.submission_id = s.id
    where d.id = ${id}`;
  return row === undefined ? null : { submissionId: row.id, hash: bytesOf(row.hash), wrongByLink: row.wrong };
}

export async function noteWrongByLink(sql: Sql, id: SubmissionId): Promise<void> {
  await sql`update submission set wrong_by_link = wrong_by_link + 1 where id = ${id}`;
}

/** Also of a code that nobody has, which takes as long. */
export async function noteWrongByCode(sql: Sql, code: string): Promise<void> {
  await sql.begin(async (tx) => {
    // Of an unknown code nothing is written: who waited for the disk with a known one would be told that it is known.
    // A crash of the database forgets less than a second of guesses, which the throttle counts beside.
    await tx`set local synchronous_commit = off`;
    await tx`update submission set wrong_by_code = wrong_by_code + 1 where code = ${code}`;
  });
}

/** The link given before opens nothing from now on, and what was guessed at it counts no more. */
export async function renewSecret(
  tx: TransactionSql,
  id: DossierId,
  { secretHash, secretExpiresAt }: { readonly secretHash: Bytes; readonly secretExpiresAt: Instant },
): Promise<void> {
  await tx`update submission set secret_hash = ${secretHash}, secret_expires_at = ${secretExpiresAt},
      link_ended_at = null, wrong_by_link = 0, wrong_by_code = 0
    where id = (select submission_id from dossier where id = ${id})`;
  await endVisits(tx, id);
  await endLetterLinks(tx, id);
}

/**
 * Nothing is opened from now on, by the link or by those of letters. Their hashes stay until the renewal: a dead link can
 * say why.
 *
 * @returns false where it was ended before
 */
export async function endSecret(tx: TransactionSql, id: DossierId, at: Instant): Promise<boolean> {
  const ended =
    await tx`update submission set link_ended_at = ${at}, secret_expires_at = least(secret_expires_at, ${at})
    where id = (select submission_id from dossier where id = ${id}) and link_ended_at is null`;
  await endVisits(tx, id);
  return ended.count === 1;
}

/** Only whether there was such a link and it was ended: neither of which dossier nor since when. */
export async function isLinkEnded(sql: Sql, secretHash: Bytes): Promise<boolean> {
  const rows = await sql`
    select 1 from submission where secret_hash = ${secretHash} and link_ended_at is not null
    union all select 1 from dispatch l join dossier d on d.id = l.dossier_id join submission s on s.id = d.submission_id
      where l.link_hash = ${secretHash} and s.link_ended_at is not null limit 1`;
  return rows.length > 0;
}

type CodedRow = SubmissionRow & { agency_id: AgencyId; digits_hash: Uint8Array };

/** For who has the code of the slip, unless it was guessed at too often. Agencies without a code of their own share a prefix, so there may be several. */
export async function submissionsByCode(sql: Sql, code: DossierCode): Promise<readonly CodedSubmission[]> {
  const rows = await sql<CodedRow[]>`
    select id, code, channel, opened_at, agency_id, identity_digits_hash as digits_hash from submission
    where code = ${code} and wrong_by_code < ${mostWrongDigits} order by agency_id limit 10`;
  return rows.map((row) => ({
    submissionId: row.id as SubmissionId,
    code,
    agencyId: row.agency_id,
    openedAt: instantOf(row.opened_at),
    digitsHash: bytesOf(row.digits_hash),
  }));
}

/** In the order in which they were presented: how far each is, and nothing else. */
export async function standsOf(sql: Sql, id: SubmissionId): Promise<LookedUp["papers"]> {
  const papers = await sql<{ status: DossierStatus; has_notice: boolean; lost: AnnulmentKind | null }[]>`
    select status, exists (select 1 from refusal_notice n where n.dossier_id = d.id) as has_notice,
      (select a.kind from annulment a join certificate c on c.id = a.certificate_id where c.dossier_id = d.id) as lost
    from dossier d where submission_id = ${id} order by ordinal_in_submission`;
  return papers.map(({ status, has_notice: hasNotice, lost: lostValue }) => ({ status, hasNotice, lostValue }));
}
