import type { Sql, TransactionSql } from "postgres";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import type { DossierId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { KeptOffSite, OffSite, OffSiteGround } from "../../src/core/off-site.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import { noteEvent } from "./events.ts";
import { lockWithPapers } from "./locks.ts";
import { instantOf } from "./rows.ts";

type Row = {
  elsewhere: boolean;
  ground: OffSiteGround;
  ground_note: string | null;
  deed: string;
  asked_by: string;
  place: string;
  act_at: string | null;
  by: string;
  kept_at: string;
};

/** What counts for a paper; null for one that is certified at the office. */
export async function offSiteOf(sql: Sql | TransactionSql, id: DossierId): Promise<KeptOffSite | null> {
  const [row] = await sql<Row[]>`
    select o.*, p.full_name as by from off_site o join person p on p.id = o.kept_by
    where o.submission_id = (select submission_id from dossier where id = ${id}) order by o.id desc limit 1`;
  if (row === undefined || !row.elsewhere) return null;
  const { ground, ground_note: groundNote, deed, asked_by: askedBy, place, by } = row;
  const actAt = row.act_at === null ? null : instantOf(row.act_at);
  return { ground, groundNote, deed, askedBy, place, actAt, by, at: instantOf(row.kept_at) };
}

/** False when a paper of the submission is attested; its lock makes an attestation under way be waited for. OFFSITE-1. */
export async function keepOffSite(
  sql: Sql,
  dossier: Dossier,
  offSite: OffSite | null,
  actor: Actor,
  at: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [submission] = await tx<{ id: SubmissionId }[]>`
      select submission_id as id from dossier where id = ${dossier.id}`;
    if (submission === undefined) return false;
    await lockWithPapers(tx, submission.id);
    const attested = await tx`select 1 from attestation a join dossier d on d.id = a.dossier_id
      where d.submission_id = ${submission.id} limit 1`;
    if (attested.length > 0) return false;
    await insertOffSite(tx, submission.id, offSite, actor, at);
    await noteEvent(tx, dossier.id, offSite === null ? "off_site_ended" : "off_site_told", actor.personId);
    return true;
  });
}

/** Part of the transaction that opens a submission, too. */
export async function insertOffSite(
  tx: TransactionSql,
  submissionId: string,
  offSite: OffSite | null,
  actor: Actor,
  at: Instant,
): Promise<void> {
  await tx`insert into off_site ${tx({
    submission_id: submissionId,
    elsewhere: offSite !== null,
    ground: offSite?.ground ?? null,
    ground_note: offSite?.groundNote ?? null,
    deed: offSite?.deed ?? null,
    asked_by: offSite?.askedBy ?? null,
    place: offSite?.place ?? null,
    act_at: offSite?.actAt ?? null,
    kept_by: actor.personId,
    kept_at: at,
  })}`;
}
