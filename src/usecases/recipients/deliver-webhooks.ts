import type { WebhookDeliveryId, WebhookEndpointId } from "../../core/ids.ts";
import type { Bytes, Instant, Result } from "../../core/kernel.ts";
import { nextTryAt, type WebhookDelivery } from "../../core/webhooks.ts";

export type DueDelivery = Pick<WebhookDelivery, "id" | "eventId" | "attempts"> & {
  readonly url: string;
  /** Signed byte for byte. */
  readonly payload: string;
  /** Of each secret that signs now, the newest first. */
  readonly salts: readonly Bytes[];
};

export type Tried = Pick<WebhookDelivery, "state" | "nextTryAt"> & {
  readonly status: number | null;
  readonly error: string | null;
  readonly at: Instant;
};

export type DeliveringWorld = {
  readonly now: () => Instant;
  /** By chance, between 0 and 1. */
  readonly share: () => number;
  readonly nextDue: (id: WebhookEndpointId, at: Instant) => Promise<DueDelivery | null>;
  /** One attempt; follows no redirect. @returns the answer's status, or why none came */
  readonly send: (delivery: DueDelivery, at: Instant) => Promise<Result<number, string>>;
  readonly noteTried: (id: WebhookDeliveryId, tried: Tried) => Promise<void>;
};

const mostAtOnce = 50; // then others have their turn

/**
 * Tells an endpoint what is due, one after the other, and stops at the first that does not arrive: an endpoint that is
 * down is not asked fifty times. Noted after the answer: whoever dies between the two tells it again, under the same id.
 *
 * @returns false when an attempt failed
 */
export async function deliverDue(id: WebhookEndpointId, signal: AbortSignal, world: DeliveringWorld): Promise<boolean> {
  for (let sent = 0; sent < mostAtOnce && !signal.aborted; sent++) {
    const due = await world.nextDue(id, world.now());
    if (due === null) return true;
    const tried = triedOf(due, await world.send(due, world.now()), world);
    await world.noteTried(due.id, tried);
    if (tried.state !== "delivered") return false;
  }
  return true;
}

function triedOf({ attempts }: DueDelivery, sent: Result<number, string>, world: DeliveringWorld): Tried {
  const at = world.now();
  const status = sent.ok ? sent.value : null;
  if (sent.ok && sent.value >= 200 && sent.value < 300)
    return { state: "delivered", status, error: null, nextTryAt: null, at };
  const error = sent.ok ? "answer_not_2xx" : sent.failure;
  const again = nextTryAt(at, attempts + 1, world.share());
  return { state: again === null ? "failed" : "waiting", status, error, nextTryAt: again, at };
}
