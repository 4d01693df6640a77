import type { AgencyId, RecipientId, RecipientKeyId } from "./ids.ts";
import { type Instant, instantOfSeconds, secondsOf } from "./kernel.ts";

/** A body that receives copies. Registered by an administrator of an agency here, who vouches for its address. */
export type Recipient = {
  readonly id: RecipientId;
  /** Whose administrator registered it; only that agency's administrators see and change it. */
  readonly agencyId: AgencyId;
  readonly name: string;
  /** Where one-time codes and links go; nobody else's word about an address is taken. */
  readonly email: string;
  /** Host name under which its own programs answer; null where it has none. */
  readonly domain: string | null;
  readonly active: boolean;
  readonly registeredAt: Instant;
};

/** What a key lets a program ask: check copies, take copies by link, keep webhooks. */
export const keyScopes = ["verify", "pull", "webhooks"] as const;

export type KeyScope = (typeof keyScopes)[number];

/** A recipient's key as everybody but its holder sees it: the secret is nowhere, its keyed hash in the database only. */
export type RecipientKey = {
  readonly id: RecipientKeyId;
  readonly recipientId: RecipientId;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  /** To the minute; null where it was never used. */
  readonly lastUsedAt: Instant | null;
  /** The key whose place this one took, if it came of a rotation. */
  readonly replaces: RecipientKeyId | null;
};

export type KeyState = "live" | "expired" | "revoked";

export function keyStateAt({ revokedAt, expiresAt }: RecipientKey, now: Instant): KeyState {
  if (revokedAt !== null) return "revoked";
  return now < expiresAt ? "live" : "expired";
}

/** A key lives in days; the administrator chooses. Nobody keeps one for ever: what is never changed is never missed. */
export const keyDays = [30, 90, 180, 365] as const;

/** After a rotation the old key goes on for so many hours, so that programs can be changed over one by one. */
export const overlapHours = [0, 1, 24, 168, 720] as const;

export const keyExpiry = (now: Instant, days: (typeof keyDays)[number]): Instant =>
  instantOfSeconds(secondsOf(now) + days * 86_400);

/** When the old key of a rotation ends: after the overlap, and never later than it would have ended anyway. */
export function overlapEnd(old: RecipientKey, now: Instant, hours: (typeof overlapHours)[number]): Instant {
  const end = instantOfSeconds(secondsOf(now) + hours * 3600);
  return end < old.expiresAt ? end : old.expiresAt;
}
