import type { RecipientId, WebhookEndpointId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "../../core/kernel.ts";
import { mostEndpoints, mostUrlLength, overlapSeconds, type WebhookEndpoint } from "../../core/webhooks.ts";
import type { Caller } from "./admit-key.ts";

export type WebhookFailure =
  | { readonly code: "webhook_address_refused" }
  | { readonly code: "endpoints_full"; readonly most: number };

/** An endpoint with its secret, to be shown once. */
export type ShownEndpoint = { readonly endpoint: WebhookEndpoint; readonly secret: string };

export type EndpointsWorld = {
  readonly now: () => Instant;
  readonly newEndpointId: () => WebhookEndpointId;
  /** 32 bytes that are kept, and the secret that follows from them. */
  readonly newSecret: () => { readonly salt: Bytes; readonly secret: string };
  /** Over HTTPS (a development store over HTTP too), and to no private address that the operator did not name. */
  readonly mayReach: (url: URL) => boolean;
  /** @returns false when the recipient has `most` */
  readonly keepEndpoint: (endpoint: WebhookEndpoint, salt: Bytes, most: number) => Promise<boolean>;
  readonly rotateEndpoint: (
    at: { readonly id: WebhookEndpointId; readonly recipientId: RecipientId },
    salt: Bytes,
    previousUntil: Instant,
  ) => Promise<WebhookEndpoint | null>;
};

/** @param typed the address, as the recipient's program gave it */
export async function addEndpoint(
  typed: string,
  { recipient }: Caller,
  world: EndpointsWorld,
): Promise<Result<ShownEndpoint, WebhookFailure>> {
  const url = addressOf(typed);
  if (url === null || !world.mayReach(url)) return fail({ code: "webhook_address_refused" });
  const { salt, secret } = world.newSecret();
  const endpoint: WebhookEndpoint = {
    id: world.newEndpointId(),
    recipientId: recipient.id,
    url: url.href,
    createdAt: world.now(),
    previousUntil: null,
  };
  const kept = await world.keepEndpoint(endpoint, salt, mostEndpoints);
  return kept ? ok({ endpoint, secret }) : fail({ code: "endpoints_full", most: mostEndpoints });
}

/** Names and passwords in an address end in logs; a fragment is sent to nobody. */
function addressOf(typed: string): URL | null {
  if (!URL.canParse(typed)) return null;
  const url = new URL(typed);
  const isBare = url.username === "" && url.password === "" && url.hash === "";
  return isBare && url.href.length <= mostUrlLength ? url : null;
}

/** A new secret; the one before signs too for a day. @returns null for an endpoint that is not the caller's */
export async function rotateSecret(
  id: WebhookEndpointId,
  { recipient }: Caller,
  world: EndpointsWorld,
): Promise<ShownEndpoint | null> {
  const { salt, secret } = world.newSecret();
  const previousUntil = instantOfSeconds(secondsOf(world.now()) + overlapSeconds);
  const endpoint = await world.rotateEndpoint({ id, recipientId: recipient.id }, salt, previousUntil);
  return endpoint === null ? null : { endpoint, secret };
}
