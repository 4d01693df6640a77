import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, RecipientId, RecipientKeyId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import {
  type KeyScope,
  type keyDays,
  keyExpiry,
  keyStateAt,
  overlapEnd,
  type overlapHours,
  type Recipient,
  type RecipientKey,
} from "../../core/recipients.ts";
import type { AdministrationFailure } from "../administration/failure.ts";
import { type Note, noteOf } from "../administration/note.ts";

export type KeyAsked = { readonly scopes: readonly KeyScope[]; readonly days: (typeof keyDays)[number] };

/** A new key's secret: the token that its holder sends, and the only thing of it that is kept. */
export type NewSecret = { readonly token: string; readonly hash: Bytes };

export type KeysWorld = {
  readonly now: () => Instant;
  readonly newKeyId: () => RecipientKeyId;
  /** 256 fresh random bits, as the token of that key and under the store's keyed hash. */
  readonly newSecret: (id: RecipientKeyId) => NewSecret;
  readonly recipient: (id: RecipientId, agencyId: AgencyId) => Promise<Recipient | null>;
  /** Of that recipient only. */
  readonly key: (id: RecipientKeyId, recipientId: RecipientId) => Promise<RecipientKey | null>;
  /**
   * One transaction with the note: the new key stands and the old one's end is set, or neither. False when the old
   * one has ended or was rotated by somebody else meanwhile.
   */
  readonly keepKey: (key: RecipientKey, secretHash: Bytes, ends: KeyEnd | null, note: Note) => Promise<boolean>;
  /** One transaction with the note; false when it was revoked before. */
  readonly keepRevoked: (id: RecipientKeyId, at: Instant, note: Note) => Promise<boolean>;
};

/** How the key that is replaced ends: revoked now, or expiring at a time. */
export type KeyEnd = { readonly id: RecipientKeyId; readonly at: Instant; readonly revoked: boolean };

type Shown = Result<{ readonly recipient: Recipient; readonly token: string }, AdministrationFailure>;

/** @returns the token, to be shown once: only its keyed hash is kept */
export async function issueKey(id: RecipientId, asked: KeyAsked, actor: Actor, world: KeysWorld): Promise<Shown> {
  const recipient = await world.recipient(id, actor.agencyId);
  if (recipient === null) return fail({ code: "not_found" });
  const { key, secret } = newKey(recipient, asked, null, world);
  const note = noteOf(actor, "recipient_key_issued", aboutKey(recipient, key), key.createdAt);
  await world.keepKey(key, secret.hash, null, note);
  return ok({ recipient, token: secret.token });
}

/**
 * A new key for the same uses. The old one goes on for the overlap that the administrator chooses; none means that it
 * leaked, and it is revoked in the same transaction.
 */
export async function rotateKey(
  at: { readonly recipientId: RecipientId; readonly keyId: RecipientKeyId },
  asked: { readonly days: KeyAsked["days"]; readonly overlap: (typeof overlapHours)[number] },
  actor: Actor,
  world: KeysWorld,
): Promise<Shown> {
  const recipient = await world.recipient(at.recipientId, actor.agencyId);
  const old = recipient === null ? null : await world.key(at.keyId, recipient.id);
  if (recipient === null || old === null) return fail({ code: "not_found" });
  if (keyStateAt(old, world.now()) !== "live") return fail({ code: "key_over" });
  const { key, secret } = newKey(recipient, { scopes: old.scopes, days: asked.days }, old.id, world);
  const ends = { id: old.id, at: overlapEnd(old, key.createdAt, asked.overlap), revoked: asked.overlap === 0 };
  const about = `${aboutKey(recipient, key)}; ${shortId(old.id)} → ${ends.at}`;
  const kept = await world.keepKey(
    key,
    secret.hash,
    ends,
    noteOf(actor, "recipient_key_rotated", about, key.createdAt),
  );
  return kept ? ok({ recipient, token: secret.token }) : fail({ code: "key_over" });
}

/** At once, and for ever. */
export async function revokeKey(
  at: { readonly recipientId: RecipientId; readonly keyId: RecipientKeyId },
  actor: Actor,
  world: KeysWorld,
): Promise<Result<null, AdministrationFailure>> {
  const recipient = await world.recipient(at.recipientId, actor.agencyId);
  const key = recipient === null ? null : await world.key(at.keyId, recipient.id);
  if (recipient === null || key === null) return fail({ code: "not_found" });
  const now = world.now();
  const note = noteOf(actor, "recipient_key_revoked", aboutKey(recipient, key), now);
  const revoked = await world.keepRevoked(key.id, now, note);
  return revoked ? ok(null) : fail({ code: "key_over" });
}

function newKey({ id: recipientId }: Recipient, asked: KeyAsked, replaces: RecipientKeyId | null, world: KeysWorld) {
  const [id, createdAt] = [world.newKeyId(), world.now()];
  const key: RecipientKey = {
    ...{ id, recipientId, scopes: asked.scopes, createdAt, replaces },
    expiresAt: keyExpiry(createdAt, asked.days),
    revokedAt: null,
    lastUsedAt: null,
  };
  return { key, secret: world.newSecret(id) };
}

const aboutKey = ({ name }: Recipient, { id, scopes }: RecipientKey): string =>
  `${name}: ${shortId(id)} (${scopes.join(", ")})`;

/** Enough of a key's id to find it in a list. */
export const shortId = (id: RecipientKeyId): string => id.slice(0, 8);
