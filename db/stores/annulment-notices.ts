import { randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import type { CertificateId, DossierId, RecipientId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { ToldRecipient } from "../../src/core/status/annulment.ts";
import { receivedBy } from "./copy-events.ts";
import { planDispatches } from "./dispatches.ts";
import { keepMail } from "./outbox.ts";

/**
 * Part of the annulment: the citizen's e-mail is told as of every result, with state and retries (DISPATCH-1). A copy that
 * was still on its way stays here: "your copy is ready" must not come after it. One that others go with is left to go.
 */
export async function tellCitizen(tx: TransactionSql, dossierId: DossierId, at: Instant): Promise<void> {
  await tx`update dispatch s set state = 'withdrawn', reason = 'copy_annulled', next_try_at = null, ended_at = ${at}
    where s.dossier_id = ${dossierId} and s.what = 'copy' and s.ended_at is null
      and not exists (select 1 from dispatch o where o.with_id = s.id and o.ended_at is null)`;
  await planDispatches(tx, dossierId, "annulled", ["email"]);
}

/** Part of the annulment: a letter to every body that opened the copy or was handed it, beside what its programs are told. */
export async function mailAnnulled(tx: TransactionSql, id: CertificateId, at: Instant): Promise<void> {
  const bodies = await tx<{ id: RecipientId }[]>`
    select r.id from recipient r where r.active and ${receivedBy(tx, id)} order by r.id`;
  for (const { id: recipientId } of bodies) {
    await keepMail(tx, { id: randomUUID(), kind: "annulled", recipientId, subject: id, at });
  }
}

/** The citizen, then every body that is known to have the dossier's copy, and how far the news of its annulment came; by name. */
export async function toldOf(sql: Sql, dossierId: DossierId): Promise<ToldRecipient[]> {
  const citizens = await sql<ToldRecipient[]>`
    select null as name, exists (select 1 from dispatch_address x where x.submission_id = d.submission_id
        and x.email is not null) as "isActive",
      (select case when s.ended_at is null then 'waiting' when s.state in ('refused', 'given_up') then 'failed'
          when s.state = 'sent' then 'sent' end
        from dispatch s where s.dossier_id = d.id and s.what = 'annulled'
        order by s.made_at desc, s.ended_at is null desc, s.id limit 1) as mail,
      array[]::text[] as programs
    from dossier d where d.id = ${dossierId} and d.status = 'released'`;
  const bodies = await sql<ToldRecipient[]>`
    select r.name, r.active as "isActive",
      (select m.state from outbox_mail m where m.kind = 'annulled' and m.subject = c.id and m.recipient_id = r.id
        order by m.made_at desc limit 1) as mail,
      array(select w.state from webhook_delivery w join webhook_endpoint e on e.id = w.endpoint_id
        where e.recipient_id = r.id and w.certificate_id = c.id and w.type in ('copy.annulled', 'copy.superseded')
        order by w.sequence) as programs
    from certificate c cross join recipient r
    where c.dossier_id = ${dossierId} and c.status = 'issued' and r.id in (
      select o.recipient_id from grant_opening o join copy_grant g on g.id = o.grant_id where g.certificate_id = c.id
      union select h.recipient_id from handover h join copy_grant g on g.handover_id = h.id where g.certificate_id = c.id)
    order by r.name, r.id`;
  return [...citizens, ...bodies];
}
