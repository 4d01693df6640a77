import type { Context } from "hono";
import type { z } from "zod";
import type { WebhookDeliveryId, WebhookEndpointId } from "../../core/ids.ts";
import type { Result } from "../../core/kernel.ts";
import type { WebhookDelivery, WebhookEndpoint } from "../../core/webhooks.ts";
import type { Caller } from "../../usecases/recipients/admit-key.ts";
import type { ShownEndpoint, WebhookFailure } from "../../usecases/recipients/webhook-endpoints.ts";
import { readJson } from "../read-json.ts";
import { refuse } from "../refusal.tsx";
import type { WebEnv } from "../route.ts";
import {
  DeliveriesAsked,
  type DeliveryAnswer,
  type EndpointAnswer,
  EndpointToAdd,
  type EndpointWithSecret,
} from "./webhook-shapes.ts";

/** Null where the endpoint or delivery is another recipient's, as for none. */
export type WebhooksWorld = {
  readonly addEndpoint: (url: string, caller: Caller) => Promise<Result<ShownEndpoint, WebhookFailure>>;
  readonly endpoints: (caller: Caller) => Promise<readonly WebhookEndpoint[]>;
  readonly deleteEndpoint: (id: WebhookEndpointId, caller: Caller) => Promise<WebhookEndpoint | null>;
  readonly rotateSecret: (id: WebhookEndpointId, caller: Caller) => Promise<ShownEndpoint | null>;
  readonly deliveries: (caller: Caller, before: number | null, limit: number) => Promise<readonly WebhookDelivery[]>;
  readonly replay: (id: WebhookDeliveryId, caller: Caller) => Promise<WebhookDelivery | null>;
};

type C = Context<WebEnv>;
type Handler = (c: C, caller: Caller, world: { readonly webhooks: WebhooksWorld }) => Promise<Response>;

/** The operations of webhooks, by their ids in the table. */
export const webhookHandlers = {
  addEndpoint: async (c, caller, { webhooks }) => {
    const asked = await readJson(c, EndpointToAdd);
    if (!asked.ok) return refuse(c, asked.failure);
    const added = await webhooks.addEndpoint(asked.value.url, caller);
    return added.ok ? c.json(shown(added.value), 201) : refuse(c, added.failure);
  },
  endpoints: async (c, caller, { webhooks }) =>
    c.json({ endpoints: (await webhooks.endpoints(caller)).map(endpointTold) }),
  deleteEndpoint: async (c, caller, { webhooks }) => {
    const id = idOf<WebhookEndpointId>(c);
    const deleted = id === null ? null : await webhooks.deleteEndpoint(id, caller);
    return deleted === null ? refuse(c, { code: "not_found" }) : c.json(endpointTold(deleted));
  },
  rotateSecret: async (c, caller, { webhooks }) => {
    const id = idOf<WebhookEndpointId>(c);
    const rotated = id === null ? null : await webhooks.rotateSecret(id, caller);
    return rotated === null ? refuse(c, { code: "not_found" }) : c.json(shown(rotated));
  },
  deliveries: async (c, caller, { webhooks }) => {
    const page = DeliveriesAsked.safeParse(c.req.query());
    if (!page.success) return refuse(c, { code: "malformed_request", field: String(page.error.issues[0]?.path[0]) });
    const { before = null, limit } = page.data;
    const deliveries = await webhooks.deliveries(caller, before, limit);
    const next = deliveries.length < limit ? null : (deliveries.at(-1)?.sequence ?? null);
    return c.json({ deliveries: deliveries.map(deliveryTold), next });
  },
  replay: async (c, caller, { webhooks }) => {
    const id = idOf<WebhookDeliveryId>(c);
    const replayed = id === null ? null : await webhooks.replay(id, caller);
    return replayed === null ? refuse(c, { code: "not_found" }) : c.json(deliveryTold(replayed), 202);
  },
} as const satisfies Record<string, Handler>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idOf<Id extends string>(c: C): Id | null {
  const id = c.req.param("id") ?? "";
  return uuid.test(id) ? (id as Id) : null;
}

const endpointTold = ({ id, url, createdAt, previousUntil }: WebhookEndpoint): z.infer<typeof EndpointAnswer> => ({
  id,
  url,
  createdAt,
  previousSecretUntil: previousUntil,
});

const shown = ({ endpoint, secret }: ShownEndpoint): z.infer<typeof EndpointWithSecret> => ({
  ...endpointTold(endpoint),
  secret,
});

const deliveryTold = ({ sequence: _, ...delivery }: WebhookDelivery): z.infer<typeof DeliveryAnswer> => delivery;
