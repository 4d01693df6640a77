import type { Sql, TransactionSql } from "postgres";
import type { RecipientId, WebhookDeliveryId, WebhookEndpointId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { WebhookDelivery } from "../../src/core/webhooks.ts";
import type { DueDelivery, Tried } from "../../src/usecases/recipients/deliver-webhooks.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { webhookJob } from "./copy-events.ts";
import { bytesOf, instantOf } from "./rows.ts";

type DeliveryRow = Omit<WebhookDelivery, "createdAt" | "nextTryAt" | "sequence"> & {
  createdAt: string;
  nextTryAt: string | null;
  sequence: string;
};

const deliveryOf = (row: DeliveryRow): WebhookDelivery => ({
  ...row,
  createdAt: instantOf(row.createdAt),
  nextTryAt: row.nextTryAt === null ? null : instantOf(row.nextTryAt),
  sequence: Number(row.sequence),
});

const columns = (sql: Sql | TransactionSql) => sql`
  d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", d.type, d.state, d.attempts, d.created_at as "createdAt",
  d.next_try_at as "nextTryAt", d.last_status as "lastStatus", d.last_error as "lastError", d.sequence`;

/** Newest first. @param before only older ones than this place */
export async function deliveriesOf(
  sql: Sql,
  recipientId: RecipientId,
  before: number | null,
  limit: number,
): Promise<readonly WebhookDelivery[]> {
  const rows = await sql<DeliveryRow[]>`
    select ${columns(sql)} from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
    where e.recipient_id = ${recipientId} and ${before === null ? sql`true` : sql`d.sequence < ${before}`}
    order by d.sequence desc limit ${limit}`;
  return rows.map(deliveryOf);
}

/** Of living endpoints of active recipients, the first of each copy: a later one waits for it. */
const ready = (sql: Sql | TransactionSql, id: WebhookEndpointId) => sql`
  from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id and e.deleted_at is null
    join recipient r on r.id = e.recipient_id and r.active
  where d.endpoint_id = ${id} and d.state = 'waiting' and not exists (
    select 1 from webhook_delivery earlier where earlier.endpoint_id = d.endpoint_id and earlier.state = 'waiting'
      and earlier.certificate_id = d.certificate_id and earlier.sequence < d.sequence)`;

type DueRow = {
  id: WebhookDeliveryId;
  event_id: string;
  url: string;
  payload: string;
  attempts: number;
  secret_salt: Uint8Array;
  previous_salt: Uint8Array | null;
};

export async function nextDue(sql: Sql, id: WebhookEndpointId, at: Instant): Promise<DueDelivery | null> {
  const [row] = await sql<DueRow[]>`
    select d.id, d.event_id, e.url, d.payload, d.attempts, e.secret_salt,
      case when e.previous_until > ${at} then e.previous_salt end as previous_salt
    ${ready(sql, id)} and d.next_try_at <= ${at} order by d.sequence limit 1`;
  if (row === undefined) return null;
  const { event_id: eventId, secret_salt: salt, previous_salt: previous, ...delivery } = row;
  const salts: readonly Bytes[] = [salt, ...(previous === null ? [] : [previous])].map(bytesOf);
  return { ...delivery, eventId, salts };
}

/** When the endpoint is to be told next; null where nothing waits for it. */
export async function earliestTry(tx: TransactionSql, id: WebhookEndpointId): Promise<Instant | null> {
  const [row] = await tx<{ earliest: string | null }[]>`select min(d.next_try_at) as earliest ${ready(tx, id)}`;
  return row?.earliest == null ? null : instantOf(row.earliest);
}

/** What became of one attempt. */
export async function noteTried(sql: Sql, id: WebhookDeliveryId, tried: Tried): Promise<void> {
  const { state, status, error, nextTryAt, at } = tried;
  await sql`
    update webhook_delivery set state = ${state}, attempts = attempts + 1, last_status = ${status}, last_error = ${error},
      next_try_at = ${nextTryAt}, ended_at = ${state === "waiting" ? null : at}
    where id = ${id} and state = 'waiting'`;
}

/** The same event again, under the same id, now. @returns null for one that is not this recipient's, or whose endpoint is gone */
export async function replayDelivery(
  sql: Sql,
  id: WebhookDeliveryId,
  recipientId: RecipientId,
  at: Instant,
): Promise<WebhookDelivery | null> {
  return sql.begin(async (tx) => {
    const [row] = await tx<DeliveryRow[]>`
      update webhook_delivery d set state = 'waiting', attempts = 0, next_try_at = ${at}, ended_at = null
      from webhook_endpoint e
      where d.id = ${id} and e.id = d.endpoint_id and e.recipient_id = ${recipientId} and e.deleted_at is null
      returning ${columns(tx)}`;
    if (row === undefined) return null;
    await enqueue(tx, { kind: webhookJob, subject: row.endpointId, maxAttempts: untilDone });
    return deliveryOf(row);
  });
}

/** Endpoints for which something is due and no job is there, as after a recipient was made active again. */
export async function enqueueDueWebhooks(sql: Sql, now: Instant): Promise<void> {
  const rows = await sql<{ endpoint_id: WebhookEndpointId }[]>`
    select distinct d.endpoint_id from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
      join recipient r on r.id = e.recipient_id and r.active
    where d.state = 'waiting' and d.next_try_at <= ${now} and not exists (
      select 1 from job where kind = ${webhookJob} and subject = d.endpoint_id and finished_at is null)`;
  for (const { endpoint_id: subject } of rows)
    await enqueue(sql, { kind: webhookJob, subject, maxAttempts: untilDone });
}

/** @returns how many were forgotten */
export async function sweepDeliveries(sql: Sql, before: Instant): Promise<number> {
  return (await sql`delete from webhook_delivery where created_at < ${before} and state <> 'waiting'`).count;
}
