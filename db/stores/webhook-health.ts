import type { Sql } from "postgres";
import type { RecipientId, WebhookEndpointId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { EndpointHealth } from "../../src/core/webhooks.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { webhookJob } from "./copy-events.ts";
import { instantOf } from "./rows.ts";

type Row = Omit<EndpointHealth, "failingSince" | "nextTryAt"> & {
  readonly failing_since: string | null;
  readonly next_try_at: string | null;
};

/** Each living endpoint with what waits for it. Failing is one whose oldest waiting delivery was tried in vain. */
export async function healthOfEndpoints(sql: Sql, recipientId: RecipientId): Promise<readonly EndpointHealth[]> {
  const rows = await sql<Row[]>`
    select e.id, e.url, coalesce(w.waiting, 0)::int as waiting, coalesce(w.given_up, 0)::int as "givenUp",
      w.failing_since, w.next_try_at, last.last_status as "lastStatus", last.last_error as "lastError"
    from webhook_endpoint e
      left join lateral (
        select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'failed') as given_up,
          min(created_at) filter (where state = 'waiting' and attempts > 0) as failing_since,
          min(next_try_at) as next_try_at
        from webhook_delivery where endpoint_id = e.id) w on true
      left join lateral (
        select last_status, last_error from webhook_delivery
        where endpoint_id = e.id and state <> 'delivered' and attempts > 0 order by sequence desc limit 1) last on true
    where e.recipient_id = ${recipientId} and e.deleted_at is null order by e.created_at, e.id`;
  return rows.map(({ failing_since: since, next_try_at: next, ...row }) => ({
    ...row,
    failingSince: since === null ? null : instantOf(since),
    nextTryAt: next === null ? null : instantOf(next),
  }));
}

/** What waits for it and what was given up is told again from now on. @returns false where it is not this recipient's */
export async function tellAgain(
  sql: Sql,
  at: { readonly id: WebhookEndpointId; readonly recipientId: RecipientId },
  now: Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [row] = await tx`
      select id from webhook_endpoint where id = ${at.id} and recipient_id = ${at.recipientId} and deleted_at is null`;
    if (row === undefined) return false;
    await tx`
      update webhook_delivery set state = 'waiting', attempts = 0, next_try_at = ${now}, ended_at = null
      where endpoint_id = ${at.id} and state <> 'delivered'`;
    await enqueue(tx, { kind: webhookJob, subject: at.id, maxAttempts: untilDone });
    return true;
  });
}
