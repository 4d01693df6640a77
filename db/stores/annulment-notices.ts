import { randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import type { CertificateId, DossierId, RecipientId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { ToldRecipient } from "../../src/core/status/annulment.ts";
import { receivedBy } from "./copy-events.ts";
import { keepMail } from "./outbox.ts";

/** Part of the annulment: a letter to every body that opened the copy or was handed it, beside what its programs are told. */
export async function mailAnnulled(tx: TransactionSql, id: CertificateId, at: Instant): Promise<void> {
  const bodies = await tx<{ id: RecipientId }[]>`
    select r.id from recipient r where r.active and ${receivedBy(tx, id)} order by r.id`;
  for (const { id: recipientId } of bodies) {
    await keepMail(tx, { id: randomUUID(), kind: "annulled", recipientId, subject: id, at });
  }
}

/** Every body that is known to have the dossier's copy, and how far the news of its annulment came; by name. */
export async function toldOf(sql: Sql, dossierId: DossierId): Promise<ToldRecipient[]> {
  const rows = await sql<ToldRecipient[]>`
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
  return [...rows];
}
