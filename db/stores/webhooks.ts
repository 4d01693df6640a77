import type { Sql } from "postgres";
import type { RecipientId, WebhookEndpointId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { WebhookEndpoint } from "../../src/core/webhooks.ts";
import { instantOf } from "./rows.ts";

type EndpointRow = {
  id: WebhookEndpointId;
  recipient_id: RecipientId;
  url: string;
  created_at: string;
  previous_until: string | null;
};

const endpointOf = (row: EndpointRow): WebhookEndpoint => ({
  id: row.id,
  recipientId: row.recipient_id,
  url: row.url,
  createdAt: instantOf(row.created_at),
  previousUntil: row.previous_until === null ? null : instantOf(row.previous_until),
});

const columns = (sql: Sql) => sql`id, recipient_id, url, created_at, previous_until`;

/** Oldest first; deleted ones are not there. */
export async function endpointsOf(sql: Sql, recipientId: RecipientId): Promise<readonly WebhookEndpoint[]> {
  const rows = await sql<EndpointRow[]>`
    select ${columns(sql)} from webhook_endpoint
    where recipient_id = ${recipientId} and deleted_at is null order by created_at, id`;
  return rows.map(endpointOf);
}

/** One recipient's are kept one after the other, so that none slips past the limit. @returns false when it has `most` */
export async function keepEndpoint(sql: Sql, endpoint: WebhookEndpoint, salt: Bytes, most: number): Promise<boolean> {
  const { id, recipientId, url, createdAt } = endpoint;
  return sql.begin(async (tx) => {
    await tx`select id from recipient where id = ${recipientId} for update`;
    const kept = await tx`
      insert into webhook_endpoint (id, recipient_id, url, secret_salt, created_at)
      select ${id}, ${recipientId}, ${url}, ${salt}, ${createdAt}
      where (select count(*) from webhook_endpoint where recipient_id = ${recipientId} and deleted_at is null) < ${most}`;
    return kept.count === 1;
  });
}

/** The secret that signed so far goes on beside the new one until then; one that went on before it ends. */
export async function rotateEndpoint(
  sql: Sql,
  at: { readonly id: WebhookEndpointId; readonly recipientId: RecipientId },
  salt: Bytes,
  previousUntil: Instant,
): Promise<WebhookEndpoint | null> {
  const [row] = await sql<EndpointRow[]>`
    update webhook_endpoint set previous_salt = secret_salt, previous_until = ${previousUntil}, secret_salt = ${salt}
    where id = ${at.id} and recipient_id = ${at.recipientId} and deleted_at is null returning ${columns(sql)}`;
  return row === undefined ? null : endpointOf(row);
}

/** What still waits for it is given up with it. @returns null for one that is not this recipient's */
export async function deleteEndpoint(
  sql: Sql,
  at: { readonly id: WebhookEndpointId; readonly recipientId: RecipientId },
  now: Instant,
): Promise<WebhookEndpoint | null> {
  return sql.begin(async (tx) => {
    const [row] = await tx<EndpointRow[]>`
      update webhook_endpoint set deleted_at = ${now}
      where id = ${at.id} and recipient_id = ${at.recipientId} and deleted_at is null
      returning id, recipient_id, url, created_at, previous_until`;
    if (row === undefined) return null;
    await tx`
      update webhook_delivery set state = 'failed', last_error = 'endpoint_deleted', next_try_at = null, ended_at = ${now}
      where endpoint_id = ${at.id} and state = 'waiting'`;
    return endpointOf(row);
  });
}
