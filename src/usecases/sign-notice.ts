import type { Actor, Credential, Dossier, Signer } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import type { KeptNotice, KeptRefusal } from "../core/refusal-grounds.ts";
import type { Failure } from "./failure.ts";
import { type SignerWorld, signerFor } from "./signer.ts";

/** @template Key an opened key; it never leaves the call that opened it */
export type NoticeWorld<Key> = SignerWorld & {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly refusal: (id: DossierId) => Promise<KeptRefusal | null>;
  readonly notice: (id: DossierId) => Promise<KeptNotice | null>;
  /** Whether the dossier has a record of what was suspected. REFUSE-2 */
  readonly isForgeryRecorded: (id: DossierId) => Promise<boolean>;
  readonly openKey: (credential: Credential, pin: string, actor: Actor) => Promise<Result<Key, Failure>>;
  readonly checkRevocation: (credential: Credential) => Promise<Result<null, Failure>>;
  readonly compose: (
    dossier: Dossier,
    refusal: KeptRefusal,
    signer: Signer,
    at: Instant,
  ) => Promise<Result<Bytes, Failure>>;
  /** Level B-T: the timestamp is part of the act. */
  readonly sign: (notice: Bytes, key: Key, signer: Credential, at: Instant) => Promise<Result<Bytes, Failure>>;
  /** Nothing is given out that our own examiner does not pass, nor one that could be taken for a certified copy. */
  readonly examine: (signed: Bytes, notice: Bytes, signer: Credential) => Promise<Result<Instant, Failure>>;
  /** Durable; false when another signature was kept first. */
  readonly keepNotice: (
    dossier: Dossier,
    signed: { readonly pdf: Bytes; readonly signer: Signer; readonly signedAt: Instant },
    actor: Actor,
  ) => Promise<boolean>;
};

/**
 * The person certifying signs the notice of a refusal. NĐ 23/2015 Art. 9: explaining a refusal in writing is a duty of
 * that person, whoever compared. REFUSE-1, AUTH-1.
 *
 * May be sent again after any break: a signature that was not kept is lost and harmless, one that was kept stands, and
 * no key is used a second time.
 */
export async function signNotice<Key>(
  dossierId: DossierId,
  pin: string,
  actor: Actor,
  world: NoticeWorld<Key>,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const refusal = dossier.status === "refused" ? await world.refusal(dossierId) : null;
  if (refusal === null) return fail({ code: "wrong_stage", status: dossier.status });
  if ((await world.notice(dossierId)) !== null) return ok(null);
  const recorded = await recordedFirst(dossierId, refusal, world);
  if (!recorded.ok) return recorded;

  const at = world.now();
  const found = await signerFor(actor, { at, paperKind: dossier.kind }, world);
  if (!found.ok) return found;
  const signer = found.value;
  const notice = await world.compose(dossier, refusal, signer, at); // before the key: what cannot be made asks for no PIN
  if (!notice.ok) return notice;
  const key = await world.openKey(signer, pin, actor);
  if (!key.ok) return key;
  const standing = await world.checkRevocation(signer);
  if (!standing.ok) return standing;
  return signAndKeep(dossier, notice.value, { key: key.value, signer, at, actor }, world);
}

/** The notice of a suspected paper says that a record was made and the paper passed on. NĐ 23/2015 Art. 9, REFUSE-2 */
export async function recordedFirst(
  id: DossierId,
  { ground }: KeptRefusal,
  { isForgeryRecorded }: Pick<NoticeWorld<never>, "isForgeryRecorded">,
): Promise<Result<null, Failure>> {
  const isMissing = ground === "SUSPECTED_FAKE" && !(await isForgeryRecorded(id));
  return isMissing ? fail({ code: "rule_broken", rule: "REFUSE-2" }) : ok(null);
}

async function signAndKeep<Key>(
  dossier: Dossier,
  notice: Bytes,
  act: { readonly key: Key; readonly signer: Signer; readonly at: Instant; readonly actor: Actor },
  world: NoticeWorld<Key>,
): Promise<Result<null, Failure>> {
  const { key, signer, at, actor } = act;
  const signed = await world.sign(notice, key, signer, at);
  if (!signed.ok) return signed;
  const examined = await world.examine(signed.value, notice, signer);
  if (!examined.ok) return examined;
  await world.keepNotice(dossier, { pdf: signed.value, signer, signedAt: examined.value }, actor);
  return ok(null); // where another signature was kept first, that one stands: both say the same
}
