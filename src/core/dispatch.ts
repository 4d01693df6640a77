import type { AgencyId, DispatchId, DossierId } from "./ids.ts";
import { type Branded, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "./kernel.ts";

/** The ways of NĐ 45/2020 Art. 10(3): the e-mail that the citizen gave, the citizen's store at the portal. */
export type DispatchWay = "email" | "store";

/** What is sent: the certified copy, the notice why there is none, or the news that the copy was annulled or replaced. */
export type DispatchedThing = "copy" | "notice" | "annulled";

/**
 * `sent`: the mail server or the store took it; what happens behind a mail server nobody tells us. `withdrawn`: another
 * address was given, the holder had it erased, or the copy lost its value before it went. The three last words and `sent` are for ever.
 */
export type DispatchState = "waiting" | "deferred" | "sent" | "refused" | "given_up" | "withdrawn";

/** Why an attempt did not succeed; each has words in both languages. */
export type DispatchReason =
  | "mail_refused"
  | "mail_deferred"
  | "mail_unreachable"
  | "mail_login"
  | "no_mail_server"
  | "store_refused"
  | "store_owner_unknown"
  | "store_busy"
  | "store_unreachable"
  | "store_login"
  | "no_store"
  | "address_gone"
  | "content_gone"
  | "another_address"
  | "copy_annulled";

/** One sending of one result by one way. */
export type Dispatch = {
  readonly id: DispatchId;
  readonly dossierId: DossierId;
  readonly agencyId: AgencyId;
  readonly way: DispatchWay;
  readonly what: DispatchedThing;
  readonly state: DispatchState;
  readonly attempts: number;
  /** Of the last attempt; null before the first and when it went well. */
  readonly reason: DispatchReason | null;
  /** Null once it has ended. */
  readonly nextTryAt: Instant | null;
  readonly madeAt: Instant;
  readonly endedAt: Instant | null;
};

export type Email = Branded<string, "Email">;

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** RFC 5321 §4.1.2 without quoted parts and address literals: what people have, and nothing that could bring a header along. */
export function parseEmail(text: string): Result<Email, { code: "malformed_email" }> {
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  const labels = domain.split(".");
  const fits = at > 0 && text.length <= 254 && local.length <= 64 && localPart.test(local);
  const isDomain = labels.length > 1 && labels.every((one) => label.test(one));
  return fits && isDomain ? ok(`${local}@${domain.toLowerCase()}` as Email) : fail({ code: "malformed_email" });
}

/** `l***@vi-du.example`: enough for its owner to tell it again. */
export const maskedEmail = (email: string): string => `${email.slice(0, 1)}***${email.slice(email.lastIndexOf("@"))}`;

// RFC 5321 §4.5.4.1 wants four to five days before an undelivered letter is given up
const waits = [
  ...[60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200],
  ...[86_400, 86_400, 86_400, 86_400],
] as const;

/** What one attempt left behind. */
export type DispatchOutcome = Pick<Dispatch, "state" | "reason" | "nextTryAt" | "endedAt">;

export type DispatchFault = { readonly code: DispatchReason; readonly retry: boolean };

/**
 * DISPATCH-1: sent, refused for good, or tried again after a minute at first and a day at last, some five days in all,
 * each up to a fifth later so that what failed together does not come back together; then given up.
 *
 * @param attempts made so far, this one inside
 * @param share between 0 and 1, by chance
 */
export function outcomeOf(
  tried: Result<null, DispatchFault>,
  attempts: number,
  now: Instant,
  share: number,
): DispatchOutcome {
  const ended = { nextTryAt: null, endedAt: now };
  if (tried.ok) return { state: "sent", reason: null, ...ended };
  const { code: reason, retry } = tried.failure;
  if (reason === "address_gone" || reason === "another_address") return { state: "withdrawn", reason, ...ended };
  if (!retry) return { state: "refused", reason, ...ended };
  const wait = waits[attempts - 1];
  if (wait === undefined) return { state: "given_up", reason, ...ended };
  const nextTryAt = instantOfSeconds(secondsOf(now) + Math.round(wait * (1 + share / 5)));
  return { state: "deferred", reason, nextTryAt, endedAt: null };
}

/** How an official reached the citizen after no way had worked. */
export const settlings = ["called", "handed_over", "not_reached"] as const;

export type Settling = (typeof settlings)[number];

/** Whether letters of an agency carry the copy itself. */
export type DispatchPolicy = { readonly attaches: boolean; readonly mostBytes: number };

/** A link and the four digits keep the copy from whoever reads along; an agency may decide otherwise. */
export const usualPolicy: DispatchPolicy = { attaches: false, mostBytes: 5_000_000 };
