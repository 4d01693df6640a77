import type { AgencyId, RecipientId, WebhookDeliveryId, WebhookEndpointId } from "./ids.ts";
import { type Instant, instantOfSeconds, type LocalDate, type Sha256, secondsOf } from "./kernel.ts";

/** What recipients' programs are told of copies that they received. */
export const webhookTypes = ["copy.annulled", "copy.superseded", "copy.delivered"] as const;

export type WebhookType = (typeof webhookTypes)[number];

/** Where one recipient's programs are told. The secret is nowhere: it is shown once, and derived anew for each signature. */
export type WebhookEndpoint = {
  readonly id: WebhookEndpointId;
  readonly recipientId: RecipientId;
  readonly url: string;
  readonly createdAt: Instant;
  /** Until then the secret before the last rotation signs too; null where there is none. */
  readonly previousUntil: Instant | null;
};

export const webhookStates = ["waiting", "delivered", "failed"] as const;

/** One event on its way to one endpoint. */
export type WebhookDelivery = {
  readonly id: WebhookDeliveryId;
  readonly endpointId: WebhookEndpointId;
  /** The `webhook-id` of every attempt and every replay: a receiver that has seen it may pass it over. */
  readonly eventId: string;
  readonly type: WebhookType;
  readonly state: (typeof webhookStates)[number];
  /** Since it was written or replayed. */
  readonly attempts: number;
  readonly createdAt: Instant;
  /** Null once it was delivered or given up. */
  readonly nextTryAt: Instant | null;
  /** HTTP status of the last answer; null where none came. */
  readonly lastStatus: number | null;
  /** A code: why no answer came, or that it was none of 2xx. */
  readonly lastError: string | null;
  /** Its place among all; newer ones have greater. */
  readonly sequence: number;
};

/** How it stands with one endpoint, for whoever vouches for the recipient. */
export type EndpointHealth = {
  readonly id: WebhookEndpointId;
  readonly url: string;
  /** Deliveries not yet taken. */
  readonly waiting: number;
  /** Deliveries given up after three days. */
  readonly givenUp: number;
  /** When the oldest that was tried in vain was written; null while all is well. */
  readonly failingSince: Instant | null;
  readonly nextTryAt: Instant | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
};

/** Of one recipient at a time. */
export const mostEndpoints = 5;

export const mostUrlLength = 500;

/** After a rotation both secrets sign for a day, so that programs can be changed over. */
export const overlapSeconds = 86_400;

/** Days that deliveries are kept, to be listed and replayed. */
export const deliveryDays = 90;

const waits = [5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** After a failure nothing is sent to that endpoint for so long, whatever else waits: it may be down as a whole. */
export const restSeconds = 5;

/**
 * When to try again: five seconds at first, a day at last, some three days in all, and up to a fifth later, so that what
 * failed together does not come back together.
 *
 * @param attempts made so far, this one inside
 * @param share between 0 and 1, by chance
 * @returns null when it is given up
 */
export function nextTryAt(now: Instant, attempts: number, share: number): Instant | null {
  const wait = waits[attempts - 1];
  return wait === undefined ? null : instantOfSeconds(secondsOf(now) + Math.round(wait * (1 + share / 5)));
}

/** What anybody may read in the register, the list of decisions or the published record: no holder, no paper, no official. */
export type CopyEvent = {
  readonly type: WebhookType;
  readonly at: Instant;
  readonly copy: {
    readonly agency: { readonly id: AgencyId; readonly name: string };
    readonly number: number;
    readonly book: string;
    /** Name of the published record. */
    readonly record: Sha256;
  };
  readonly decision: { readonly number: string; readonly date: LocalDate } | null;
  /** The copy that stands in its place. */
  readonly successor: { readonly number: number; readonly book: string } | null;
};

/** The body, in the form that Standard Webhooks recommends: `type`, `timestamp`, `data`. */
export const webhookBody = ({ type, at, copy, decision, successor }: CopyEvent): string =>
  JSON.stringify({ type, timestamp: at, data: { ...copy, decision, successor } });
