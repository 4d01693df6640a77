import type { JobContext } from "../../db/job-loop.ts";
import { enqueue, finish, untilDone } from "../../db/jobs.ts";
import { webhookJob } from "../../db/stores/copy-events.ts";
import { deliveriesOf, earliestTry, nextDue, noteTried, replayDelivery } from "../../db/stores/webhook-deliveries.ts";
import { deleteEndpoint, endpointsOf, keepEndpoint, rotateEndpoint } from "../../db/stores/webhooks.ts";
import type { WebhookEndpointId } from "../core/ids.ts";
import { type Bytes, fail, hexOf, ok, type Result, secondsOf, utf8 } from "../core/kernel.ts";
import { restSeconds } from "../core/webhooks.ts";
import { wayTo } from "../roof/reach.ts";
import { secretText, signedHeaders } from "../roof/webhook-signature.ts";
import { type DueDelivery, deliverDue } from "../usecases/recipients/deliver-webhooks.ts";
import { addEndpoint, type EndpointsWorld, rotateSecret } from "../usecases/recipients/webhook-endpoints.ts";
import type { WebhooksWorld } from "../web/recipients/webhooks.ts";
import { type House, keyedHash, newId, randomOf } from "./house.ts";

export function webhooksWorld(house: House): WebhooksWorld {
  const { sql, now } = house;
  const endpoints = endpointsWorld(house);
  return {
    addEndpoint: (url, caller) => addEndpoint(url, caller, endpoints),
    endpoints: ({ recipient }) => endpointsOf(sql, recipient.id),
    deleteEndpoint: (id, { recipient }) => deleteEndpoint(sql, { id, recipientId: recipient.id }, now()),
    rotateSecret: (id, caller) => rotateSecret(id, caller, endpoints),
    deliveries: ({ recipient }, before, limit) => deliveriesOf(sql, recipient.id, before, limit),
    replay: (id, { recipient }) => replayDelivery(sql, id, recipient.id, now()),
  };
}

/** From bytes in the database and a secret outside it: neither alone signs. */
const secretOf = (house: House, salt: Bytes): Bytes => keyedHash(house, "webhook secret", hexOf(salt));

const endpointsWorld = (house: House): EndpointsWorld => ({
  now: house.now,
  newEndpointId: newId,
  newSecret: () => {
    const salt = randomOf(32);
    return { salt, secret: secretText(secretOf(house, salt)) };
  },
  mayReach: (url) => {
    const isSafe = url.protocol === "https:" || (house.development && url.protocol === "http:");
    return isSafe && wayTo(url, house.webhooks.reach) !== null;
  },
  keepEndpoint: (...kept) => keepEndpoint(house.sql, ...kept),
  rotateEndpoint: (...rotated) => rotateEndpoint(house.sql, ...rotated),
});

/**
 * One job an endpoint: what is told to one receiver is told in order. It ends itself and asks for the next run in one
 * transaction, since the queue's own pause is a minute at most and an endpoint's a day.
 */
export async function deliverWebhooks(house: House, { job, signal }: JobContext) {
  const id = job.subject as WebhookEndpointId;
  const arrived = await deliverDue(id, signal, {
    now: house.now,
    share: () => (randomOf(1)[0] ?? 0) / 255,
    nextDue: (...asked) => nextDue(house.sql, ...asked),
    send: (delivery, at) => send(house, delivery, secondsOf(at)),
    noteTried: (...noted) => noteTried(house.sql, ...noted),
  });
  if (!arrived) house.log.warn("webhook_not_delivered", { job: webhookJob });
  await house.sql.begin(async (tx) => {
    if (!(await finish(tx, job))) return;
    const next = await earliestTry(tx, id);
    if (next === null) return;
    const delaySeconds = Math.max(arrived ? 0 : restSeconds, secondsOf(next) - secondsOf(house.now()));
    await enqueue(tx, { kind: webhookJob, subject: id, maxAttempts: untilDone, delaySeconds });
  });
  return ok("finished" as const);
}

async function send(
  house: House,
  { eventId, url, payload, salts }: DueDelivery,
  seconds: number,
): Promise<Result<number, string>> {
  const secrets = salts.map((salt) => secretOf(house, salt));
  const headers = signedHeaders({ id: eventId, seconds, body: payload, secrets });
  const body = utf8(payload);
  const answer = await house.webhooks.post({ url, contentType: "application/json", accept: "*/*", body, headers });
  return answer.ok ? ok(answer.value.status) : fail(answer.failure.code);
}
