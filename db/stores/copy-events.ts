import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import type { AgencyId, CertificateId, RecipientId, WebhookEndpointId } from "../../src/core/ids.ts";
import type { Instant, LocalDate, Sha256 } from "../../src/core/kernel.ts";
import { bookText } from "../../src/core/register.ts";
import type { AnnulmentKind } from "../../src/core/status/annulment.ts";
import { type CopyEvent, webhookBody } from "../../src/core/webhooks.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { instantOf } from "./rows.ts";

/** The kind of job that tells the endpoint named by its subject what waits for it. */
export const webhookJob = "deliver_webhooks";

/**
 * Held until the transaction ends, by whoever takes a copy's value away and by whoever hands it over: of the two at the
 * same moment the later sees the earlier, so no receiver is left without the news.
 */
export async function holdCopy(tx: TransactionSql, id: CertificateId): Promise<void> {
  await tx`select id from certificate where id = ${id} for no key update`;
}

/** Part of the annulment: told to every recipient that opened the copy or was handed it. */
export async function tellAnnulled(tx: TransactionSql, id: CertificateId): Promise<void> {
  const { event, annulled } = await factsOf(tx, id);
  if (annulled === null) throw new Error("only an annulment is told as one");
  await keepDeliveries(tx, id, { ...event, ...annulled }, null);
}

/** Part of the opening or handing over. A copy that lost its value a moment before is told as such too, and last. */
export async function tellDelivered(
  tx: TransactionSql,
  { certificateId, recipientId, at }: { certificateId: CertificateId; recipientId: RecipientId; at: Instant },
): Promise<void> {
  await holdCopy(tx, certificateId);
  const { event, annulled } = await factsOf(tx, certificateId);
  const delivered = { ...event, type: "copy.delivered", at, decision: null, successor: null } as const;
  await keepDeliveries(tx, certificateId, delivered, recipientId);
  if (annulled !== null) await keepDeliveries(tx, certificateId, { ...event, ...annulled }, recipientId);
}

type FactsRow = {
  agency_id: AgencyId;
  agency_name: string;
  number: number;
  ordinal: number;
  year: number;
  suffix: string;
  record: Sha256;
  kind: AnnulmentKind | null;
  noted_at: string | null;
  decision_number: string;
  decided_on: LocalDate;
  successor_number: number | null;
  successor_ordinal: number;
  successor_year: number;
  successor_suffix: string;
};

async function factsOf(tx: TransactionSql, id: CertificateId) {
  const [row] = await tx<FactsRow[]>`
    select c.agency_id, g.name as agency_name, c.number, b.ordinal, c.year, c.suffix,
      encode(c.code_hash, 'hex') as record, a.kind, a.noted_at, a.decision_number,
      to_char(a.decision_date, 'YYYY-MM-DD') as decided_on, s.number as successor_number,
      sb.ordinal as successor_ordinal, s.year as successor_year, s.suffix as successor_suffix
    from certificate c join agency g on g.id = c.agency_id join book b on b.id = c.book_id
      left join annulment a on a.certificate_id = c.id left join certificate s on s.id = a.successor_id
      left join book sb on sb.id = s.book_id
    where c.id = ${id}`;
  if (row === undefined) throw new Error("a copy that is told of is not there");
  const { agency_id, agency_name: name, number, record } = row;
  const copy = { agency: { id: agency_id, name }, number, book: bookText(row), record };
  return { event: { copy }, annulled: annulledOf(row) };
}

function annulledOf(row: FactsRow): Pick<CopyEvent, "type" | "at" | "decision" | "successor"> | null {
  if (row.kind === null || row.noted_at === null) return null;
  const { successor_ordinal: ordinal, successor_year: year, successor_suffix: suffix } = row;
  const number = row.successor_number;
  return {
    type: `copy.${row.kind}`,
    at: instantOf(row.noted_at),
    decision: { number: row.decision_number, date: row.decided_on },
    successor: number === null ? null : { number, book: bookText({ ordinal, year, suffix }) },
  };
}

/** @param only this recipient; null for all that received the copy */
async function keepDeliveries(
  tx: TransactionSql,
  id: CertificateId,
  event: CopyEvent,
  only: RecipientId | null,
): Promise<void> {
  const kept = await tx<{ endpoint_id: WebhookEndpointId }[]>`
    insert into webhook_delivery (id, endpoint_id, certificate_id, event_id, type, payload, next_try_at, created_at)
    select gen_random_uuid(), e.id, ${id}, ${randomUUID()}, ${event.type}, ${webhookBody(event)}, ${event.at}, ${event.at}
    from webhook_endpoint e join recipient r on r.id = e.recipient_id and r.active
    where e.deleted_at is null and ${only === null ? receivedBy(tx, id) : tx`r.id = ${only}`}
    returning endpoint_id`;
  for (const { endpoint_id: subject } of kept) await enqueue(tx, { kind: webhookJob, subject, maxAttempts: untilDone });
}

/** Recipients `r` that opened the copy by a grant, or were handed it at a counter. */
export const receivedBy = (tx: TransactionSql, id: CertificateId) => tx`r.id in (
  select o.recipient_id from grant_opening o join copy_grant g on g.id = o.grant_id where g.certificate_id = ${id}
  union select h.recipient_id from handover h join copy_grant g on g.handover_id = h.id where g.certificate_id = ${id})`;
