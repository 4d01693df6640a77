import { z } from "zod";
import { mostUrlLength, webhookStates, webhookTypes } from "../../core/webhooks.ts";

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const id = z.uuid();

export const EndpointToAdd = z.strictObject({ url: z.string().min(8).max(mostUrlLength) });

export const EndpointAnswer = z.strictObject({
  id,
  url: z.string(),
  createdAt: instant,
  /** Until then each call carries a second signature, by the secret before the last rotation. */
  previousSecretUntil: instant.nullable(),
});

/** The only answer that ever holds the secret. */
export const EndpointWithSecret = EndpointAnswer.extend({ secret: z.string().regex(/^whsec_/) });

export const EndpointsAnswer = z.strictObject({ endpoints: z.array(EndpointAnswer) });

export const DeliveryAnswer = z.strictObject({
  id,
  endpointId: id,
  eventId: id,
  type: z.enum(webhookTypes),
  state: z.enum(webhookStates),
  attempts: z.int(),
  createdAt: instant,
  nextTryAt: instant.nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
});

export const DeliveriesAnswer = z.strictObject({
  deliveries: z.array(DeliveryAnswer),
  /** `before` of the next page; null where this is the last. */
  next: z.int().nullable(),
});

export const DeliveriesAsked = z.strictObject({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
