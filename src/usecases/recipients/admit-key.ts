import type { RecipientKeyId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result, secondsOf } from "../../core/kernel.ts";
import { type KeyScope, keyStateAt, type Recipient, type RecipientKey } from "../../core/recipients.ts";

/** Who asks by a key, read anew for every request. */
export type Caller = { readonly recipient: Recipient; readonly key: RecipientKey };

export type AdmissionFailure =
  /** No such key, or not its secret: which of the two is nobody's business. */
  | { readonly code: "key_unknown" }
  | { readonly code: "key_expired"; readonly expiredAt: Instant }
  | { readonly code: "key_revoked"; readonly revokedAt: Instant }
  | { readonly code: "recipient_inactive" }
  | { readonly code: "scope_missing"; readonly scope: KeyScope };

export type AdmittingWorld = {
  readonly now: () => Instant;
  readonly findKey: (id: RecipientKeyId) => Promise<(Caller & { readonly secretHash: Bytes }) | null>;
  /** Under the store's keyed hash, in a time that tells nothing. */
  readonly isSecret: (secret: string, hash: Bytes | null) => boolean;
  readonly touchKey: (id: RecipientKeyId, usedAt: Instant) => Promise<void>;
};

const touchEverySeconds = 60; // one write a minute, not one a request

/**
 * Whoever does not show the secret learns nothing, not even that the key is there; its holder is told plainly what is
 * wrong with it. A key without a row costs the same comparison.
 *
 * @param scope null where any living key will do
 */
export async function admitKey(
  presented: { readonly id: RecipientKeyId; readonly secret: string },
  scope: KeyScope | null,
  world: AdmittingWorld,
): Promise<Result<Caller, AdmissionFailure>> {
  const found = await world.findKey(presented.id);
  const fits = world.isSecret(presented.secret, found?.secretHash ?? null);
  if (found === null || !fits) return fail({ code: "key_unknown" });
  const { recipient, key } = found;
  const now = world.now();
  const state = keyStateAt(key, now);
  if (key.revokedAt !== null) return fail({ code: "key_revoked", revokedAt: key.revokedAt });
  if (state === "expired") return fail({ code: "key_expired", expiredAt: key.expiresAt });
  if (!recipient.active) return fail({ code: "recipient_inactive" });
  if (scope !== null && !key.scopes.includes(scope)) return fail({ code: "scope_missing", scope });
  const seen = key.lastUsedAt === null ? 0 : secondsOf(key.lastUsedAt);
  if (secondsOf(now) - seen >= touchEverySeconds) await world.touchKey(key.id, now);
  return ok({ recipient, key });
}
